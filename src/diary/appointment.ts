/** An appointment: what may become of it, by whom and when, and what that is called. */
import type { Appointment } from '../schema.ts'
import { hour, minute } from '../web/durations.ts'

/** FHIR R4 appointmentstatus, of which these five are used. */
export const statuses = ['booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'] as const
export type Status = (typeof statuses)[number]

export const statusLabels: Record<Status, string> = {
  booked: 'Booked',
  arrived: 'Arrived',
  fulfilled: 'Seen',
  cancelled: 'Cancelled',
  noshow: 'Did not attend',
}

/** With its buffer: the table's CHECK says the same. */
export const longestAppointment = 12 * hour

/** The shape beside the word. */
export const statusShapes = {
  booked: 'ring',
  arrived: 'tick',
  fulfilled: 'dot',
  cancelled: 'dash',
  noshow: 'cross',
} as const satisfies Record<Status, string>

/** What the button says that leads there. */
export const moveLabels: Record<Status, string> = {
  booked: 'Undo',
  arrived: 'Mark as arrived',
  fulfilled: 'Mark as seen',
  cancelled: 'Cancel appointment',
  noshow: 'Did not attend',
}

/**
 * From where to where. 'undo' takes back a slip of the finger and is open for ten minutes, or longer (`undoUntil`); 'begun' needs the appointment's
 * time to have come; whoever was marked as not attending and comes after all has arrived. The database holds the same
 * pairs (appointment_status_moves).
 */
export const moves: Record<Status, Partial<Record<Status, 'open' | 'begun' | 'undo'>>> = {
  booked: { arrived: 'open', fulfilled: 'begun', cancelled: 'open', noshow: 'begun' },
  arrived: { fulfilled: 'open', booked: 'undo' },
  fulfilled: { arrived: 'undo', booked: 'undo' },
  noshow: { arrived: 'open', booked: 'undo' },
  cancelled: { booked: 'undo' },
}

export const undoFor = 10 * minute

type MoveVerdict = { ok: true } | { ok: false; because: 'no-such-move' | 'not-yet' | 'too-late' }
type Moving = Pick<Appointment, 'status' | 'statusSince' | 'startAt'>

/** May staff set this status now? The database asks too, and for the time to be free when it is cancelled no more. */
export function maySetStatus(of: Moving, to: Status, now: number): MoveVerdict {
  const move = moves[of.status][to]
  if (!move) return { ok: false, because: 'no-such-move' }
  if (move === 'begun' && now < of.startAt) return { ok: false, because: 'not-yet' }
  if (move === 'undo' && now > undoUntil(of)) return { ok: false, because: 'too-late' }
  return { ok: true }
}

/** The last moment to take it back. What was marked more than half a day ahead was another appointment's mark: until its time. */
export const undoUntil = ({ status, statusSince, startAt }: Moving): number =>
  status !== 'cancelled' && statusSince < startAt - halfDay ? startAt : statusSince + undoFor

const halfDay = 12 * hour

/** The buttons an appointment has now, the most likely first. */
export const movesOf = (of: Moving, now: number): Status[] =>
  (['arrived', 'fulfilled', 'noshow', 'cancelled', 'booked'] as const).filter((to) => maySetStatus(of, to, now).ok)

export const moveRefusals: Record<Exclude<MoveVerdict, { ok: true }>['because'], string> = {
  'no-such-move': 'Somebody has changed this appointment meanwhile',
  'not-yet': 'The time of this appointment has not come yet',
  'too-late': 'This can be undone for 10 minutes only',
}

/** Only what is booked can be moved to another time: whoever has arrived or was seen was there. */
export const mayMove = (of: Pick<Appointment, 'status'>): boolean => of.status === 'booked'
