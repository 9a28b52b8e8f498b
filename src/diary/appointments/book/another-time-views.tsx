import { dateIn, timeInWords } from '../../../web/dates.ts'
import { TextField } from '../../../web/fields.tsx'
import { keptOf } from './asked.ts'
import type { CheckProps } from './check-views.tsx'

/** Any other time of the day, and what stands in its way. */
export function AnotherTime({ base, timezone, asked, notOffered, typed, problems }: CheckProps) {
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
