/** What a move sends, and everything that it is decided on. */
import type { Ask } from '../../ask.ts'
import { dateIn } from '../../web/dates.ts'
import type { Form } from '../../web/form.ts'
import { BadForm, NotFound } from '../../web/trouble.ts'
import { appointmentById, appointmentsOn } from '../appointments-store.ts'
import { isMoment } from '../day.ts'
import { lengthOf, movedTo, timeWithout } from '../place.ts'
import { timeOf } from '../time/timetable-store.ts'
import { dayOf } from '../time/wall-clock.ts'
import { historyOf } from './history-store.ts'
import { readLeft } from './left-reading.ts'
import { versionIn } from './one-appointment.tsx'

export interface AskedMove {
  practitionerId: string
  startAt: number
  version: number
  /** "Book anyway" was ticked. */
  anyway: boolean
  tell: boolean
}

/** The buttons of the diary say nothing of a mail: then it goes out. Where there was a tick box, the tick decides. */
export function readMove(form: Form): AskedMove {
  const startAt = Number(form.text('start'))
  return {
    practitionerId: form.text('practitioner'),
    startAt,
    version: versionIn(form),
    anyway: form.ticked('anyway'),
    tell: form.text('may_tell') === '' || form.ticked('tell'),
  }
}

export type Moving = Awaited<ReturnType<typeof readMoving>>

/** The appointment, and the day it is to go to as it is now, without the appointment itself. */
export async function readMoving(c: Ask, { startAt, practitionerId }: AskedMove) {
  const { visit, clinic, now } = c.var
  const of = [visit.db, visit.clinicId, c.req.param('id') ?? ''] as const
  const day = dayOf(dateIn(isMoment(startAt) ? startAt : now, clinic.timezone), clinic.timezone)
  const [[appointment], history, booked, time] = await visit.read(
    appointmentById(...of, now),
    historyOf(...of),
    appointmentsOn(visit.db, visit.clinicId, day, { of: practitionerId }),
    timeOf(visit.db, clinic, { from: day.date, until: day.date }),
  )
  if (!appointment) throw new NotFound()
  if (!isMoment(startAt)) throw new BadForm(400, 'An appointment begins on a full five minutes')
  const isHere = time.practitioners.some(({ id }) => id === practitionerId)
  const gone = isHere ? undefined : await readLeft(c, practitionerId, day.date)
  const clinicsTime = timeWithout(gone?.time ?? time, appointment)
  const person = clinicsTime.practitioners.find(({ id }) => id === practitionerId)
  const place = movedTo(appointment, practitionerId, startAt)
  const type = { id: appointment.typeId, ...lengthOf(appointment) }
  const others = booked.filter(({ id }) => id !== appointment.id)
  const { rules } = clinicsTime
  return { appointment, history, rules, time: clinicsTime, day, person, left: gone?.left, place, type, others }
}
