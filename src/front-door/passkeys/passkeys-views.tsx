import type { Passkey } from '../../schema.ts'
import { dateInWords, distanceInWords } from '../../web/dates.ts'
import { PasswordField, TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { Breadcrumb, Done } from '../../web/parts.tsx'
import { CurrentPassword } from '../passwords/current-password-field.tsx'
import { browserInWords } from '../sessions/browser-in-words.ts'
import { PasskeyForm } from './passkey-logon-views.tsx'

interface PasskeysPageProps {
  base: string
  timezone: string
  now: number
  passkeys: Passkey[]
  isStaff: boolean
  done?: string
}

const doneWords: Record<string, string> = {
  added: 'Your passkey is added. Next time, press “Log on with a passkey”.',
  renamed: 'Saved.',
  removed: 'The passkey is removed. Delete it on your device too: it is of no more use there.',
}

export function PasskeysPage(props: PasskeysPageProps) {
  const { base, passkeys, isStaff, done = '' } = props
  return (
    <>
      <Done words={doneWords} done={done} />
      {isStaff && <Breadcrumb href={`${base}/second-factor`}>Second factor</Breadcrumb>}
      <h1>Passkeys</h1>
      <p class="lead">
        Log on with your fingerprint, your face or the PIN of your device. There is nothing to remember, and nothing
        that somebody could steal from you.
      </p>
      {passkeys.length > 0 && (
        <ul class="cards">
          {passkeys.map((one) => (
            <One {...props} one={one} />
          ))}
        </ul>
      )}
      <p class="actions" data-passkey hidden>
        <a class={passkeys.length > 0 ? 'button secondary' : 'button'} href={`${base}/passkeys/new`}>
          {passkeys.length > 0 ? 'Add another passkey' : 'Add a passkey'}
        </a>
      </p>
      <p data-no-passkey>This browser cannot add passkeys. Try it on your phone.</p>
    </>
  )
}

function One({ base, timezone, now, one }: PasskeysPageProps & { one: Passkey }) {
  const { id, name, addedAt, usedAt, usedAgent, isBackedUp } = one
  return (
    <li class="panel">
      <h2>{name}</h2>
      <p class="meta">
        Added on {dateInWords(addedAt, timezone)}.{' '}
        {usedAt ? `Last used ${distanceInWords(usedAt, now)}, in ${browserInWords(usedAgent)}.` : 'Not used yet.'}
      </p>
      <p class="meta">{isBackedUp ? 'Kept in your password manager' : 'On one device only'}</p>
      <p class="actions">
        <a class="button secondary" href={`${base}/passkeys/${id}`}>
          Rename or remove<span class="hidden"> {name}</span>
        </a>
      </p>
    </li>
  )
}

export function PasskeyQuestionPage({ base, problem }: { base: string; problem?: string }) {
  return (
    <>
      <h1>Add a passkey</h1>
      <p>Your device will ask for your fingerprint, your face or its PIN. Do this on a device that is yours.</p>
      <form method="post" action={`${base}/passkeys/new`} novalidate>
        <CurrentPassword problem={problem} />
        <div class="actions">
          <button class="button">Go on</button>
          <a href={`${base}/passkeys`}>Go back</a>
        </div>
      </form>
    </>
  )
}

export function ReadyPage({ base, options }: { base: string; options: object }) {
  return (
    <>
      <h1>Create a passkey</h1>
      <p data-passkey hidden>
        Press the button, and follow what your device says.
      </p>
      <p data-no-passkey>This browser cannot add passkeys. Try it on your phone.</p>
      <PasskeyForm act="create" action={`${base}/passkeys`} options={options} label="Create the passkey" />
      <p>
        <a href={`${base}/passkeys`}>Cancel</a>
      </p>
    </>
  )
}

interface OnePasskeyPageProps {
  base: string
  clinicName: string
  one: Passkey
  isLast: boolean
  problems: Problems
  /** The name as it was typed. */
  name?: string
}

export function OnePasskeyPage({ base, clinicName, one, isLast, problems, name }: OnePasskeyPageProps) {
  const here = `${base}/passkeys/${one.id}`
  return (
    <>
      <Breadcrumb href={`${base}/passkeys`}>Passkeys</Breadcrumb>
      <h1>{one.name}</h1>
      <form method="post" action={`${here}/name`} class="panel" novalidate>
        <TextField
          name="name"
          label="Name"
          hint="So that you know it again"
          value={name ?? one.name}
          problem={problems.name}
        />
        <div class="actions">
          <button class="button">Save name</button>
        </div>
      </form>
      <section class="panel" aria-labelledby="removal-title">
        <h2 id="removal-title">Remove this passkey</h2>
        {isLast ? (
          <p>
            {clinicName} asks its staff for a second factor, and this is your only one. Add another first, then you can
            remove this.
          </p>
        ) : (
          <form method="post" action={`${here}/removal`} novalidate>
            <p>It no longer lets anybody in, and whoever is logged on with it is logged off.</p>
            <PasswordField
              name="current_password"
              label="Current password"
              use="current-password"
              problem={problems.current_password}
            />
            <div class="actions">
              <button class="button warning">Remove</button>
            </div>
          </form>
        )}
      </section>
    </>
  )
}
