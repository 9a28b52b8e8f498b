/** The registration links that are on, as they stand on the logon page and in the previews of the settings. */
import { type PublicWords, wordsOf } from '../clinic/texts/public-words.ts'
import { PhoneLink } from '../web/layout.tsx'

interface RegistrationChoicesProps {
  base: string
  clinic: PublicWords & { name: string; phone: string; allowExisting: boolean; allowNew: boolean }
}

export function RegistrationChoices({ base, clinic }: RegistrationChoicesProps) {
  const { phone, allowExisting, allowNew } = clinic
  const isClosed = !allowExisting && !allowNew
  const words = wordsOf(clinic)
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
            <p class="lines">{words.existingWords}</p>
          </li>
        )}
        {allowNew && (
          <li>
            <a href={`${base}/register/new`}>I am new to this clinic</a>
            <p class="lines">{words.newWords}</p>
          </li>
        )}
      </ul>
    </section>
  )
}
