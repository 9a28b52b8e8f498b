/** One page, whole: what stands around it comes from the frame, what it says from the caller. */
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Ask } from '../ask.ts'
import { apart } from './apart.ts'
import { assets } from './assets.ts'
import { ErrorSummary } from './fields.tsx'
import type { Problems } from './form.ts'
import type { Frame } from './frame.ts'
import { footerHtml, headerHtml } from './layout.tsx'

export interface PageProps {
  /** The page's name, unique within the clinic; the clinic's name is added. */
  title: string
  /** What is wrong with the form: makes it a 422 with an error summary, and the title starts with "Error: ". */
  problems?: Problems
  status?: 200 | 400 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503
  /** Loads htmx: only for a page that has an island. */
  island?: boolean
  /** Loads what talks to authenticators: only for a page with passkeys. */
  passkeys?: boolean
  /** Loads a style sheet beside that of every page: the diary's parts, or the columns of the staff's day. */
  look?: 'diary' | 'day'
  /** A card in the middle of the page (log on, set a password), or the width of its side. */
  shape?: 'card'
  children: Child
}

/** Answers with a page. Status 422 when there are problems, else the one given, else 200. */
export function show(c: Ask, props: PageProps): Response | Promise<Response> {
  const status = props.status ?? (hasProblems(props.problems) ? 422 : 200)
  return c.html(pageHtml(c.var.frame, props), status)
}

export const hasProblems = (problems: Problems | undefined): boolean => Object.keys(problems ?? {}).length > 0

/**
 * A template around the JSX of the page itself: this part is drawn for every answer. The header says no-referrer; its meta
 * lets our own forms carry their origin, never a path.
 */
function pageHtml(frame: Frame, { title, problems = {}, status, shape, children, ...loads }: PageProps) {
  const formAt = status === 404 ? undefined : frame.formAt // there is nothing: the same, looked at or sent to
  const name = [hasProblems(problems) ? `Error: ${title}` : title, frame.name && apart(frame.name)]
    .filter(Boolean)
    .join(' – ')
  return html`<!doctype html>
<html lang="en-GB" data-appearance="${frame.appearance}" data-side="${frame.side}"${formAt !== undefined && html` data-form="${formAt}"`}>
<head>
<meta charset="utf-8"/>
<title>${name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="strict-origin"/>
<meta name="color-scheme" content="light dark"/>
<meta name="format-detection" content="telephone=no"/>
<link rel="icon" href="/icon.svg" type="image/svg+xml"/>
${loadsHtml(frame, loads)}
</head>
<body>
<a class="skip" href="#main">Skip to the main part</a>
${headerHtml(frame)}
<main id="main" tabindex="-1"${shape && html` class="${shape}"`}>${<ErrorSummary problems={problems} />}${children}</main>
${footerHtml(frame)}
</body>
</html>`
}

function loadsHtml({ theme }: Frame, { look, island, passkeys }: Pick<PageProps, 'look' | 'island' | 'passkeys'>) {
  return [
    styleHtml(assets.css),
    look && styleHtml(look === 'day' ? assets.dayCss : assets.diaryCss),
    theme && styleHtml(theme),
    island && html`<meta name="htmx-config" content="${islandConfig}"/>`,
    island && scriptHtml(assets.htmx),
    scriptHtml(assets.js),
    passkeys && scriptHtml(assets.passkeys),
  ]
}

const styleHtml = (address: string) => html`<link rel="stylesheet" href="${address}"/>`
const scriptHtml = (address: string) => html`<script src="${address}" defer></script>`

const islandConfig = JSON.stringify({
  history: 'reload',
  noSwap: [204, 304, '5xx'],
  defaultTimeout: 15000,
  includeIndicatorCSS: false,
})
