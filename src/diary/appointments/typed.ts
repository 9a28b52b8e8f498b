/** What staff type about an appointment: a note, why it is cancelled. */
import type { Problems } from '../../web/form.ts'
import { hasHiddenInLine, lines, oneLine } from '../../web/typed-text.ts'

type Typed = Record<string, string>

const longestNote = 1000 // characters; the table's CHECK says the same
const longestReason = 200

export function readNote(typed: Typed): { note: string; problems: Problems } {
  const note = lines(typed.note)
  return { note, problems: tooLong(note, longestNote) ? { note: 'Note must be 1,000 characters or fewer' } : {} }
}

export const askers = ['patient', 'clinic'] as const
type Asker = (typeof askers)[number]
export const askerLabels: Record<Asker, string> = { patient: 'The patient', clinic: 'The clinic' }

export interface Cancellation {
  asked: Asker
  reason: string
  /** The patient is told by email. */
  tell: boolean
}

/** @returns the cancellation, or what is wrong with the form */
export function readCancellation(typed: Typed): { cancellation?: Cancellation; problems: Problems } {
  const asked = askers.find((asker) => asker === typed.asked)
  const reason = oneLine(typed.reason)
  const problems: Problems = {}
  if (!asked) problems.asked = 'Choose who asked for it'
  if (tooLong(reason, longestReason)) problems.reason = 'Reason must be 200 characters or fewer'
  if (hasHiddenInLine(reason)) problems.reason = 'Reason has characters that cannot be seen. Type it again'
  if (/[\r\n]/.test(reason)) problems.reason = 'Reason must be one line'
  if (!asked || problems.reason) return { problems }
  return { cancellation: { asked, reason, tell: typed.tell === 'on' }, problems }
}

const tooLong = (text: string, most: number): boolean => [...text].length > most
