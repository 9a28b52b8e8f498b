/** Staff move an appointment: the diary in move mode sends where to. Decided again when something changes meanwhile. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import type { Statement } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { mayMove } from '../appointment.ts'
import { moveAppointment } from '../booking-store.ts'
import { whyNotMoved } from '../why-not.ts'
import { stampOf } from './history.ts'
import { appointmentEntry } from './history-store.ts'
import { showLeft, showTaken, showTick } from './move-pages.tsx'
import { type AskedMove, type Moving, readMove, readMoving } from './move-reading.ts'
import { backTo, conflict, expected } from './one-appointment.tsx'
import { inTheWay, staffVerdict } from './staff-verdict.ts'
import { sendMails, tell } from './telling.ts'

const mostTries = 4

export const moveRoutes = new Hono<App>().post(
  '/diary/appointments/:id/move',
  staffMay('book appointments'),
  async (c) => {
    const asked = readMove(await readForm(c.req.raw))
    for (let tries = 0; tries < mostTries; tries++) {
      const moving = await readMoving(c, asked)
      const refused = answerRefused(c, moving, asked)
      if (refused) return refused
      const written = expected(
        await c.var.visit.write(await statements(c, moving, asked)),
        'nothing-changed',
        'time_taken',
      )
      if (!written.ok) continue
      sendMails(c)
      return backTo(c, moving.appointment)
    }
    const moving = await readMoving(c, asked)
    return conflict(c, moving, { version: asked.version, because: 'The record of this patient may have been archived' })
  },
)

const verdictOf = ({ time, type, place }: Moving, { anyway }: AskedMove, now: number) =>
  staffVerdict(whyNotMoved(time, { type, now }, place.practitionerId, place.startAt), anyway)

/** The page to answer with when nothing may be written, else undefined. */
function answerRefused(c: Ask, moving: Moving, asked: AskedMove) {
  const { appointment, place, others } = moving
  const { version } = asked
  const isThere = appointment.startAt === place.startAt && appointment.practitionerId === place.practitionerId
  if (isThere && appointment.status === 'booked') return backTo(c, appointment) // pressed twice: it is as wished
  if (appointment.version !== version) return conflict(c, moving, { version })
  if (!mayMove(appointment)) return conflict(c, moving, { version, because: 'Only what is booked can be moved' })
  if (moving.left) return showLeft(c, moving, asked, moving.left)
  const verdict = verdictOf(moving, asked, c.var.now)
  if (verdict.ok) return undefined
  if (verdict.because === 'tick') return showTick(c, moving, asked, verdict.reason)
  return showTaken(c, moving, asked, inTheWay(others, place), verdict.reason)
}

async function statements(c: Ask, moving: Moving, asked: AskedMove): Promise<Statement[]> {
  const { visit, clinic, now } = c.var
  const { appointment, place, person, rules } = moving
  const verdict = verdictOf(moving, asked, now)
  const outside = verdict.ok ? verdict.outside : undefined
  const of = { ...appointment, clinicId: visit.clinicId }
  const provided = outside ? {} : { timeVersion: rules.timeVersion }
  const { startAt, endAt } = place
  const after = { ...appointment, startAt, endAt, practitionerName: person!.name, sequence: appointment.sequence + 1 }
  const mails = asked.tell ? await tell(c, 'moved', after, rules) : []
  return [
    ...moveAppointment(visit.db, of, { ...place, outsideRules: outside !== undefined }, provided, now),
    appointmentEntry(c, 'appointment-moved', appointment, {
      from: stampOf(appointment.startAt, clinic.timezone),
      to: stampOf(startAt, clinic.timezone),
      fromPractitioner: appointment.practitionerId,
      practitioner: place.practitionerId,
      ...(outside && { outside }),
      ...(appointment.outsideRules && { wasOutside: true as const }),
      ...(mails.length > 0 && { told: true as const }),
    }),
    ...mails,
  ]
}
