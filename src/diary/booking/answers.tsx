/** What was chosen, each with a link to choose again. */
import type { Child } from 'hono/jsx'

interface Answer {
  term: string
  value: Child
  /** `what` is heard, not seen: "Change the time". */
  change?: { href: string; what: string }
}

export function Answers({ answers }: { answers: Answer[] }) {
  return (
    <dl class="answers">
      {answers.map(({ term, value, change }) => (
        <div>
          <dt>{term}</dt>
          <dd>{value}</dd>
          {change && (
            <dd class="change">
              <a href={change.href}>
                Change<span class="hidden"> {change.what}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
