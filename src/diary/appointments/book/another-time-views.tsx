import { dateIn, timeInWords } from '../../../web/dates.ts'
import { TextField } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import type { Reason } from '../../why-not.ts'
import { type Asked, keptOf } from './asked.ts'

interface AnotherTimeProps {
  base: string
  timezone: string
  asked: Asked & { startAt: number }
  /** Why patients are not offered the chosen time. */
  notOffered?: Reason
  typed: Record<string, string>
  problems: Problems
}

/** Any other time of the day, and what stands in its way. */
export function AnotherTime({ base, timezone, asked, notOffered, typed, problems }: AnotherTimeProps) {
  const { startAt } = asked
  return (
    <section class="panel" aria-labelledby="other-title">
      <h2 id="other-title">Another time</h2>
      {notOffered && (
        <p>
          Patients are not offered {timeInWords(startAt, timezone)}: {notOffered.words}
        </p>
      )}
      <form method="get" action={`${base}/diary/book`} class="list-search">
        {Object.entries(keptOf(asked, timezone)).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="date" value={dateIn(startAt, timezone)} />
        <TextField name="time" label="Time on this day" width="short" value={typed.time} problem={problems.time} />
        <button class="button quiet">Look at this time</button>
      </form>
    </section>
  )
}
