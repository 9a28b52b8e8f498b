/** On a patient's home: a passkey is offered, never asked for, and "not now" is remembered. */

export function PasskeyOffer({ base }: { base: string }) {
  return (
    <section class="panel" aria-labelledby="passkey-title" data-passkey hidden>
      <h2 id="passkey-title">Log on faster next time</h2>
      <p>With a passkey you use the fingerprint, the face or the PIN of this device, and type nothing.</p>
      <form method="post" action={`${base}/passkeys/offer/refusal`} class="actions">
        <a class="button" href={`${base}/passkeys/new`}>
          Add a passkey
        </a>
        <button class="button secondary">Not now</button>
      </form>
    </section>
  )
}
