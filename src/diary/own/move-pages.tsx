/** The pages of moving an appointment: why it cannot be, the times there are, and one last look. */
import type { Ask } from '../../ask.ts'
import { fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import type { Problems } from '../../web/form.ts'
import { dialled } from '../../web/layout.tsx'
import { show } from '../../web/page.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import type { Wanted } from '../availability.ts'
import { addressOf, anyone, type Choice, practitionersFor } from '../booking/choice.ts'
import { type Chosen, type Refusal, refusalInWords } from '../booking/decision.ts'
import type { Fresh } from '../booking/fresh-store.ts'
import { timesFor } from '../booking/times-page.tsx'
import { TimesPage } from '../booking/times-views.tsx'
import { CallPage } from '../booking/views.tsx'
import { type Booking, isMovedOnline, mayChange } from '../booking-rules.ts'
import type { ClinicTime } from '../time/clinic-time.ts'
import { lateHeading, TooLatePage } from './cancellation-views.tsx'
import { MovePage } from './move-views.tsx'
import { typeOfMoving } from './moving.ts'
import { changeRuleInWords } from './own-appointment.ts'

/** The time and the patient's appointments without this one. */
export interface Move {
  time: ClinicTime
  later: Fresh['later']
  booker: Booking['booker']
  appointment: ShownAppointment
}

const pathOf = (c: Ask, { appointment }: Move) => `${c.var.frame.base}/appointments/${appointment.id}/move`

/** Undefined: it may be moved, if there is a time. */
export function showRefused(c: Ask, move: Move, status: 200 | 409 = 200) {
  const { appointment, time, booker } = move
  const { clinic, frame, now } = c.var
  const { base } = frame
  const verdict = mayChange(appointment, time.rules, now)
  if (!verdict.ok) {
    const children = (
      <TooLatePage
        {...{ base, clinic, appointment }}
        actedFor={c.var.visit.actedFor}
        act="change"
        because={verdict.because}
      />
    )
    return show(c, { title: lateHeading('change', verdict.because), status, look: 'diary', children })
  }
  if (isMovedOnline(time.rules, appointment, booker.isNew)) return undefined
  const message = time.rules.isOnline ? 'This kind of appointment is changed by phone.' : time.rules.offlineMessage
  const children = <CallPage base={base} clinic={clinic} message={message} heading="Call to change this appointment" />
  return show(c, { title: 'Call to change this appointment', status, look: 'diary', children })
}

/** First with whom it was booked; anyone else is one link away. */
export async function showNewTimes(c: Ask, move: Move, choice: Choice, refused?: Refusal | 'changed') {
  const { time, appointment } = move
  const { clinic, now, frame } = c.var
  const path = pathOf(c, move)
  const doers = time.practitioners.filter(({ typeIds }) => typeIds.includes(appointment.typeId))
  const person = doers.find(({ id }) => id === (choice.who ?? appointment.practitionerId))
  const who = person?.id ?? anyone
  const type = typeOfMoving(time, appointment)!
  const wanted: Wanted = { type, practitionerIds: practitionersFor(who), now, by: 'patient' }
  const problems = refused && { times: wordsFor(refused, choice.startAt ?? 0, time.zone, c.var.visit.actedFor) }
  const { startAt, practitionerName } = appointment
  return show(c, {
    title: 'Choose a new time',
    look: 'diary',
    status: refused ? 409 : undefined,
    problems,
    children: (
      <TimesPage
        {...(await timesFor(c, move, wanted, choice))}
        heading="Choose a new time"
        lead={`Now it is on ${dayInWords(startAt, clinic.timezone)} at ${timeInWords(startAt, clinic.timezone)}, with ${apart(practitionerName)}. You keep it until you have chosen another${person ? ` with ${apart(person.name)}` : ''}.`}
        path={path}
        choice={{ who }}
        saysWho={!person}
        back={{ href: `${frame.base}/appointments/${appointment.id}`, words: 'My appointment' }}
        others={
          person && doers.length > 1
            ? { href: addressOf(path, { who: anyone }), words: 'See times with anyone who is free' }
            : undefined
        }
      />
    ),
  })
}

const wordsFor = (refused: Refusal | 'changed', startAt: number, zone: string, actedFor?: string): string =>
  refused === 'changed'
    ? 'The clinic has changed this appointment meanwhile. Choose a time again'
    : refusalInWords(refused, startAt, zone, actedFor)

export function showCheck(c: Ask, move: Move, choice: Choice, to: Chosen, problems: Problems = {}) {
  const { time, appointment } = move
  const { clinic, now, visit } = c.var
  return show(c, {
    title: 'Check the new time',
    look: 'diary',
    problems,
    children: (
      <MovePage
        path={pathOf(c, move)}
        appointment={appointment}
        patientName={visit.namesPatient ? fullName(appointment) : undefined}
        to={to}
        zone={time.zone}
        timesHref={addressOf(pathOf(c, move), { who: choice.who })}
        rule={dialled(changeRuleInWords(to.startAt, time.rules, clinic, now), clinic)}
      />
    ),
  })
}
