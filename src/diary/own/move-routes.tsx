/** `/:clinic/appointments/:id/move`: a patient takes another time for the same appointment, by the rules of booking. */
import { Hono } from 'hono'
import { notOfThisPatient } from '../../acting-for/of-another.ts'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { entryByPatient } from '../../audit/entry-by-patient.ts'
import { patientsOnly } from '../../front-door/sessions/guard.ts'
import { deliverDue } from '../../mail/outbox.ts'
import type { Statement } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { type Choice, readChoice, shownDates } from '../booking/choice.ts'
import type { Chosen } from '../booking/decision.ts'
import { readFresh } from '../booking/fresh-store.ts'
import { moveAppointment } from '../booking-store.ts'
import { tellPatient } from '../messages/appointment-mail.ts'
import { timeWithout } from '../place.ts'
import type { Dates } from '../time/dates.ts'
import { type Move, showCheck, showNewTimes, showRefused } from './move-pages.tsx'
import { bookerWithout, decideMove } from './moving.ts'
import { mostTries, toldOf } from './own-appointment.ts'

export const moveRoutes = new Hono<App>()
  .get('/appointments/:id/move', patientsOnly, async (c) => {
    const choice = readChoice(c.req.query())
    const move = await readMove(c, choice)
    const refused = showRefused(c, move)
    if (refused) return refused
    const to = placeIn(choice)
    if (!to) return showNewTimes(c, move, choice)
    const decision = decideMove(move, move.appointment, to, c.var.now)
    return decision.ok ? showCheck(c, move, choice, decision.place) : showNewTimes(c, move, choice, decision.because)
  })
  .post('/appointments/:id/move', patientsOnly, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const choice = readChoice(typed)
    const to = placeIn(choice)
    for (let tries = 0; tries < mostTries; tries++) {
      const move = await readMove(c, choice)
      const { appointment } = move
      if (appointment.startAt === to?.startAt && appointment.practitionerId === to.practitionerId) return showDone(c)
      const refused = showRefused(c, move, 409)
      if (refused) return refused
      if (!to) return c.redirect(c.req.path, 303) // no time was sent: they choose one
      const isSaid = typed.version !== undefined
      if (isSaid && typed.version !== String(appointment.version)) return showNewTimes(c, move, choice, 'changed')
      const decision = decideMove(move, appointment, to, c.var.now)
      if (!decision.ok) return showNewTimes(c, move, choice, decision.because)
      if (!isSaid) return showCheck(c, move, choice, decision.place, unconfirmed)
      const written = await c.var.visit.writeForPatient(await moveStatements(c, move, decision.place))
      if (!written.ok) continue
      afterTheAnswer(c, deliverDue)
      return showDone(c)
    }
    throw new Error('a move was refused again and again')
  })

/** No page of ours sends so: nobody has seen how the appointment stands. */
const unconfirmed = { confirm: 'Nothing is changed yet. Check the new time, and confirm it' }

const showDone = (c: Ask) => c.redirect(`${c.var.frame.base}/appointments/${c.req.param('id')}?done=moved`, 303)

const placeIn = ({ startAt, practitionerId }: Choice) =>
  startAt === undefined || practitionerId === undefined ? undefined : { startAt, practitionerId }

/** Everything as if the appointment were not there. @throws NotFound for another patient's; OfAnother */
async function readMove(c: Ask, choice: Choice): Promise<Move> {
  const dates = shownDates(choice, c.var.now, c.var.clinic.timezone)
  const id = c.req.param('id') ?? ''
  const fresh = await readFresh(c, dates, { moving: id })
  const appointment = fresh.moving
  if (!appointment || appointment.patientId !== c.var.visit.patientId) throw await notOfThisPatient(c, id)
  const time = timeWithout(fresh.time, appointment)
  const later = async (on: Dates) => timeWithout(await fresh.later(on), appointment)
  return { time, later, booker: bookerWithout(fresh.booker, appointment), appointment }
}

async function moveStatements(c: Ask, { appointment, time }: Move, to: Chosen): Promise<Statement[]> {
  const { visit, clinic, now } = c.var
  const { db, clinicId, patientId } = visit
  const { id, version, typeId } = appointment
  const { practitionerId, practitionerName, startAt, endAt, bufferUntil } = to
  const place = { practitionerId, startAt, endAt, bufferUntil, outsideRules: false }
  const moved = { ...appointment, ...place, practitionerName, sequence: appointment.sequence + 1 }
  const { timeVersion } = time.rules
  return [
    ...moveAppointment(
      db,
      { clinicId, id, version, patientId, typeId },
      place,
      { timeVersion, ownBy: visit.holderId },
      now,
    ),
    entryByPatient(c, 'appointment-moved', { appointment: id }),
    ...(await tellPatient(c.env, db, clinic, 'moved', toldOf(moved, visit.called), time.rules, now)),
  ]
}
