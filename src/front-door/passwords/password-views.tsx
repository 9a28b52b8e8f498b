import { apart } from '../../web/apart.ts'
import { DateFields, LogonNameForManagers, PasswordField, TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { PhoneLink } from '../../web/layout.tsx'
import { passwordHint } from './password-rules.ts'

export function ChangePasswordPage(props: { logonName: string; isTemporary: boolean; problems: Problems }) {
  const { logonName, isTemporary, problems } = props
  return (
    <>
      <h1>{isTemporary ? 'Choose your own password' : 'Change my password'}</h1>
      <p>
        {isTemporary
          ? 'You have logged on with a temporary password. It works only once. Choose your own now, to go on.'
          : 'You will be logged off everywhere else.'}
      </p>
      <form method="post" novalidate>
        <LogonNameForManagers value={logonName} />
        <PasswordField
          name="current_password"
          label={isTemporary ? 'Temporary password' : 'Current password'}
          use="current-password"
          problem={problems.current_password}
        />
        <PasswordField
          name="new_password"
          label="New password"
          use="new-password"
          hint={passwordHint}
          problem={problems.new_password}
        />
        <div class="actions">
          <button class="button">Save new password</button>
        </div>
      </form>
    </>
  )
}

export function PasswordChangedPage({ home }: { home: string }) {
  return (
    <>
      <h1>Your password is changed</h1>
      <p>Use it the next time you log on. Everywhere else you have been logged off.</p>
      <div class="actions">
        <a class="button" href={home}>
          Go on
        </a>
      </div>
    </>
  )
}

/** Behind a link in a mail, or at the counter, where the date of birth is asked too. */
export function NewPasswordPage(props: {
  logonName: string
  asksBirthDate: boolean
  typed: Record<string, string>
  problems: Problems
}) {
  const { logonName, asksBirthDate, typed, problems } = props
  return (
    <>
      <h1>Create a password</h1>
      <p>
        You will log on as <strong>{logonName}</strong>.
      </p>
      <form method="post" novalidate>
        {asksBirthDate && (
          <DateFields
            name="dob"
            legend="What is your date of birth?"
            hint="For example, 27 3 1984"
            problem={problems.dob}
            typed={typed}
            own
          />
        )}
        <LogonNameForManagers value={logonName} />
        <PasswordField
          name="new_password"
          label="Create a password"
          use="new-password"
          hint={passwordHint}
          problem={problems.new_password}
        />
        <div class="actions">
          <button class="button">Save password</button>
        </div>
      </form>
    </>
  )
}

export function ForgottenPage({ typed, problems }: { typed: string; problems: Problems }) {
  return (
    <>
      <h1>Set a new password</h1>
      <p>We send a link to the email address that belongs to you here.</p>
      <form method="post" novalidate>
        <TextField
          name="identifier"
          label="Email address or username"
          hint="Patients use their email address. Staff use their username"
          problem={problems.identifier}
          value={typed}
          inputmode="email"
          autocomplete="username"
          autocapitalize="none"
        />
        <div class="actions">
          <button class="button">Send link</button>
        </div>
      </form>
    </>
  )
}

/** The same words for everyone (rule M10). */
export function LinkSentPage({ base, clinic }: { base: string; clinic: { name: string; phone: string } }) {
  return (
    <>
      <h1>Check your email</h1>
      <p>If you have online access here, we have sent you a link to set a new password. It works for 1 hour.</p>
      <p>Look in your junk mail too.</p>
      <p>
        If nothing arrives within 10 minutes, please call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
      </p>
      <p>
        <a href={base}>Back to the logon page</a>
      </p>
    </>
  )
}
