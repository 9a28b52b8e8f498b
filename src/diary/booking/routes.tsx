/** `/:clinic/book`: a patient books. Each question is a page with its state in the address; the POST asks every rule again. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { entryByPatient } from '../../audit/entry-by-patient.ts'
import { patientsOnly } from '../../front-door/sessions/guard.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { calledName } from '../../patients/patient.ts'
import type { Statement } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { hasProblems } from '../../web/page.tsx'
import { hashToken, newId } from '../../web/random.ts'
import { lines } from '../../web/typed-text.ts'
import { bookAppointment } from '../booking-store.ts'
import { tellPatient } from '../messages/appointment-mail.ts'
import type { Place } from '../place.ts'
import { addressOf, type Choice, readChoice, shownDates } from './choice.ts'
import { decideOn, noteProblems } from './decision.ts'
import { type Fresh, readFresh } from './fresh-store.ts'
import { forgetNote, keepNote, keptNote } from './kept-note.ts'
import { type Said, showStep } from './pages.tsx'

/** The database may refuse because something changed since it was read: then it is read, and decided, again. */
const mostTries = 4

export const bookRoutes = new Hono<App>()
  .get('/book', patientsOnly, async (c) => {
    const choice = readChoice(c.req.query())
    const fresh = await readFresh(c, datesFor(c, choice))
    return showBooked(c, fresh, choice) ?? showStep(c, fresh, choice, { note: await keptNote(c) })
  })
  .post('/book', patientsOnly, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const choice = readChoice(typed)
    const sent = { note: lines(typed.note), formId: formIdOf(c, typed.form_id, choice) }
    for (let tries = 0; tries < mostTries; tries++) {
      const fresh = await readFresh(c, datesFor(c, choice), { formId: sent.formId ?? '' })
      if (!c.var.visit.isFor(typed.patient)) return showStep(c, fresh, choice, { isSwitched: true })
      const already = showBooked(c, fresh, choice)
      if (already) return already
      const decision = decideOn(fresh, choice, c.var.now)
      if (!decision) return c.redirect(addressOf(`${c.var.frame.base}/book`, choice), 303)
      if (!decision.ok) return showLost(c, fresh, choice, { refused: decision.because, note: sent.note })
      const problems = noteProblems(sent.note)
      const isChanged = !isAsSeen(fresh, decision.place, typed.type_version)
      if (isChanged || hasProblems(problems)) {
        return showStep(c, fresh, choice, { ...sent, formId: typed.form_id, problems, isChanged })
      }
      const id = newId()
      const written = await c.var.visit.writeForPatient(
        await bookingStatements(c, fresh, { ...decision.place, ...sent, id }),
      )
      if (!written.ok) continue
      await forgetNote(c)
      afterTheAnswer(c, deliverDue)
      return c.redirect(bookedHref(c, id), 303)
    }
    throw new Error('a booking was refused again and again')
  })

const datesFor = (c: Ask, choice: Choice) => shownDates(choice, c.var.now, c.var.clinic.timezone)
const bookedHref = (c: Ask, id: string): string => `${c.var.frame.base}/appointments/${id}?done=booked`

/**
 * The same form with the same choice in it: sent twice, it books once. Of this patient only: nobody can stand in the way of
 * a form that somebody else will send.
 */
function formIdOf(c: Ask, typed = '', { typeId, startAt, practitionerId }: Choice): string | null {
  const { patientId } = c.var.visit
  return typed ? hashToken(JSON.stringify([patientId, typed, typeId, startAt, practitionerId])) : null
}

/** A form sent again, or a page that was gone back to: it is booked already, once, and that is what is shown. */
function showBooked(c: Ask, { before, upcoming }: Fresh, { typeId, startAt, practitionerId }: Choice) {
  const same = upcoming.find(
    (each) => each.startAt === startAt && each.typeId === typeId && each.practitionerId === practitionerId,
  )
  const booked = before ?? same
  return booked && c.redirect(bookedHref(c, booked.id), 303)
}

/** Nobody books what costs more, or takes longer, than it said where they pressed the button. */
const isAsSeen = ({ time }: Fresh, { typeId }: { typeId: string }, version: string | undefined): boolean =>
  version === undefined || time.types.some((type) => type.id === typeId && String(type.version) === version)

/** This time cannot be had any more; what was typed is there for the next. */
async function showLost(c: Ask, of: Fresh, choice: Choice, said: Required<Pick<Said, 'refused' | 'note'>>) {
  await keepNote(c, said.note)
  return showStep(c, of, choice, said)
}

type New = Place & { id: string; typeId: string; practitionerName: string; note: string; formId: string | null }

async function bookingStatements(c: Ask, { time, patient, booker }: Fresh, of: New): Promise<Statement[]> {
  const { visit, clinic, now } = c.var
  const { db, clinicId, patientId } = visit
  const { note, practitionerName, ...place } = of
  const row = { ...place, clinicId, patientId, patientNote: note, bookedBy: null }
  const { timeVersion, mostUpcoming } = time.rules
  const told = {
    ...{ id: of.id, sequence: 0, status: 'booked' as const, startAt: of.startAt, endAt: of.endAt, practitionerName },
    ...{
      patientId,
      email: booker.contact,
      firstName: calledName(patient),
      hasAccess: true,
      isMovedOnline: true,
    },
  }
  return [
    ...bookAppointment(db, row, { timeVersion, mostUpcoming, ownBy: visit.holderId }, now),
    entryByPatient(c, 'appointment-booked', { appointment: of.id }),
    ...(await tellPatient(c.env, db, clinic, 'booked', told, time.rules, now)),
  ]
}
