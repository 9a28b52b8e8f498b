/** What a form was opened with, as a short mark in the form: a change that somebody else made meanwhile shows. */
import { hashToken } from './random.ts'

export const openedWith = (...values: (string | number | boolean | null)[]): string =>
  hashToken(JSON.stringify(values)).slice(0, 16)

/** The form comes from a page that showed other values. A form without a mark was not opened on a page of ours. */
export const isOutdated = (typed: Record<string, string>, mark: string): boolean =>
  typed.opened_with !== undefined && typed.opened_with !== mark
