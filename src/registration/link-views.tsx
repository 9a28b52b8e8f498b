/** The page behind the link of a registration mail. */
import { linkTitles } from '../clinic/registration-settings.ts'
import { passwordHint } from '../front-door/passwords/password-rules.ts'
import { DateFields, LogonNameForManagers, PasswordField, TextField, TickBox } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'

interface LinkPageProps {
  base: string
  email: string
  clinicName: string
  typed: Record<string, string>
  problems: Problems
}

const birthHint = 'For example, 27 3 1984'

export function ExistingPatientPage(props: LinkPageProps & { asksBirthDate: boolean }) {
  const { email, clinicName, typed, problems, asksBirthDate } = props
  return (
    <>
      <h1>{linkTitles.existing}</h1>
      <p>
        You will log on to {clinicName} as <strong>{email}</strong>.
      </p>
      <form method="post" novalidate>
        {asksBirthDate && (
          <DateFields
            name="dob"
            legend="What is your date of birth?"
            hint={birthHint}
            problem={problems.dob}
            typed={typed}
            own
          />
        )}
        <OwnPassword email={email} problem={problems.new_password} />
        <div class="actions">
          <button class="button">Set up online access</button>
        </div>
      </form>
    </>
  )
}

/** @param version of the privacy notice that is shown, and acknowledged */
export function NewPatientPage(props: LinkPageProps & { version: number }) {
  const { base, email, clinicName, typed, problems, version } = props
  return (
    <>
      <h1>{linkTitles.new}</h1>
      <p>
        Tell {clinicName} who you are. You will log on as <strong>{email}</strong>.
      </p>
      <form method="post" novalidate>
        <TextField
          name="first_name"
          label="First name"
          autocomplete="given-name"
          value={typed.first_name}
          problem={problems.first_name}
        />
        <TextField
          name="last_name"
          label="Last name"
          autocomplete="family-name"
          value={typed.last_name}
          problem={problems.last_name}
        />
        <DateFields name="dob" legend="Date of birth" hint={birthHint} problem={problems.dob} typed={typed} own />
        <TextField
          name="phone"
          label="Phone number"
          type="tel"
          autocomplete="tel"
          width="medium"
          value={typed.phone}
          problem={problems.phone}
        />
        <OwnPassword email={email} problem={problems.new_password} />
        <input type="hidden" name="privacy_version" value={String(version)} />
        <TickBox
          name="privacy_notice"
          ticked={typed.privacy_notice === 'on' && !problems.privacy_notice}
          problem={problems.privacy_notice}
        >
          I have read{' '}
          <a href={`${base}/privacy/${version}`} target="_blank" rel="noopener">
            how {clinicName} uses my information
          </a>
        </TickBox>
        <div class="actions">
          <button class="button">Register</button>
        </div>
      </form>
    </>
  )
}

function OwnPassword({ email, problem }: { email: string; problem?: string }) {
  return (
    <>
      <LogonNameForManagers value={email} />
      <PasswordField
        name="new_password"
        label="Create a password"
        use="new-password"
        hint={passwordHint}
        problem={problem}
      />
    </>
  )
}
