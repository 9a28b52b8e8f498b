/** What part of the audit somebody wants to read: who did it, what, whose it is, and when. */
import { folded } from '../patients/search/search-words.ts'
import { startOfDay } from '../web/dates.ts'

export interface AuditFilter {
  /** A staff id, 'patients', or '' for everybody. */
  who: string
  /** An act, or '' for every one. */
  what: string
  /** Words of a patient's or staff member's name, folded; each must be found. */
  whose: string[]
  /** Instants; `until` is the first that is too late. */
  from: number | null
  until: number | null
  /** The id of the last row of the page before. */
  before: number | null
}

/** As typed, to fill the form in again. */
export type Asked = Record<'who' | 'what' | 'whose' | 'from' | 'to' | 'before', string>

const day = 24 * 60 * 60_000 // ms

export function filterOf(asked: Asked, timezone: string): AuditFilter {
  const [from, to] = [dateOf(asked.from), dateOf(asked.to)]
  return {
    who: /^[a-z0-9]{1,40}$/.test(asked.who) ? asked.who : '',
    what: /^[a-z-]{1,40}$/.test(asked.what) ? asked.what : '',
    whose: folded(asked.whose.slice(0, 100)).split(' ').filter(Boolean).slice(0, 6),
    from: from === null ? null : startOfDay(from, timezone),
    until: to === null ? null : startOfDay(nextDay(to), timezone),
    before: /^\d{1,15}$/.test(asked.before) ? Number(asked.before) : null,
  }
}

/** 'YYYY-MM-DD' of the calendar, or null: what is no date filters nothing. */
const dateOf = (text: string): string | null =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

const nextDay = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + day).toISOString().slice(0, 10)
