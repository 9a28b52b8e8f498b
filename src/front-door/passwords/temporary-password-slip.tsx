/**
 * A password that was just generated: shown once, to read out, copy or print. Staff's own page uses it too. On paper there
 * is nothing else on the page, and it says what the person needs at home.
 */
import { QrCode } from '../../clinic/qr.tsx'
import { apart } from '../../web/apart.ts'
import { CopyAndPrint } from '../../web/parts.tsx'

export function TemporaryPasswordSlip(props: {
  clinic: { name: string; phone: string }
  clinicUrl: string
  logonName: string
  password: string
  /** When it stops working, in words. */
  until: string
}) {
  const { clinic, clinicUrl, logonName, password, until } = props
  return (
    <section class="panel slip" aria-labelledby="password-title">
      <h2 id="password-title">
        <span class="on-paper name">{clinic.name}</span>
        Temporary password
      </h2>
      <p class="secret" id="temporary-password">
        {password}
      </p>
      <p class="on-paper">Small letters in groups of four, then two figures, with a hyphen between them.</p>
      <p class="on-screen">
        This is shown <strong>once</strong>. It works once, for 72 hours until {until}, and must be changed when logging
        on.
      </p>
      <dl class="facts">
        <div>
          <dt>Address</dt>
          <dd>{clinicUrl}</dd>
        </div>
        <div>
          <dt>Logs on with</dt>
          <dd>{logonName}</dd>
        </div>
      </dl>
      <div class="on-paper">
        <QrCode url={clinicUrl} label={`QR code of ${clinicUrl}`} />
        <ol>
          <li>Type the address into a browser, or point your phone’s camera at the square.</li>
          <li>Log on with what stands above. The password works once, until {until}.</li>
          <li>Choose a password of your own. Then throw this paper away.</li>
        </ol>
        <p>
          If it does not work, call {apart(clinic.name)} on <strong>{clinic.phone}</strong>.
        </p>
      </div>
      <CopyAndPrint of="#temporary-password" />
    </section>
  )
}
