import { TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { PhoneLink } from '../../web/layout.tsx'

interface StepPageProps {
  base: string
  phone: string
  hasApp: boolean
  hasPasskey: boolean
  codesLeft: number
  problems: Problems
}

export function StepPage({ base, phone, hasApp, hasPasskey, codesLeft, problems }: StepPageProps) {
  return (
    <>
      <h1>One more step</h1>
      {hasPasskey && (
        <form method="post" action={`${base}/logon/second-factor/passkey/challenge`} data-passkey hidden>
          <p>Your device asks for your fingerprint, your face or its PIN.</p>
          <div class="actions">
            <button class="button">Use my passkey</button>
          </div>
        </form>
      )}
      {hasPasskey && <p data-no-passkey>Your passkey cannot be used in this browser.</p>}
      {hasApp && (
        <form method="post" action={`${base}/logon/second-factor`} novalidate>
          <CodeField
            label="Code from your authenticator app"
            hint="Six figures. A new code comes every 30 seconds"
            problem={problems.code}
          />
          <div class="actions">
            <button class={hasPasskey ? 'button secondary' : 'button'}>Log on</button>
          </div>
        </form>
      )}
      <p>
        {codesLeft > 0 ? (
          <a href={`${base}/logon/second-factor/recovery`}>I do not have {hasApp ? 'my phone' : 'my passkey'} here</a>
        ) : (
          <>
            You have no recovery codes left. If you do not have {hasApp ? 'your phone' : 'your passkey'},{' '}
            <WhoHelps phone={phone} />
          </>
        )}
      </p>
      <p>
        <a href={base}>Start again</a>
      </p>
    </>
  )
}

const WhoHelps = ({ phone }: { phone: string }) => (
  <>
    your manager can remove what you have lost, or call <PhoneLink phone={phone} />.
  </>
)

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
        If you have no code left, <WhoHelps phone={phone} />
      </p>
    </>
  )
}
