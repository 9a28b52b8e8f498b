/** Who has arrived and waits, and which times came free at short notice: what reception looks at beside the columns. */
import { hour } from '../../web/durations.ts'
import { undoFor } from '../appointment.ts'
import type { DayAppointment } from '../appointments-store.ts'
import type { Day } from '../time/wall-clock.ts'

/** Arrived and not seen yet, whoever waits longest first. */
export const waiting = (appointments: DayAppointment[]): DayAppointment[] =>
  appointments.filter(({ status }) => status === 'arrived').sort((a, b) => a.statusSince - b.statusSince)

/**
 * Cancelled on the day itself, or later than the clinic's notice allows: nobody has reckoned with this time. What was
 * taken back within minutes of its booking was never reckoned with.
 */
export const cancelledLate = (
  cancelled: DayAppointment[],
  { cancelNoticeHours }: { cancelNoticeHours: number },
  day: Day,
): DayAppointment[] =>
  cancelled
    .filter(({ startAt, statusSince }) => statusSince >= Math.min(day.from, startAt - cancelNoticeHours * hour))
    .filter(({ bookedAt, statusSince }) => statusSince > bookedAt + undoFor)
    .sort((a, b) => a.startAt - b.startAt)
