/** Which page a patient who is booking sees next: the question that is open, or why they cannot book. */
import type { Ask } from '../../ask.ts'
import { fullName } from '../../patients/patient.ts'
import type { AppointmentType } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { dateIn } from '../../web/dates.ts'
import type { Problems } from '../../web/form.ts'
import { dialled } from '../../web/layout.tsx'
import { type PageProps, show } from '../../web/page.tsx'
import { newId } from '../../web/random.ts'
import type { Wanted } from '../availability.ts'
import { type BookingRefusal, bookingRefusals } from '../booking-rules.ts'
import { changeRuleInWords, whereOf } from '../own/own-appointment.ts'
import { CheckPage } from './check-views.tsx'
import { addressOf, anyone, type Choice, practitionersFor, type Step, stepOf } from './choice.ts'
import { decideOn, type Refusal, refusalInWords, whyNotType } from './decision.ts'
import type { Fresh } from './fresh-store.ts'
import { timesFor } from './times-page.tsx'
import { TimesPage } from './times-views.tsx'
import { CallPage, lengthAndPrice, TooManyPage, WhatPage, WhoPage } from './views.tsx'

/** What the page has to say besides. */
export interface Said {
  /** Why what was asked for could not be: 409, and said first. */
  refused?: Refusal
  formId?: string
  note?: string
  problems?: Problems
  /** What it costs, how long it takes: not as it stood on the page that was sent. 409, and asked again. */
  isChanged?: boolean
  /** The form was drawn for another patient. 409, and asked again. */
  isSwitched?: boolean
}

/** The question that is open, or why this patient cannot book. */
export function showStep(c: Ask, of: Fresh, choice: Choice, said: Said = {}) {
  const { booker, time } = of
  const step = stepOf(time, choice, booker.isNew, c.var.now)
  if (!time.rules.isOnline) return showCall(c, said, time.rules.offlineMessage)
  if (step.step === 'what' && step.types.length === 0) return showCall(c, said)
  if (booker.upcoming.length >= time.rules.mostUpcoming) return showTooMany(c, of, said)
  const again = { ...said, refused: said.refused ?? whyAskedAgain(of, choice, step) }
  if (step.step === 'what') return showWhat(c, of, choice, step, again)
  if (step.step === 'who') return showWho(c, of, choice, step, again)
  if (choice.startAt === undefined || said.refused) return showTimes(c, of, choice, step, said.refused)
  return showCheck(c, of, choice, step, said)
}

const showDiary = (c: Ask, { refused, isChanged, isSwitched }: Said, props: PageProps) =>
  show(c, { look: 'diary', status: refused || isChanged || isSwitched ? 409 : undefined, ...props })
const pathOf = (c: Ask) => `${c.var.frame.base}/book`

function showCall(c: Ask, said: Said, message = '') {
  const { frame, clinic } = c.var
  const children = <CallPage base={frame.base} clinic={clinic} message={message} />
  return showDiary(c, said, { title: 'Call to book an appointment', children })
}

function showTooMany(c: Ask, { upcoming }: Fresh, said: Said) {
  const { frame, clinic, visit } = c.var
  const heading = `${visit.actedFor ? `${visit.actedFor} has` : 'You have'} as many appointments as you can book online`
  const children = <TooManyPage base={frame.base} clinic={clinic} upcoming={upcoming} heading={heading} />
  return showDiary(c, said, { title: heading, children })
}

/** What was chosen is gone. */
function whyAskedAgain(of: Fresh, choice: Choice, { step }: Step): Refusal | undefined {
  if (step === 'what' && choice.typeId) return whyNotType(of, choice)
  return step === 'who' && choice.who ? 'not-offered' : undefined
}

/** Of what was chosen: the time itself is gone, its day stays. */
const chosenDay = ({ time }: Fresh, { day, startAt }: Choice): string | undefined =>
  day ?? (startAt === undefined ? undefined : dateIn(startAt, time.zone))

function showWhat(c: Ask, of: Fresh, choice: Choice, { types }: At<'what'>, said: Said) {
  const { refused } = said
  const words = refused && refused in bookingRefusals ? bookingRefusals[refused as BookingRefusal] : typeGone
  const problems = refused && { type: `${words}. Choose another` }
  const day = chosenDay(of, choice)
  const hrefOf = ({ id: typeId }: AppointmentType) => {
    const { step } = stepOf(of.time, { ...choice, typeId }, of.booker.isNew, c.var.now)
    return addressOf(pathOf(c), { typeId, who: step === 'when' ? choice.who : undefined, day })
  }
  const children = <WhatPage types={types} hrefOf={hrefOf} />
  return showDiary(c, said, { title: 'What is the appointment for?', problems, children })
}
const typeGone = 'This kind of appointment cannot be booked any more'

function showWho(c: Ask, of: Fresh, choice: Choice, step: At<'who'>, said: Said) {
  const problems = said.refused && { who: 'This practitioner cannot be booked any more. Choose another' }
  const day = chosenDay(of, choice)
  const children = <WhoPage path={pathOf(c)} {...step} day={day} hasBack={asksWhat(of, c.var.now)} />
  return showDiary(c, said, { title: 'Who would you like to see?', problems, children })
}

/** A patient with one choice only was not asked. */
const asksWhat = ({ time, booker }: Fresh, now: number): boolean => stepOf(time, {}, booker.isNew, now).step === 'what'

type At<S extends Step['step']> = Extract<Step, { step: S }>

/** @param choice with the time that was refused, so that its day is shown */
async function showTimes(c: Ask, of: Fresh, choice: Choice, step: At<'when'>, refused?: Refusal) {
  const { time } = of
  const { type, who, doers } = step
  const { now } = c.var
  const wanted: Wanted = { type, practitionerIds: practitionersFor(who), now, by: 'patient' }
  const person = doers.find(({ id }) => id === who)
  const anybody = addressOf(pathOf(c), { typeId: type.id, who: anyone })
  const problems = refused && {
    times: refusalInWords(refused, choice.startAt ?? 0, time.zone, c.var.visit.actedFor),
  }
  return showDiary(
    c,
    { refused },
    {
      title: 'Choose a time',
      problems,
      children: (
        <TimesPage
          {...(await timesFor(c, of, wanted, choice))}
          heading="Choose a time"
          lead={`${type.name}, ${lengthAndPrice(type)}${person ? `, with ${apart(person.name)}` : ''}`}
          path={pathOf(c)}
          choice={{ typeId: type.id, who }}
          saysWho={!person}
          back={backFrom(c, of, step)}
          others={
            person && doers.length > 1 ? { href: anybody, words: 'See times with anyone who is free' } : undefined
          }
        />
      ),
    },
  )
}

function backFrom(c: Ask, of: Fresh, { type, doers }: At<'when'>) {
  if (doers.length > 1) return { href: addressOf(pathOf(c), { typeId: type.id }), words: 'Who you see' }
  return asksWhat(of, c.var.now) ? { href: pathOf(c), words: 'What it is for' } : undefined
}

/** A time that cannot be had is told before anybody types a note. */
function showCheck(c: Ask, of: Fresh, choice: Choice, step: At<'when'>, said: Said) {
  const { clinic, now, visit } = c.var
  const { time, patient } = of
  const { type, doers, who } = step
  const startAt = choice.startAt!
  const decision = decideOn(of, choice, now)
  if (!decision) return showTimes(c, of, { ...choice, startAt: undefined }, step) // it says no more than half of a time
  if (!decision.ok) return showTimes(c, of, choice, step, decision.because)
  const practitioner = doers.find(({ id }) => id === decision.place.practitionerId)!
  const { note = '', problems = {}, formId = newId(), isChanged, isSwitched } = said
  const props = { type, startAt, practitioner, note, problems, formId, isChanged, isSwitched, zone: time.zone }
  return showDiary(c, said, {
    title: 'Check and book',
    problems,
    children: (
      <CheckPage
        {...props}
        path={pathOf(c)}
        patientId={patient.id}
        patientName={visit.namesPatient ? fullName(patient) : undefined}
        actedFor={visit.actedFor}
        choice={{ typeId: type.id, who }}
        where={whereOf(clinic)}
        asksWhat={asksWhat(of, now)}
        asksWho={doers.length > 1}
        rule={dialled(changeRuleInWords(startAt, time.rules, clinic, now), clinic)}
        day={dateIn(startAt, time.zone)}
      />
    ),
  })
}
