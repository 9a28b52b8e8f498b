/** Asks the authenticator what the page wants to know, and sends its answer. Only on pages that do so. */

const asking = document.querySelector('form[data-options]') // in no other script: the scripts of a page share their names
if (asking && window.PublicKeyCredential) {
  asking.querySelector('button').addEventListener('click', () => ask(asking))
  if (asking.dataset.act === 'get') ask(asking) // the button before this page was the wish
}

async function ask(form) {
  const status = form.querySelector('[role=status]')
  status.textContent = ''
  try {
    const { act, options } = form.dataset
    const credential = await navigator.credentials[act]({ publicKey: fromJson(act, JSON.parse(options)) })
    form.elements.credential.value = JSON.stringify(credential.toJSON ? credential : asJson(credential))
    form.submit()
  } catch (error) {
    status.textContent =
      error.name === 'InvalidStateError'
        ? 'This device has a passkey of yours already.'
        : 'No passkey was used. Try again when you are ready.'
  }
}

function fromJson(act, options) {
  const parse = PublicKeyCredential[act === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON']
  if (parse) return parse.call(PublicKeyCredential, options)
  // Browsers of before 2024 take bytes only.
  const withBytes = (list = []) => list.map((known) => ({ ...known, id: bytes(known.id) }))
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    excludeCredentials: withBytes(options.excludeCredentials),
    allowCredentials: withBytes(options.allowCredentials),
  }
}

function asJson({ id, type, response, authenticatorAttachment }) {
  const json = { transports: response.getTransports?.() }
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) json[name] = text(response[name])
  return { id, rawId: id, type, response: json, authenticatorAttachment, clientExtensionResults: {} }
}

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
