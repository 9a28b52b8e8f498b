/** What the pages can do better with a script. Everything here is an extra: without it each page still works. */

const statusLine = document.getElementById('status')

reveal(document)

/** Buttons that need this script, and what it will do, are `hidden` until it runs. */
function reveal(root) {
  const buttons = `.show, [data-print], [data-fills], [data-leaving]${navigator.clipboard ? ', [data-copy]' : ''}`
  for (const button of root.querySelectorAll(buttons)) {
    if (!button.hidden) continue
    button.hidden = false
    // The status has to stand on the page before it speaks.
    if (button.dataset.copy) button.insertAdjacentHTML('afterend', '<span class="copied" role="status"></span>')
  }
}

/** Back and reload open the form anew, instead of asking whether to send it again. */
const { form: formAt } = document.documentElement.dataset
if (formAt !== undefined) history.replaceState(null, '', formAt)

/** What needs passkeys is `hidden`, and what stands in for it is not, until it is known that the browser has them. */
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll('[data-passkey], [data-no-passkey]'))
    part.hidden = part.dataset.noPasskey !== undefined
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button')
  if (button?.matches('.show')) showPassword(button, button.getAttribute('aria-label') === 'Show password')
  else if (button?.dataset.copy) copy(button)
  else if (button?.dataset.print !== undefined) print()
})

function showPassword(button, isVisible) {
  const input = document.getElementById(button.getAttribute('aria-controls'))
  const wasVisible = input.type === 'text'
  input.type = isVisible ? 'text' : 'password'
  button.textContent = isVisible ? 'Hide' : 'Show'
  button.setAttribute('aria-label', isVisible ? 'Hide password' : 'Show password')
  const status = button.closest('.field')?.querySelector('p[role=status]')
  if (status && wasVisible !== isVisible) status.textContent = `Your password is ${isVisible ? 'visible' : 'hidden'}`
}

/** So that no password is kept by the browser as ordinary text, nor seen when somebody goes back. */
function hidePasswords(root) {
  for (const button of root.querySelectorAll('.show')) showPassword(button, false)
}

async function copy(button) {
  const source = document.querySelector(button.dataset.copy)
  const status = button.nextElementSibling
  status.textContent = ''
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim())
    status.textContent = 'Copied'
  } catch {
    // The browser did not allow it.
    status.textContent = 'Select the text and copy it'
  }
}

/** A colour that is picked is typed into its field. */
document.addEventListener('input', ({ target }) => {
  const field = document.getElementById(target.dataset.fills)
  if (field) field.value = target.value
})

/**
 * A second press sends nothing while the first one may be on its way: the answer to the second would be shown, and may be that
 * a link works once. The button stays enabled: disabling it would lose the focus.
 */
let lastSent = new WeakMap()
document.addEventListener(
  'submit',
  (event) => {
    const form = event.target
    const pause = form.method === 'post' ? 10_000 : 1000 // ms
    if (event.timeStamp - (lastSent.get(form) ?? Number.NEGATIVE_INFINITY) < pause) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    lastSent.set(form, event.timeStamp)
    hidePasswords(form)
  },
  true,
)

/** A page behind the door may not come back out of the browser's memory after logging off. */
addEventListener('pageshow', ({ persisted }) => {
  lastSent = new WeakMap()
  const { side } = document.documentElement.dataset
  if (persisted && side !== 'public') {
    document.documentElement.hidden = true
    location.reload()
  }
  hidePasswords(document)
})

/** What may not go on behind the back of the person who left this screen is told so, once. */
for (const happening of ['pagehide', 'visibilitychange']) {
  addEventListener(happening, ({ type }) => {
    const screen = document.querySelector('[data-left]')
    if (!screen || (type !== 'pagehide' && !document.hidden)) return
    navigator.sendBeacon(screen.dataset.left)
    delete screen.dataset.left
  })
}

/** The menus under the person's name close on Escape, and when attention goes elsewhere. */
const openMenus = () => document.querySelectorAll('details.view[open]')
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  for (const menu of openMenus()) {
    const hadFocus = menu.contains(document.activeElement)
    menu.open = false
    if (hadFocus) menu.querySelector('summary').focus()
  }
})
for (const happening of ['click', 'focusin']) {
  document.addEventListener(happening, ({ target }) => {
    for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false
  })
}

/** Only for whoever reads this where the clock shows something else. */
for (const hint of document.querySelectorAll('[data-zone]')) {
  const clock = (timeZone) => new Date().toLocaleString('en', { timeZone })
  hint.hidden = clock(hint.dataset.zone) === clock()
}

/** Islands: what changed is said once, in one place that htmx never replaces. */
document.addEventListener('htmx:after:swap', ({ detail }) => {
  const { target, response } = detail.ctx
  if (response?.status === 304) return // asked, and nothing was new
  const changed = target?.isConnected ? target : document
  reveal(changed)
  const said = changed.matches?.('[data-status]') ? changed : changed.querySelector('[data-status]')
  if (said) say(said.dataset.status)
})

/** Nobody looks: what asks again and again waits until somebody does. */
document.addEventListener('htmx:before:request', (event) => {
  if (document.hidden && event.detail.ctx.sourceElement?.matches('[hx-trigger^=every]')) event.preventDefault()
})

const unreachable = 'We could not reach the clinic’s diary. Nothing was saved. Try again'
document.addEventListener('htmx:error', () => say(unreachable, true))
document.addEventListener('htmx:response:error', ({ detail }) => {
  if (detail.ctx.response.status >= 500) say(unreachable, true)
})

function say(words, isProblem = false) {
  if (!statusLine) return
  statusLine.className = isProblem ? 'problem' : 'hidden'
  if (statusLine.textContent !== words) statusLine.textContent = words
}
