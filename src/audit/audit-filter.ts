/** What part of the audit somebody wants to read: who did it, what, whose it is, and when. */
import { noonOf } from '../diary/day.ts'
import { readDate } from '../diary/time/reading.ts'
import { foldedWords } from '../patients/search/search-words.ts'
import { startOfDay } from '../web/dates.ts'
import { wholeDay } from '../web/durations.ts'
import type { Problems } from '../web/form.ts'

interface Person {
  kind: 'patient' | 'staff'
  id: string
}

export interface AuditFilter {
  /** A staff id, 'patients', or '' for everybody. */
  who: string
  /** An act, or '' for every one. */
  what: string
  /** Whose it is, once it is known who is meant. */
  of: Person | null
  /** Instants; `until` is the first that is too late. */
  from: number | null
  until: number | null
  /** The id of the last row of the page before. */
  before: number | null
}

/** As typed, to fill the form in again. */
export type Asked = Record<'who' | 'what' | 'whose' | 'of' | 'from' | 'to' | 'before', string>
/** @param read a field of the address or of a form */
export const askedIn = (read: (name: keyof Asked) => string): Asked => ({
  who: read('who'),
  what: read('what'),
  whose: read('whose'),
  of: read('of'),
  from: read('from'),
  to: read('to'),
  before: read('before'),
})

/** Words of a name to look for, when it is not known yet who is meant. */
export const wordsOf = ({ whose, of }: Asked): string[] =>
  personIn(of) ? [] : foldedWords(whose.slice(0, 100)).split(' ').filter(Boolean).slice(0, 6)

export const mostPeople = 10 // of one name, to choose from

export const codeOf = ({ kind, id }: Person): string => `${kind}-${id}`

function personIn(code: string): Person | null {
  const parts = /^(patient|staff)-([a-z0-9]{1,40})$/.exec(code)
  return parts ? { kind: parts[1] as Person['kind'], id: parts[2]! } : null
}

export function filterOf(asked: Asked, timezone: string): AuditFilter {
  const [from, to] = [dateOf(asked.from), dateOf(asked.to)]
  return {
    who: /^[a-z0-9]{1,40}$/.test(asked.who) ? asked.who : '',
    what: /^[a-z-]{1,40}$/.test(asked.what) ? asked.what : '',
    of: personIn(asked.of),
    from: from === null ? null : startOfDay(from, timezone),
    until: to === null ? null : startOfDay(nextDay(to), timezone),
    before: /^\d{1,15}$/.test(asked.before) ? Number(asked.before) : null,
  }
}

/** What was typed for a date and is none. */
export function dateProblems({ from, to }: Pick<Asked, 'from' | 'to'>): Problems {
  const isWrong = (typed: string) => typed !== '' && dateOf(typed) === null
  return {
    ...(isWrong(from) && { from: 'From must be a real date, like 3/12/2026' }),
    ...(isWrong(to) && { to: 'To must be a real date, like 3/12/2026' }),
  }
}

/** 'YYYY-MM-DD' as date fields send it, also of "3/12/2026"; null of what is no day of a diary. */
export function dateOf(typed: string): string | null {
  const date = readDate(typed)
  return date !== null && noonOf(date) !== null ? date : null
}

const nextDay = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + wholeDay).toISOString().slice(0, 10)
