import type { Clinic } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { dateInWords } from '../../web/dates.ts'
import { CopyAndPrint, Done, Notice, StateMark } from '../../web/parts.tsx'
import { CurrentPassword } from '../passwords/current-password-field.tsx'
import type { Factors } from './factor-store.ts'
import { recoveryCodeCount } from './recovery-code.ts'

interface FactorsPageProps {
  base: string
  clinic: Pick<Clinic, 'name' | 'timezone'>
  factors: Factors
  isRequired: boolean
  done?: string
}

const doneWords: Record<string, string> = {
  'app-added': 'Your authenticator app is added. From now on you need a code from it to log on.',
  'app-removed': 'The authenticator app is removed.',
}
const fewCodes = 3

export function FactorsPage(props: FactorsPageProps) {
  const { base, clinic, factors, isRequired, done = '' } = props
  const { appSince, passkeys, codesLeft } = factors
  const has = appSince !== null || passkeys > 0
  return (
    <>
      <Done words={doneWords} done={done} />
      {isRequired && !has && (
        <Notice tone="warning">
          {apart(clinic.name)} asks its staff for a second factor. Set one up here, to go on.
        </Notice>
      )}
      {has && codesLeft < fewCodes && (
        <Notice tone="warning">
          {codesLeft === 0 ? 'You have no recovery codes left.' : `Only ${codesLeft} of your recovery codes are left.`}{' '}
          Make new ones now.
        </Notice>
      )}
      <h1>Second factor</h1>
      <p class="lead">Your password, and something that only you have. A password alone can be guessed or stolen.</p>
      <App {...props} />
      <section class="panel" aria-labelledby="passkeys-title">
        <h2 id="passkeys-title">Passkeys</h2>
        <p>
          <StateMark shape={passkeys > 0 ? 'tick' : 'dash'}>
            {passkeys === 0 ? 'None' : passkeys === 1 ? 'One passkey' : `${passkeys} passkeys`}
          </StateMark>
        </p>
        <p>Log on with your fingerprint, your face or the PIN of your device. Nobody can talk it out of you.</p>
        <p class="actions">
          <a class="button secondary" href={`${base}/passkeys`}>
            {passkeys > 0 ? 'See my passkeys' : 'Add a passkey'}
          </a>
        </p>
      </section>
      {has && <Codes {...props} />}
    </>
  )
}

function App({ base, clinic, factors }: FactorsPageProps) {
  const { appSince } = factors
  return (
    <section class="panel" aria-labelledby="app-title">
      <h2 id="app-title">Authenticator app</h2>
      <p>
        {appSince === null ? (
          <StateMark shape="dash">None</StateMark>
        ) : (
          <StateMark shape="tick">Added on {dateInWords(appSince, clinic.timezone)}</StateMark>
        )}
      </p>
      <p>An app on your phone shows a code, and you type it after your password.</p>
      <p class="actions">
        <a class={appSince === null ? 'button' : 'button secondary'} href={`${base}/second-factor/app`}>
          {appSince === null ? 'Add an authenticator app' : 'Add it on another phone'}
        </a>
        {appSince !== null && <a href={`${base}/second-factor/app/removal`}>Remove</a>}
      </p>
    </section>
  )
}

function Codes({ base, clinic, factors }: FactorsPageProps) {
  const { codesLeft, codesSince } = factors
  return (
    <section class="panel" aria-labelledby="codes-title">
      <h2 id="codes-title">Recovery codes</h2>
      <p>
        <StateMark shape={codesLeft > 0 ? 'tick' : 'cross'}>
          {codesLeft} of {recoveryCodeCount} left
        </StateMark>
      </p>
      <p>
        For the day when your phone is lost.
        {codesSince !== null && ` Made on ${dateInWords(codesSince, clinic.timezone)}.`}
      </p>
      <p class="actions">
        <a class="button secondary" href={`${base}/second-factor/recovery-codes`}>
          Make new recovery codes
        </a>
      </p>
    </section>
  )
}

export function CodesPage(props: { goOn: string; clinic: Pick<Clinic, 'name'>; codes: string[] }) {
  const { goOn, clinic, codes } = props
  return (
    <>
      <h1>Keep these recovery codes</h1>
      <p>
        They are shown <strong>once</strong>. When your phone is lost, one of them lets you in after your password. Each
        works once. Print them, or write them down, and keep them away from your phone.
      </p>
      <section class="slip" aria-labelledby="codes-title">
        <h2 id="codes-title">Recovery codes, {clinic.name}</h2>
        <pre class="lines codes" id="recovery-codes">
          {codes.join('\n')}
        </pre>
        <CopyAndPrint of="#recovery-codes" />
      </section>
      <div class="actions">
        <a class="button" href={goOn}>
          I have kept them
        </a>
      </div>
    </>
  )
}

export function NewCodesPage({ base, problem }: { base: string; problem?: string }) {
  return (
    <>
      <h1>Make new recovery codes</h1>
      <p>You get ten new codes. All older ones stop working.</p>
      <form method="post" action={`${base}/second-factor/recovery-codes`} novalidate>
        <CurrentPassword problem={problem} />
        <div class="actions">
          <button class="button">Make new codes</button>
          <a href={`${base}/second-factor`}>Go back</a>
        </div>
      </form>
    </>
  )
}
