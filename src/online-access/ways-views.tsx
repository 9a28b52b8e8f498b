/** What staff can do now with a patient's online access, in the order of the work: active, password, email. */
import type { Child } from 'hono/jsx'
import { calledName } from '../patients/patient.ts'
import type { Holder } from '../patients/patient-store.ts'
import type { OnlineAccess, Patient } from '../schema.ts'
import type { Problems } from '../web/form.ts'
import { openedWith } from '../web/opened-with.ts'
import type { AccessState } from './online-access.ts'
import { AskUnderAge } from './under-age-views.tsx'

interface WaysProps {
  base: string
  patient: Patient
  access?: OnlineAccess
  /** Other patients with the same email address. */
  sharers: Holder[]
  /** A password was just generated and could be mailed. */
  canMailPassword: boolean
  /** Names the form: sent twice, it sends one mail. */
  formId: string
  isUnderAge: boolean
  problems: Problems
}

/** Only what can be done now is there. */
export function WaysOn(props: WaysProps) {
  const { base, patient, access, canMailPassword, formId } = props
  const state: AccessState = access?.state ?? 'none'
  const here = `${base}/patients/${patient.id}/online-access`
  if (patient.archivedAt !== null) return <p>This record is archived. Online access cannot be given.</p>
  if (state !== 'active') return <Activation {...props} here={here} state={state} />
  return (
    <div class="ways">
      <Way
        action={`${here}/email`}
        button={canMailPassword ? 'Send email with the password' : 'Send email with a set-up link'}
        fields={{ form_id: formId }}
        primary
      >
        {canMailPassword
          ? `The clinic’s address, ${patient.email} and the temporary password.`
          : `Recommended. ${patient.email} gets a link to choose a password. It works once, for 72 hours.`}
      </Way>
      {canMailPassword && (
        <Way
          action={`${here}/email`}
          button="Send a set-up link instead"
          fields={{ instead: 'link', form_id: `${formId} link` }}
        >
          Safer: no password stands in the mail.
        </Way>
      )}
      <Way
        action={`${here}/password`}
        button={canMailPassword ? 'Generate another password' : 'Generate password'}
        fields={{ opened_with: openedWith(access?.passwordSetAt ?? null) }}
      >
        A temporary password to read out. It replaces any password, and logs {calledName(patient)} off everywhere.
      </Way>
      <Way action={`${here}/counter`} button="Set up at the counter">
        {calledName(patient)} stands in front of you with a phone: your screen shows a code for it. No email is needed.
      </Way>
      <p class="way">
        <a class="button secondary" href={`${here}/deactivation`}>
          Set to inactive
        </a>
      </p>
    </div>
  )
}

function Activation(props: WaysProps & { state: AccessState; here: string }) {
  const { base, patient, sharers, state, here, isUnderAge, problems } = props
  const ask = isUnderAge && sharers.length === 0 && <AskUnderAge patient={patient} problem={problems.under_age} />
  if (patient.email === '') {
    return (
      <p>
        Online access needs an email address to log on with.{' '}
        <a href={`${base}/patients/${patient.id}/edit`}>Add an email address</a>
      </p>
    )
  }
  return (
    <div class="ways">
      <Way action={`${here}/activation`} button="Set to active" primary ask={ask}>
        {sharers.length > 0
          ? `Possible once ${patient.email} is on no other record.`
          : `${calledName(patient)} will log on with ${patient.email}.`}
      </Way>
      <p class="way">
        <a class="button secondary" href={`${here}/counter`}>
          Set up at the counter
        </a>
        <span class="hint">
          For when {calledName(patient)} stands in front of you with a phone. No email is needed.
        </span>
      </p>
      {state === 'invited' && (
        <p class="way">
          <a class="button secondary" href={`${here}/deactivation`}>
            Set to inactive
          </a>
        </p>
      )}
    </div>
  )
}

interface WayProps {
  action: string
  button: string
  primary?: boolean
  fields?: Record<string, string>
  /** What must be said before. */
  ask?: Child
  children: Child
}

function Way({ action, button, primary, fields = {}, ask, children }: WayProps) {
  const press = (
    <>
      <button class={primary ? 'button' : 'button secondary'}>{button}</button>
      <p class="hint">{children}</p>
    </>
  )
  return (
    <form method="post" action={action} class={ask ? undefined : 'way'}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {ask}
      {ask ? <div class="way">{press}</div> : press}
    </form>
  )
}
