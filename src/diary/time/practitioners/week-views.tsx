import { ChangedMeanwhile } from '../../../clinic/settings-parts.tsx'
import { describedBy, Problem, TextField } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { AskAnyway } from '../hits.tsx'
import type { Hit } from '../hits-store.ts'
import { fieldOf, type Period, weekdayNames } from '../working-hours.ts'
import { type AroundHours, BackToHours } from './hours-views.tsx'
import { differentDays, type NewWeek, periodsShown } from './week-form.ts'

interface WeekPageProps extends AroundHours {
  title: string
  typed: Record<string, string>
  problems: Problems
  hoursVersion: number
  /** Somebody else's change came first: what holds now, and what was not saved. */
  saved?: Period[]
  meanwhile?: NewWeek
  /** Booked outside the hours that were sent. */
  hits?: Hit[]
}

export function WeekPage(props: WeekPageProps) {
  const { here, title, typed, problems, hoursVersion, saved, meanwhile, hits = [] } = props
  const count = periodsShown(typed)
  return (
    <>
      <BackToHours {...props} />
      <h1>{title}</h1>
      {saved && meanwhile && <ChangedMeanwhile now={0} differences={differentDays(saved, meanwhile.week)} />}
      <form method="post" action={`${here}/week`} class="panel" novalidate>
        <p>
          Type times as you say them: 9, 9am, 12:30 or 17:00. Two periods leave room for a break. Leave a day empty when
          there are no hours.
        </p>
        <div class="week">
          {weekdayNames.map((name, index) => (
            <Day name={name} weekday={index + 1} count={count} typed={typed} problems={problems} />
          ))}
        </div>
        <TextField
          name="valid_from"
          label="These hours hold from"
          type="date"
          width="medium"
          value={typed.valid_from}
          problem={problems.valid_from}
        />
        <TextField
          name="valid_until"
          label="Until"
          hint="The last day, when they are only for some weeks. After it the hours are again what they were"
          type="date"
          width="medium"
          value={typed.valid_until}
          problem={problems.valid_until}
          optional
        />
        <AskAnyway
          {...props}
          name="anyway"
          hits={hits}
          where="outside these hours"
          label="Save the hours anyway"
          problem={problems.anyway}
        />
        <input type="hidden" name="hours_version" value={String(hoursVersion)} />
        <input type="hidden" name="periods" value={String(count)} />
        <div class="actions">
          <button class="button">Save hours</button>
          <button class="button secondary" name="do" value="copy">
            Copy Monday to Tuesday–Friday
          </button>
          {count < 3 && (
            <button class="button secondary" name="do" value="more">
              Add a third period
            </button>
          )}
          <a href={here}>Cancel</a>
        </div>
      </form>
    </>
  )
}

const ordinals = ['first', 'second', 'third']

function Day(props: {
  name: string
  weekday: number
  count: number
  typed: Record<string, string>
  problems: Problems
}) {
  const { name, weekday, count, typed, problems } = props
  const periods = Array.from({ length: count }, (_each, index) => index + 1)
  const fields = periods.flatMap((period) => [fieldOf('from', weekday, period), fieldOf('until', weekday, period)])
  return (
    <fieldset class={fields.some((field) => problems[field]) ? 'week-day field wrong' : 'week-day'}>
      <legend class="hidden">{name}</legend>
      <p class="name" aria-hidden="true">
        {name}
      </p>
      {periods.map((period) => (
        <div class="period">
          <Clock end="from" {...{ name, weekday, period, typed, problems }} />
          <span aria-hidden="true">to</span>
          <Clock end="until" {...{ name, weekday, period, typed, problems }} />
        </div>
      ))}
      {fields.map((field) => (
        <Problem name={field} problem={problems[field]} />
      ))}
    </fieldset>
  )
}

function Clock(props: {
  end: 'from' | 'until'
  name: string
  weekday: number
  period: number
  typed: Record<string, string>
  problems: Problems
}) {
  const { end, name, weekday, period, typed, problems } = props
  const field = fieldOf(end, weekday, period)
  return (
    <>
      <label class="hidden" for={field}>
        {name}, {ordinals[period - 1]} period, {end}
      </label>
      <input
        id={field}
        name={field}
        value={typed[field]}
        autocomplete="off"
        spellcheck={false}
        {...describedBy(field, undefined, problems[field])}
      />
    </>
  )
}
