import type { Clinic } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { LogonNameForManagers, PasswordField, TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { PhoneLink } from '../../web/layout.tsx'

interface Props {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone'>
}

export function EmailPage(props: Props & { current: string; email: string; problems: Problems }) {
  const { base, current, email, problems } = props
  return (
    <>
      <h1>Change my email address</h1>
      <p>
        You log on with {current}. We send a link to the new address. Once you have opened it, you log on with the new
        one.
      </p>
      <form method="post" action={`${base}/details/email`} novalidate>
        <TextField
          name="email"
          label="New email address"
          type="email"
          autocomplete="email"
          autocapitalize="none"
          value={email}
          problem={problems.email}
        />
        <LogonNameForManagers value={current} />
        <PasswordField
          name="current_password"
          label="Your password"
          use="current-password"
          problem={problems.current_password}
        />
        <div class="actions">
          <button class="button">Send the link</button>
          <a href={`${base}/details`}>Back to my details</a>
        </div>
      </form>
    </>
  )
}

/** The same whatever the address: only its mailbox is told whether it can be used. */
export function EmailSentPage({ base, clinic }: Props) {
  return (
    <>
      <h1>Check your email</h1>
      <p>We have written to the new address. Open the link in that email to confirm it. It works for 24 hours.</p>
      <p>Until then you log on with your old address.</p>
      <p>
        If nothing arrives within 10 minutes, call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
      </p>
      <div class="actions">
        <a class="button secondary" href={`${base}/details`}>
          Back to my details
        </a>
      </div>
    </>
  )
}

export function ProofPage({ clinic, email }: { clinic: Pick<Clinic, 'name'>; email: string }) {
  return (
    <>
      <h1>Confirm your new email address</h1>
      <p>
        From then on you log on to {apart(clinic.name)} with <strong>{email}</strong>. Your password stays the same.
      </p>
      <form method="post">
        <div class="actions">
          <button class="button">Confirm this address</button>
        </div>
      </form>
    </>
  )
}

/** What became of the address meanwhile is nobody's business here. */
export function ProofRefusedPage({ clinic }: Pick<Props, 'clinic'>) {
  return (
    <>
      <h1>We could not change your email address</h1>
      <p>You log on with the old one, as before.</p>
      <p>
        Call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
      </p>
    </>
  )
}
