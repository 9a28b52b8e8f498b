/** The registration links that are on, as they stand on the logon page and in the preview of the settings. */
import { PhoneLink } from '../web/layout.tsx'

export interface RegistrationChoicesProps {
  base: string
  phone: string
  allowExisting: boolean
  allowNew: boolean
}

export function RegistrationChoices({ base, phone, allowExisting, allowNew }: RegistrationChoicesProps) {
  const isClosed = !allowExisting && !allowNew
  return (
    <section class="register" aria-labelledby="register-title">
      <h2 id="register-title">{isClosed ? 'No online access yet?' : 'Not used the online diary before?'}</h2>
      {isClosed && (
        <p>
          To get online access, call <PhoneLink phone={phone} />.
        </p>
      )}
      <ul class="choices">
        {allowExisting && (
          <li>
            <a href={`${base}/register/existing`}>I have been to this clinic before</a>
            <p>The clinic has your email address. You choose a password.</p>
          </li>
        )}
        {allowNew && (
          <li>
            <a href={`${base}/register/new`}>I am new to this clinic</a>
            <p>You tell us who you are, and choose a password.</p>
          </li>
        )}
      </ul>
    </section>
  )
}
