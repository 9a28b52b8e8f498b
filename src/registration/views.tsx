import type { Child } from 'hono/jsx'
import { linkTitles, type RegistrationLink } from '../clinic/registration-settings.ts'
import { type PublicWords, wordsOf } from '../clinic/texts/public-words.ts'
import { apart } from '../web/apart.ts'
import { TextField } from '../web/fields.tsx'
import { PhoneLink } from '../web/layout.tsx'

interface ClinicOfPage {
  name: string
  phone: string
}

export function AskPage(props: {
  link: RegistrationLink
  base: string
  clinic: ClinicOfPage & PublicWords
  typed: string
  problem?: string
}) {
  const { link, base, clinic, typed, problem } = props
  const words = wordsOf(clinic)
  return (
    <>
      <h1>{linkTitles[link]}</h1>
      <p class="lines">{link === 'existing' ? words.existingAskWords : words.newAskWords}</p>
      <form method="post" novalidate>
        <TextField
          name="email"
          label="Email address"
          type="email"
          hint={link === 'existing' ? 'The one that the clinic has for you' : 'You will log on with it'}
          autocomplete="email"
          autocapitalize="none"
          value={typed}
          problem={problem}
        />
        <div class="actions">
          <button class="button">Continue</button>
          <a href={base}>Back to the logon page</a>
        </div>
      </form>
    </>
  )
}

/** The one answer (rule M10). It must say nothing that depends on what was typed. */
export function SentPage({ base, clinic }: { base: string; clinic: ClinicOfPage }) {
  return (
    <>
      <h1>Check your email</h1>
      <p>We have sent an email to the address you gave us. It says how to go on. A link in it works for 24 hours.</p>
      <p>Look in your junk mail too.</p>
      <CallIfNothing clinic={clinic} />
      <BackToLogon base={base} />
    </>
  )
}

const CallIfNothing = ({ clinic }: { clinic: ClinicOfPage }) => (
  <p>
    If nothing arrives within 10 minutes, please call the clinic on <PhoneLink phone={clinic.phone} />.
  </p>
)

const BackToLogon = ({ base }: { base: string }) => (
  <p>
    <a href={base}>Back to the logon page</a>
  </p>
)

export function ClosedPage({ base, clinic }: { base: string; clinic: ClinicOfPage }) {
  return (
    <GenericPage base={base} clinic={clinic}>
      <p>You cannot register here online at the moment.</p>
    </GenericPage>
  )
}

/** Why it could not be done is for the desk to know; the reference leads the staff to it. */
export function StoppedPage({ base, clinic, reference }: { base: string; clinic: ClinicOfPage; reference: string }) {
  return (
    <GenericPage base={base} clinic={clinic}>
      <p>We could not register you online. What you typed was not saved as a registration.</p>
      <p>
        When you call, say the reference <strong class="reference">{reference}</strong>.
      </p>
    </GenericPage>
  )
}

function GenericPage({ base, clinic, children }: { base: string; clinic: ClinicOfPage; children: Child }) {
  return (
    <>
      <h1>Please call the clinic</h1>
      {children}
      <p>
        Call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />. The staff can help you at once.
      </p>
      <BackToLogon base={base} />
    </>
  )
}
