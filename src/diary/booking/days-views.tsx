import { html } from 'hono/html'
import type { FreeDay } from '../availability.ts'
import { addressOf, type Choice } from './choice.ts'
import { dayAndMonth } from './day-name.ts'

interface DaysProps {
  path: string
  choice: Choice
  zone: string
  days: FreeDay[]
  /** The day whose times are shown. */
  day?: FreeDay
  earlier?: string
  later?: string
}

/** The days of a fortnight, as templates: how many times each has; those without one are no links. */
export function Days(props: DaysProps) {
  const { days, day, path, choice, zone, earlier, later } = props
  const dayHref = (date: string) => addressOf(path, { ...choice, day: date })
  return (
    <section aria-labelledby="days-title">
      <h2 id="days-title">{day ? 'Other days' : 'Choose a day'}</h2>
      <ul class="days counts">
        {days.map(({ day: { date, from }, times: { length } }) => {
          const words = html`<span>${dayAndMonth(from, zone)}<span class="hidden">, </span></span>`
          if (length === 0) return html`<li><span class="none">${words}<span class="count-of">none</span></span></li>`
          const here = date === day?.day.date && html` aria-current="date"`
          return html`<li><a href="${dayHref(date)}"${here}>${words}<span class="count-of">${length} ${length === 1 ? 'time' : 'times'} free</span></a></li>`
        })}
      </ul>
      <Fortnights {...{ earlier, later, dayHref }} />
    </section>
  )
}

function Fortnights(props: { earlier?: string; later?: string; dayHref: (date: string) => string }) {
  const { earlier, later, dayHref } = props
  if (!earlier && !later) return null
  return (
    <div class="actions">
      {earlier && (
        <a class="button secondary" href={dayHref(earlier)}>
          Earlier days
        </a>
      )}
      {later && (
        <a class="button secondary" href={dayHref(later)}>
          Later days
        </a>
      )}
    </div>
  )
}
