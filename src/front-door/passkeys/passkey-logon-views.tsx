import type { Child } from 'hono/jsx'
import { Problem } from '../../web/fields.tsx'

interface PasskeyLogonPageProps {
  /** Where the answer goes, and the challenge before it. */
  action: string
  /** Where one can do without a passkey. */
  back: string
  next?: string
  /** What the authenticator is asked; none when the last answer was refused. */
  options?: object
  problem?: string
}

export function PasskeyLogonPage({ action, back, next, options, problem }: PasskeyLogonPageProps) {
  return (
    <>
      <h1>Use your passkey</h1>
      {options ? (
        <>
          <p data-passkey hidden>
            Your device asks for your fingerprint, your face or its PIN.
          </p>
          <p data-no-passkey>This browser cannot use passkeys here.</p>
          <PasskeyForm act="get" action={action} options={options} label="Use my passkey">
            {next && <input type="hidden" name="next" value={next} />}
          </PasskeyForm>
        </>
      ) : (
        <form method="post" action={`${action}/challenge`}>
          {next && <input type="hidden" name="next" value={next} />}
          <div class="actions">
            <button class="button" id="credential" aria-describedby={problem && 'credential-problem'}>
              Try again
            </button>
          </div>
          <Problem name="credential" problem={problem} />
        </form>
      )}
      <p>
        <a href={back}>Use another way</a>
      </p>
    </>
  )
}

/** What our script asks the authenticator, and where it sends the answer (web/look/passkeys.js). */
export function PasskeyForm(props: {
  act: 'get' | 'create'
  action: string
  options: object
  label: string
  children?: Child
}) {
  const { act, action, options, label } = props
  return (
    <form method="post" action={action} data-act={act} data-options={JSON.stringify(options)}>
      <input type="hidden" name="credential" value="" />
      {props.children}
      <div class="actions">
        <button type="button" class="button" data-passkey hidden>
          {label}
        </button>
      </div>
      <p role="status"></p>
    </form>
  )
}
