import { dayInWords, timeInWords } from '../../../web/dates.ts'
import { describedBy, Hint, Problem } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { daysWithOthers, type FreeWith } from '../left.ts'

interface OtherChoiceProps {
  timezone: string
  asked: { startAt: number }
  others: FreeWith[]
  problems: Problems
}

/** Instead of the times of whoever has left. Nothing is chosen for anybody: the first choice is what was asked for, and asks again. */
export function OtherChoice({ timezone, asked, others, problems }: OtherChoiceProps) {
  const problem = problems.start
  const hint = others.length === 0 ? `Nobody else has a free time in these ${daysWithOthers} days` : undefined
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for="start">Starts at, with</label>
      <Hint name="start" hint={hint} />
      <Problem name="start" problem={problem} />
      <select id="start" name="start" {...describedBy('start', hint, problem)}>
        <option value={String(asked.startAt)} selected>
          Choose a time
        </option>
        {others.map(({ practitioner, day, times }) => (
          <optgroup label={`${practitioner.name}, ${dayInWords(day.from, timezone)}`}>
            {times.map(({ startAt }) => (
              <option value={`${startAt} ${practitioner.id}`}>
                {timeInWords(startAt, timezone)} with {practitioner.name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}
