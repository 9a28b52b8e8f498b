/**
 * Head and foot of every page. The clinic's phone number stands in the same place everywhere (WCAG 3.2.6). Templates, not
 * JSX: they are drawn for every answer, and cost a tenth.
 */
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { apart } from './apart.ts'
import { appearances, type Frame, type NavEntry } from './frame.ts'
import { Logo } from './logo.tsx'

export const headerHtml = (frame: Frame) => html`<header class="top"><div class="top-inner">
<a class="brand" href="${frame.home}">${brandHtml(frame)}</a>
${frame.nav.length > 0 && html`<nav aria-label="Main"><ul>${frame.nav.map((entry) => entryHtml(entry, frame.path))}</ul></nav>`}
${frame.person && personHtml(frame, frame.person)}
</div>${frame.actedFor && actedForHtml(frame, frame.actedFor)}</header>`

/** On every page: nobody books for the wrong person. */
const actedForHtml = ({ base }: Frame, name: string) =>
  html`<p class="acted-for"><span>Acting for <strong>${apart(name)}</strong></span> <a href="${base}/acting-for">Change<span class="hidden"> who you are acting for</span></a></p>`

/** The logo says the name to those who hear the page; a wide one shows it too, so that it stands there once. */
function brandHtml({ logo, name }: Frame) {
  if (logo) {
    const isWide = logo.width >= 2 * logo.height
    return html`${<Logo logo={logo} />}${!isWide && html`<span aria-hidden="true">${name}</span>`}`
  }
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M4 8.5A2.5 2.5 0 0 1 6.5 6h11A2.5 2.5 0 0 1 20 8.5v9a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5zM8 3.5v4m8-4v4M8.5 14l2.4 2.4 4.6-4.9"/></svg><span>${name ?? 'Clinic Diary'}</span>`
}

function entryHtml({ href, label, count, countIs }: NavEntry, path: string) {
  const here = (path === href || path.startsWith(`${href}/`)) && html` aria-current="page"`
  const waiting =
    count &&
    html`<span class="${countIs ? 'count trouble' : 'count'}">${count}<span class="hidden"> ${countIs ?? 'waiting'}</span></span>`
  return html`<li><a href="${href}"${here}>${label}${waiting || ''}</a></li>`
}

/** *View → Change my password* (product.md M4), how it looks, and the way out. */
function personHtml(frame: Frame, person: string) {
  const { base, nav, own } = frame
  const links = [
    { label: 'Change my password', href: `${base}/password` },
    ...(nav.length > 0 ? [{ label: 'Where I am logged on', href: `${base}/sessions` }, ...own] : []),
  ]
  return html`<div class="person">
<details class="view"><summary>View</summary><div class="view-panel">
${links.map(({ label, href }) => html`<p><a href="${href}">${label}</a></p>`)}
${appearanceHtml(frame)}
</div></details>
<span class="who">${person}</span>
<form method="post" action="${base}/logoff"><button class="link">Log off</button></form>
</div>`
}

const appearanceLabels = { system: 'As on this device', light: 'Light', dark: 'Dark' } as const

function appearanceHtml({ base, path, appearance: now }: Frame) {
  const buttons = appearances.map(
    (each) =>
      html`<button name="appearance" value="${each}" aria-pressed="${String(each === now)}">${appearanceLabels[each]}</button>`,
  )
  return html`<form method="post" action="${base}/appearance" class="appearance">
<fieldset><legend>Appearance</legend>${buttons}</fieldset>
<input type="hidden" name="next" value="${path}"/>
</form>`
}

export const footerHtml = (frame: Frame) => html`<footer class="foot"><div class="foot-inner">
${
  frame.phone
    ? html`<p>Need help? Call ${apart(frame.name ?? '')} on ${<PhoneLink phone={frame.phone} />}</p>`
    : html`<p>Need help? Please call your clinic.</p>`
}
${reachedHtml(frame)}
${frame.base && html`<p><a href="${frame.base}/privacy">How we use your information</a></p>`}
</div></footer>`

/** How else the clinic is reached, as far as it says so. */
function reachedHtml({ address, email, website }: Frame) {
  const ways = [
    address?.replaceAll('\n', ', '),
    email && html`<a href="mailto:${email}">${email}</a>`,
    website && html`<a href="${website}" rel="noopener">${website.replace(/^https?:\/\/|\/$/g, '')}</a>`,
  ].filter(Boolean)
  return ways.length > 0 && html`<p>${ways.flatMap((way, index) => (index === 0 ? [way] : [' · ', way]))}</p>`
}

/** A sentence in which the clinic's number stands: there too, a touch dials it. */
export const dialled = (sentence: string, { phone }: { phone: string }): Child =>
  phone === ''
    ? sentence
    : sentence.split(phone).flatMap((words, index) => (index === 0 ? [words] : [<PhoneLink phone={phone} />, words]))

/** The number as people read it, dialled by a touch. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a class="phone" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
      {phone}
    </a>
  )
}
