/** What stands over the diary: other days, a day or a week, whose diary, and what can be done with it. */
import { hasLeft } from './day-plan.ts'
import type { Reading } from './reading.ts'
import { addressOf, onDay, type Shown } from './shown.ts'

interface BarProps {
  base: string
  reading: Reading
  part: 'day' | 'week'
}

export function DayBar({ base, reading, part }: BarProps) {
  const { shown, today, who, time } = reading
  const step = part === 'week' ? 7 : 1
  const to = (other: Shown) => addressOf(base, other, part)
  const unit = part === 'week' ? 'week' : 'day'
  return (
    <>
      <div class="day-bar">
        <nav aria-label="Days">
          <ul>
            <li>
              <a class="button quiet" href={to(onDay(shown, -step))}>
                Previous<span class="hidden"> {unit}</span>
              </a>
            </li>
            <li>
              <a
                class="button quiet"
                href={to({ ...shown, date: today })}
                aria-current={shown.date === today ? 'date' : undefined}
              >
                Today
              </a>
            </li>
            <li>
              <a class="button quiet" href={to(onDay(shown, step))}>
                Next<span class="hidden"> {unit}</span>
              </a>
            </li>
          </ul>
        </nav>
        <GoTo base={base} shown={shown} part={part} />
        {!shown.moving && <Views base={base} shown={shown} part={part} />}
        {time.practitioners.length > 0 && !shown.moving && (
          <a class="button" href={bookingHref(base, reading)}>
            New appointment
          </a>
        )}
      </div>
      <div class="day-bar">
        <Whose base={base} reading={reading} part={part} />
        <a href={addressOf(base, { ...shown, cancelled: !shown.cancelled }, part)}>
          {shown.cancelled ? 'Hide cancelled' : 'Show cancelled'}
        </a>
        {!shown.moving && part === 'day' && (
          <a href={addressOf(base, { ...shown, who: shown.who ?? who?.id }, 'print')}>Print</a>
        )}
        {!shown.moving && part === 'day' && (
          <a href={`${base}/diary/why?date=${shown.date}${who ? `&practitioner=${who.id}` : ''}`}>
            <span>
              Why <span class="spare">is a time </span>not offered?
            </span>
          </a>
        )}
      </div>
    </>
  )
}

/** With whom and from which day on, as the diary shows it: nobody books with who has left, nor for days that are over. */
function bookingHref(base: string, { shown, today, who }: Reading): string {
  const query = new URLSearchParams()
  if (who && !hasLeft(who)) query.set('practitioner', who.id)
  if (shown.date > today) query.set('date', shown.date)
  return `${base}/diary/book${query.size > 0 ? `?${query}` : ''}`
}

function Views({ base, shown, part }: { base: string; shown: Shown; part: 'day' | 'week' }) {
  return (
    <nav aria-label="Views" class="views">
      <ul>
        <li>
          <a href={addressOf(base, shown)} aria-current={part === 'day' ? 'page' : undefined}>
            Day
          </a>
        </li>
        <li>
          <a href={addressOf(base, shown, 'week')} aria-current={part === 'week' ? 'page' : undefined}>
            Week
          </a>
        </li>
      </ul>
    </nav>
  )
}

function GoTo({ base, shown, part }: { base: string; shown: Shown; part: 'day' | 'week' }) {
  return (
    <form method="get" action={`${base}/diary`} class="go-to">
      <label for="date" class="hidden">
        Go to date
      </label>
      <input id="date" name="date" type="date" value={shown.date} />
      {shown.who && <input type="hidden" name="who" value={shown.who} />}
      {shown.cancelled && <input type="hidden" name="cancelled" value="yes" />}
      {shown.moving && <input type="hidden" name="moving" value={shown.moving} />}
      {part === 'week' && <input type="hidden" name="view" value="week" />}
      <button class="button quiet">Go</button>
    </form>
  )
}

/** "Everybody", and each practitioner alone; one's own comes first. */
function Whose({ base, reading, part }: BarProps) {
  const { time, shown, who, self } = reading
  if (time.practitioners.length < 2) return null
  const others = time.practitioners.filter((person) => person !== self)
  const choices = [
    { id: 'all', label: 'Everybody' },
    ...(self ? [{ id: self.id, label: 'My diary' }] : []),
    ...others.map(({ id, name }) => ({ id, label: name })),
  ]
  return (
    <nav aria-label="Whose diary" class="filters">
      <ul>
        {choices.map(({ id, label }) => (
          <li>
            <a
              href={addressOf(base, { ...shown, who: id }, part)}
              aria-current={id === (who?.id ?? 'all') ? 'true' : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
