/** Small parts that pages share: a notice, a state in words, a list of facts. */
import type { Child } from 'hono/jsx'

/** What just happened. Stays until the person goes on; never a toast. */
export function Notice({ tone = 'done', children }: { tone?: 'done' | 'warning' | 'note'; children: Child }) {
  return (
    <div class={`notice ${tone}`} role={tone === 'done' ? 'status' : undefined}>
      {children}
    </div>
  )
}

/** A state is a word with a shape; its colour comes third. */
export function StateMark({ shape, children }: { shape: 'tick' | 'dot' | 'ring' | 'dash' | 'cross'; children: Child }) {
  return (
    <span class={`state ${shape}`}>
      <span class="shape" aria-hidden="true"></span>
      {children}
    </span>
  )
}

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
