/** Small parts that pages share: a notice, a state in words, a list of facts. */
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'

/** The way back to where this page belongs. */
export const Breadcrumb = ({ href, children }: { href: string; children: Child }) => (
  <p class="breadcrumb">
    <a href={href}>{children}</a>
  </p>
)

/** What the script says to those who hear the page: it has to stand there before it speaks (web/look/app.js). */
export const StatusLine = () => <p class="hidden" role="status" id="status"></p>

/** What just happened. Stays until the person goes on; never a toast. */
export function Notice({
  tone = 'done',
  id,
  children,
}: {
  tone?: 'done' | 'warning' | 'note'
  id?: string
  children: Child
}) {
  return (
    <div id={id} class={`notice ${tone}`} role={tone === 'done' ? 'status' : undefined}>
      {children}
    </div>
  )
}

/** The words for a code of the address, where anybody may type anything; undefined when it is none of ours. */
export const wordsFor = <Words,>(table: Record<string, Words>, code: string): Words | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined

/** What was just done, when the address says so. */
export function Done({ words, done = '' }: { words: Record<string, string>; done?: string }) {
  const said = wordsFor(words, done)
  return said ? <Notice>{said}</Notice> : null
}

type Shape = 'tick' | 'dot' | 'ring' | 'dash' | 'cross'

/** A state is a word with a shape; its colour comes third. */
export function StateMark({ shape, children }: { shape: Shape; children: Child }) {
  return (
    <span class={`state ${shape}`}>
      <span class="shape" aria-hidden="true"></span>
      {children}
    </span>
  )
}

/** The same for a template: where it stands on a page dozens of times. */
export const stateHtml = (shape: Shape, words: string) =>
  html`<span class="state ${shape}"><span class="shape" aria-hidden="true"></span>${words}</span>`

export interface Fact {
  term: string
  value: Child
}

/** A list of facts; what is not known says so. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ term, value }) => (
        <div>
          <dt>{term}</dt>
          <dd>
            {value === '' || value === null || value === undefined ? <span class="none">Not provided</span> : value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** With JavaScript only. @param of what is copied: its selector */
export function CopyAndPrint({ of }: { of: string }) {
  return (
    <div class="actions">
      <button type="button" class="button secondary" data-copy={of} hidden>
        Copy
      </button>
      <button type="button" class="button secondary" data-print hidden>
        Print
      </button>
    </div>
  )
}
