import type { Clinic } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { PasswordField, TextField } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { Notice, wordsFor } from '../web/parts.tsx'
import { OpeningWords } from './opening-words.tsx'
import { RegistrationChoices } from './registration-choices.tsx'

export const notices: Record<string, string> = {
  'logged-off': 'You have logged off.',
  registered: 'You are registered. Log on with your email address and your new password.',
  'start-again': 'That took too long, or your password was changed. Log on again.',
  'not-saved': 'You are not logged on any more. What you sent last may not have been saved. Log on, and look.',
  'email-changed': 'Your email address is changed. From now on, log on with the new one.',
  'password-set': 'Your password is set. Log on with it now.',
}

interface LogonPageProps {
  clinic: Clinic
  base: string
  typed: { identifier?: string; next: string }
  problems: Problems
  notice?: string
}

export function LogonPage({ clinic, base, typed, problems, notice = '' }: LogonPageProps) {
  const words = wordsFor(notices, notice)
  return (
    <>
      {words && <Notice tone={notice === 'start-again' || notice === 'not-saved' ? 'note' : 'done'}>{words}</Notice>}
      <h1>Log on to {apart(clinic.name)}</h1>
      <OpeningWords words={clinic.openingWords} />
      <form method="post" action={`${base}/logon`} novalidate>
        <TextField
          name="identifier"
          label="Email address or username"
          hint="Patients use their email address. Staff use their username"
          problem={problems.identifier}
          value={typed.identifier}
          inputmode="email"
          autocomplete="username"
          autocapitalize="none"
        />
        <PasswordField name="password" label="Password" use="current-password" problem={problems.password} />
        {typed.next && <input type="hidden" name="next" value={typed.next} />}
        <div class="actions">
          <button class="button">Log on</button>
          <a href={`${base}/password/forgotten`}>I have forgotten my password</a>
        </div>
      </form>
      <form method="post" action={`${base}/logon/passkey/challenge`} class="actions" data-passkey hidden>
        {typed.next && <input type="hidden" name="next" value={typed.next} />}
        <button class="button secondary">Log on with a passkey</button>
      </form>
      <RegistrationChoices base={base} clinic={clinic} />
    </>
  )
}
