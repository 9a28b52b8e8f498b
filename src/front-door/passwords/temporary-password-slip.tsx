/** A password that was just generated: shown once, to read out, copy or print. Staff's own page uses it too. */

export function TemporaryPasswordSlip(props: { clinicUrl: string; logonName: string; password: string }) {
  const { clinicUrl, logonName, password } = props
  return (
    <section class="panel slip" aria-labelledby="password-title">
      <h2 id="password-title">Temporary password</h2>
      <p class="secret" id="temporary-password">
        {password}
      </p>
      <p>
        This is shown <strong>once</strong>. It works once, for 72 hours, and must be changed when logging on.
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
      <div class="actions">
        <button type="button" class="button secondary" data-copy="#temporary-password" hidden>
          Copy
        </button>
        <button type="button" class="button secondary" data-print hidden>
          Print
        </button>
      </div>
    </section>
  )
}
