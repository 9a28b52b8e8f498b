/** What somebody of the staff has besides the password, on their page for the manager. */
import { type Factors, hasAny } from '../front-door/second-factor/factor-store.ts'
import { recoveryCodeCount } from '../front-door/second-factor/recovery-code.ts'
import { dateInWords } from '../web/dates.ts'
import { StateMark } from '../web/parts.tsx'

interface FactorPanelProps {
  base: string
  timezone: string
  factors: Factors
  isOwn: boolean
  /** The address of the person's page. */
  here: string
}

export function FactorPanel({ base, timezone, factors, isOwn, here }: FactorPanelProps) {
  const has = hasAny(factors)
  return (
    <section class="panel" aria-labelledby="factor-title">
      <h2 id="factor-title">Second factor</h2>
      {has ? (
        <p>
          <StateMark shape="tick">{factorsInWords(factors, timezone)}</StateMark>
        </p>
      ) : (
        <p class="muted">None. The password alone lets in.</p>
      )}
      {isOwn ? (
        <p class="actions">
          <a href={`${base}/second-factor`}>{has ? 'Change my second factor' : 'Set up my second factor'}</a>
        </p>
      ) : (
        has && (
          <p class="actions">
            <a class="button secondary" href={`${here}/second-factor/removal`}>
              Remove lost second factor
            </a>
          </p>
        )
      )}
    </section>
  )
}

/** "Authenticator app since 3 May 2026, 2 passkeys, 9 of 10 recovery codes left" */
function factorsInWords({ appSince, passkeys, codesLeft }: Factors, timezone: string): string {
  const words = [
    appSince !== null && `Authenticator app since ${dateInWords(appSince, timezone)}`,
    passkeys > 0 && (passkeys === 1 ? 'one passkey' : `${passkeys} passkeys`),
    `${codesLeft} of ${recoveryCodeCount} recovery codes left`,
  ]
  const text = words.filter(Boolean).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
