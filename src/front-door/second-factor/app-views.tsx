import { QrCode } from '../../clinic/qr.tsx'
import { CurrentPassword } from '../passwords/current-password-field.tsx'
import { keyAddress, keyInGroups } from './one-time-code.ts'
import { CodeField } from './step-views.tsx'

export function AppQuestionPage({ base, problem }: { base: string; problem?: string }) {
  return (
    <>
      <h1>Add an authenticator app</h1>
      <p>
        An app on your phone shows a new code every 30 seconds, also without a network. Any app for “two-step” codes
        will do, for example the one that keeps your passwords.
      </p>
      <form method="post" action={`${base}/second-factor/app`} novalidate>
        <CurrentPassword problem={problem} />
        <div class="actions">
          <button class="button">Go on</button>
          <a href={`${base}/second-factor`}>Go back</a>
        </div>
      </form>
    </>
  )
}

interface AppKeyPageProps {
  base: string
  clinicName: string
  logonName: string
  secret: Uint8Array
  problem?: string
}

export function AppKeyPage(props: AppKeyPageProps) {
  const { base, clinicName, logonName, problem } = props
  const address = keyAddress(props.secret, clinicName, logonName)
  return (
    <>
      <h1>Scan this with your app</h1>
      <QrCode url={address} label="QR code for your authenticator app" />
      <p>
        <a href={address}>Open it on this phone</a>
      </p>
      <details class="more">
        <summary>Type the key instead</summary>
        <p>
          Name it {clinicName}, {logonName}. The key is
        </p>
        <p class="secret" id="key">
          {keyInGroups(props.secret)}
        </p>
        <div class="actions">
          <button type="button" class="button secondary" data-copy="#key" hidden>
            Copy
          </button>
        </div>
      </details>
      <form method="post" action={`${base}/second-factor/app/confirmation`} novalidate>
        <CodeField
          label="Code that the app shows"
          hint="Six figures. From now on you need one each time you log on"
          problem={problem}
        />
        <div class="actions">
          <button class="button">Add the app</button>
          <a href={`${base}/second-factor`}>Cancel</a>
        </div>
      </form>
    </>
  )
}

interface AppRemovalPageProps {
  base: string
  clinicName: string
  /** The clinic asks for a second factor, and this is the only one. */
  isNeeded: boolean
  problem?: string
}

export function AppRemovalPage({ base, clinicName, isNeeded, problem }: AppRemovalPageProps) {
  return (
    <>
      <h1>Remove the authenticator app?</h1>
      {isNeeded ? (
        <>
          <p>{clinicName} asks its staff for a second factor, and this is your only one.</p>
          <p>
            To change phones, add the app again on the new one: it takes the place of the old. Or add a passkey first.
          </p>
          <div class="actions">
            <a class="button" href={`${base}/second-factor/app`}>
              Add the app on another phone
            </a>
            <a href={`${base}/second-factor`}>Go back</a>
          </div>
        </>
      ) : (
        <form method="post" action={`${base}/second-factor/app/removal`} novalidate>
          <p>Its codes will no longer be asked for, and everywhere else you are logged off.</p>
          <CurrentPassword problem={problem} />
          <div class="actions">
            <button class="button warning">Remove</button>
            <a href={`${base}/second-factor`}>Keep it</a>
          </div>
        </form>
      )}
    </>
  )
}
