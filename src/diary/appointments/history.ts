/** What happened to an appointment, in words; and what can be taken back of it. */
import { apart } from '../../web/apart.ts'
import { clockIn, momentInWords } from '../../web/dates.ts'
import { minute } from '../../web/durations.ts'
import { maySetStatus, type Status, statusLabels, undoFor, undoUntil } from '../appointment.ts'
import { clockInField } from '../time/working-hours.ts'

/** A row of the audit about one appointment. */
export interface Happened {
  act: string
  at: number
  /** JSON: codes and ids. */
  detail: string
  byStaff: string | null
  /** The id, where the patient did it online. */
  byPatient: string | null
  /** The name of the account holder, where somebody did it who acts for the patient. */
  holder: string | null
  /** Names, where it was moved. */
  practitioner: string | null
  fromPractitioner: string | null
}

/** What stands in the detail of an act on an appointment, besides its id. */
export interface ActDetail {
  /** Another status, or a moment as `stampOf` writes it. */
  from?: string
  to?: string
  /** Ids of practitioners, where it was moved. */
  practitioner?: string
  fromPractitioner?: string
  /** Who asked for a cancellation. */
  asked?: 'patient' | 'clinic'
  /** Booked or moved although the rules say no: which of them. */
  outside?: string
  /** The same of the time it was moved from. */
  wasOutside?: true
  /** A mail to the patient went with it. */
  told?: true
  /** It takes back the act before. */
  undo?: true
}

export const detailOf = ({ detail }: Pick<Happened, 'detail'>): ActDetail => JSON.parse(detail)

/** The newest that can be taken back; a note that was changed since stands in nobody's way. */
export const lastAct = (history: Happened[]): Happened | undefined =>
  history.find(({ act }) => act !== 'appointment-note-changed')

export type Undoing =
  | { what: 'status'; to: Status; told: boolean }
  | { what: 'move'; practitionerId: string; startAt: number; outsideRules: boolean; told: boolean }
  | { what: 'booking'; told: boolean }

type Undoable = { status: Status; statusSince: number; startAt: number }

/** How the newest act is taken back, for ten minutes or, of a mark made long before, until its time; undefined when it cannot be. @param last the newest of its acts */
export function undoOf(last: Happened | undefined, of: Undoable, now: number): Undoing | undefined {
  if (!last || now > (last.act in marked ? undoUntil(of) : last.at + undoFor)) return undefined
  const { from, fromPractitioner, told = false, undo, wasOutside = false } = detailOf(last)
  if (last.act === 'appointment-moved' && of.status === 'booked' && from && fromPractitioner && !undo) {
    return { what: 'move', practitionerId: fromPractitioner, startAt: Date.parse(from), outsideRules: wasOutside, told }
  }
  if (last.act === 'appointment-booked' && of.status === 'booked' && last.byStaff) return { what: 'booking', told }
  if (!(last.act in marked)) return undefined
  const back = [from as Status, 'booked' as const].find((to) => to && maySetStatus(of, to, now).ok)
  return back && { what: 'status', to: back, told }
}

const marked: Record<string, Status> = {
  'appointment-arrived': 'arrived',
  'appointment-fulfilled': 'fulfilled',
  'appointment-noshow': 'noshow',
  'appointment-cancelled': 'cancelled',
}

/** In the banner: "Marked as arrived", "Moved to 10:30am". */
export function doneInWords({ act, detail }: Happened, zone: string): string {
  const { to, undo } = detailOf({ detail })
  if (act === 'appointment-moved') return undo ? 'Moved back' : `Moved to ${to ? whenOf(to, zone) : 'another time'}`
  if (act === 'appointment-cancelled') return undo ? 'The booking is undone' : 'Cancelled'
  return plainActs[act] ?? 'Changed'
}

const plainActs: Record<string, string> = {
  'appointment-booked': 'Booked',
  'appointment-arrived': 'Marked as arrived',
  'appointment-fulfilled': 'Marked as seen',
  'appointment-noshow': 'Marked as did not attend',
  'appointment-note-changed': 'Changed the note',
}

/** In the history: "Moved from 2 December 2026 at 9:00am with Priya Nair to …". */
export function happenedInWords(row: Happened, zone: string): string {
  const { from, to, asked, outside, undo } = detailOf(row)
  if (row.act === 'appointment-moved') return `${undo ? 'Moved back' : 'Moved'}${fromTo(row, zone)}${marks(outside)}`
  if (row.act === 'appointment-status-undone') {
    return `Took back “${statusLabels[from as Status] ?? 'the last mark'}”: ${statusLabels[to as Status]?.toLowerCase() ?? 'as before'} again`
  }
  if (row.act === 'appointment-cancelled') return undo ? 'Took back the booking' : `Cancelled${askedInWords(asked)}`
  return `${plainActs[row.act] ?? 'Changed'}${marks(outside)}`
}

export const askedInWords = (asked: ActDetail['asked']): string =>
  asked === undefined ? '' : asked === 'patient' ? ', the patient asked for it' : ', the clinic asked for it'

const marks = (outside: string | undefined): string => (outside ? ', outside the rules' : '')

function fromTo({ detail, practitioner, fromPractitioner }: Happened, zone: string): string {
  const { from, to } = detailOf({ detail })
  const named = practitioner !== fromPractitioner
  const place = (stamp: string | undefined, name: string | null) =>
    stamp ? `${whenOf(stamp, zone)}${named && name ? ` with ${apart(name)}` : ''}` : ''
  return from && to ? ` from ${place(from, fromPractitioner)} to ${place(to, practitioner)}` : ''
}

const whenOf = (stamp: string, zone: string): string => momentInWords(Date.parse(stamp), zone)

/** Mails do not say which appointment they are about: these were queued in the batch of one of its acts, or reminded of it. */
export const mailsAbout = <Mail extends { createdAt: number }>(
  { remindedAt }: { remindedAt: number | null },
  history: Happened[],
  mails: Mail[],
): Mail[] => mails.filter(({ createdAt }) => createdAt === remindedAt || history.some(({ at }) => at === createdAt))

/** An instant as the clinic's clock shows it, with the offset: '2026-12-02T09:00+00:00'. It can be read without the zone. */
export function stampOf(instant: number, zone: string): string {
  const wall = clockIn(instant, zone)
  const offset = Math.round((Date.parse(`${wall}Z`) - instant) / minute) // minutes
  return `${wall}${offset < 0 ? '-' : '+'}${clockInField(Math.abs(offset))}`
}
