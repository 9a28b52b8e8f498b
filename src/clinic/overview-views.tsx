import { TimeCards } from '../diary/time/time-cards.tsx'
import type { TimeState } from '../diary/time/time-state-store.ts'
import type { Clinic } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { dateInWords } from '../web/dates.ts'
import { StateMark } from '../web/parts.tsx'
import { isOn, linkNames, type RegistrationLink } from './registration-settings.ts'
import { nextStep, type Step, setUpSteps } from './set-up.ts'
import { Card, State } from './settings-parts.tsx'
import type { Overview } from './settings-store.ts'
import { hasOwnWords } from './texts/public-words.ts'

interface SettingsProps {
  base: string
  now: number
  clinic: Clinic
  overview: Overview
  time: TimeState
}

export function SettingsPage({ base, now, clinic, overview, time }: SettingsProps) {
  const steps = setUpSteps({ ...clinic, ...overview, ...time }, now)
  return (
    <>
      <h1>Diary settings</h1>
      {steps.length > 0 && <SetUp base={base} steps={steps} />}
      <ul class="cards">
        <Card href={`${base}/settings/clinic`} title="Clinic details" is="What patients read on every page.">
          <State isThere={true}>
            {apart(clinic.name)}, {clinic.phone}
          </State>
          <State isThere={clinic.address !== ''}>
            {clinic.address === '' ? 'No postal address' : clinic.address.replaceAll('\n', ', ')}
          </State>
        </Card>
        <TimeCards base={base} time={time} />
        <Card href={`${base}/settings/look`} title="Look" is="Your logo and one colour, on every page.">
          <State isThere={clinic.colour !== null}>
            {clinic.colour ? `Your colour, ${clinic.colour}` : 'The diary’s own green'}
          </State>
          <State isThere={clinic.logoFile !== null}>{clinic.logoFile ? 'Your logo' : 'No logo'}</State>
        </Card>
        <Card
          href={`${base}/settings/texts`}
          title="Words on your pages"
          is="On the logon page, and where people register."
        >
          <State isThere={clinic.openingWords !== ''}>
            {clinic.openingWords === '' ? 'No opening words' : 'Opening words on the logon page'}
          </State>
          <State isThere={hasOwnWords(clinic)}>
            {hasOwnWords(clinic) ? 'Your own words for registration' : 'Our standard words for registration'}
          </State>
        </Card>
        <Card
          href={`${base}/settings/registration`}
          title="Registration"
          is="Who may register for the diary themselves, from the logon page."
        >
          {(['existing', 'new'] satisfies RegistrationLink[]).map((link) => (
            <State isThere={isOn(clinic, link)}>
              {isOn(clinic, link) ? 'On' : 'Off'}: {linkNames[link].toLowerCase()}
            </State>
          ))}
        </Card>
        <Card href={`${base}/settings/privacy`} title="Privacy notice" is="What new patients say that they have read.">
          <State isThere={overview.publishedAt !== null}>
            {overview.publishedAt === null
              ? 'The standard notice'
              : `Your own, version ${clinic.privacyNoticeVersion} of ${dateInWords(overview.publishedAt, clinic.timezone)}`}
          </State>
          {overview.hasDraft && <State isThere={false}>A draft waits to be published</State>}
        </Card>
        <Card
          href={`${base}/settings/links`}
          title="Links and QR code"
          is="For your website, your letters and your waiting room."
        >
          <State isThere={overview.hasPatientLoggedOn}>
            {overview.hasPatientLoggedOn ? 'Patients have found the way' : 'No patient has logged on yet'}
          </State>
        </Card>
        <Card
          href={`${base}/settings/second-factor`}
          title="Second factor for staff"
          is="Whether your staff need more than a password to log on."
        >
          <State isThere={clinic.staffNeedSecondFactor}>
            {clinic.staffNeedSecondFactor ? 'Asked for' : 'Up to each of them'}
          </State>
        </Card>
      </ul>
    </>
  )
}

/** A new clinic's list: what is done, and the one thing that comes next. */
function SetUp({ base, steps }: { base: string; steps: Step[] }) {
  const next = nextStep(steps)
  const done = steps.filter(({ isDone }) => isDone).length
  const addressOf = ({ key }: Step) =>
    key === 'staff' ? `${base}/staff` : `${base}/settings/${key === 'hours' ? 'practitioners' : key}`
  return (
    <section class="panel" aria-labelledby="set-up-title">
      <h2 id="set-up-title">Setting up</h2>
      <p>
        {done} of {steps.length} done.{next && ` Next: ${next.label.toLowerCase()}.`}
      </p>
      <ol class="set-up">
        {steps.map((step) => (
          <li>
            <StateMark shape={step.isDone ? 'tick' : 'ring'}>{step.isDone ? 'Done' : 'To do'}</StateMark>
            <a href={addressOf(step)}>{step.label}</a>
          </li>
        ))}
      </ol>
    </section>
  )
}
