import { TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { PhoneLink } from '../../web/layout.tsx'

export const tooManyCodes = 'You have tried too many times. Wait 15 minutes, and try again'

export interface StepPageProps {
  base: string
  hasApp: boolean
  codesLeft: number
  problems: Problems
}

export function StepPage({ base, hasApp, codesLeft, problems }: StepPageProps) {
  return (
    <>
      <h1>One more step</h1>
      {hasApp && (
        <form method="post" action={`${base}/logon/second-factor`} novalidate>
          <CodeField
            label="Code from your authenticator app"
            hint="Six figures. A new code comes every 30 seconds"
            problem={problems.code}
          />
          <div class="actions">
            <button class="button">Log on</button>
          </div>
        </form>
      )}
      <p>
        {codesLeft > 0 && (
          <a href={`${base}/logon/second-factor/recovery`}>I do not have {hasApp ? 'my phone' : 'my passkey'} here</a>
        )}
      </p>
      <p>
        <a href={base}>Start again</a>
      </p>
    </>
  )
}

export function CodeField({ label, hint, problem }: { label: string; hint: string; problem?: string }) {
  return (
    <TextField
      name="code"
      label={label}
      hint={hint}
      problem={problem}
      inputmode="numeric"
      autocomplete="one-time-code"
      width="short"
    />
  )
}

export function RecoveryPage({ base, phone, problems }: { base: string; phone: string; problems: Problems }) {
  return (
    <>
      <h1>Use a recovery code</h1>
      <p>You kept ten of them when you set up your second factor. Each works once.</p>
      <form method="post" novalidate>
        <TextField
          name="recovery_code"
          label="Recovery code"
          hint="25 letters and figures. Capitals and dashes do not matter"
          problem={problems.recovery_code}
          autocomplete="off"
          autocapitalize="none"
        />
        <div class="actions">
          <button class="button">Log on</button>
          <a href={`${base}/logon/second-factor`}>Go back</a>
        </div>
      </form>
      <p>
        No code left? Your manager can remove what you have lost, or call <PhoneLink phone={phone} />.
      </p>
    </>
  )
}
