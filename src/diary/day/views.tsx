import { PatientSearch } from '../../patients/search/search-form.tsx'
import type { Act } from '../../staff/role.ts'
import { dayInWords } from '../../web/dates.ts'
import { Notice } from '../../web/parts.tsx'
import type { PatientsByAccess } from '../first-things-store.ts'
import { closedOn } from '../time/clinic-time.ts'
import { columnOf } from './day-plan.ts'
import { AccessCounts, FirstThings, type FirstThingsProps } from './first-things-views.tsx'
import { DiaryGrid } from './grid-views.tsx'
import type { Reading } from './reading.ts'
import { addressOf, onDay, type Shown } from './shown.ts'

interface DayPageProps {
  base: string
  reading: Reading
  may: (act: Act) => boolean
  firstThings: Omit<FirstThingsProps, 'base' | 'may'>
  patients: PatientsByAccess
}

export function DayPage({ base, reading, may, firstThings, patients }: DayPageProps) {
  const { time, days } = reading
  const day = days[0]!
  const closed = closedOn(time, day)
  return (
    <>
      <div class="title-row">
        <h1>{dayInWords(day.from, time.zone)}</h1>
        <PatientSearch base={base} />
      </div>
      <FirstThings base={base} may={may} {...firstThings} />
      <DayBar base={base} reading={reading} part="day" />
      {closed && (
        <Notice tone="note">
          <p>
            <strong>The clinic is closed on this day: {closed.name}.</strong> Nothing can be booked online.
          </p>
        </Notice>
      )}
      <JumpLinks reading={reading} />
      {reading.people.length > 0 ? (
        <Grid base={base} reading={reading} />
      ) : (
        <Nobody base={base} maySay={may("change the clinic's time")} />
      )}
      <section class="below" aria-labelledby="patients-title">
        <h2 id="patients-title">Patients with online access</h2>
        <AccessCounts base={base} patients={patients} />
        {may('edit patients') && (
          <p>
            <a href={`${base}/patients/new`}>Add a patient</a>
          </p>
        )}
      </section>
    </>
  )
}

function Nobody({ base, maySay }: { base: string; maySay: boolean }) {
  return (
    <p class="empty">
      Nobody sees patients here yet. A manager says who does, and when, under{' '}
      {maySay ? <a href={`${base}/settings`}>Settings</a> : 'Settings'}.
    </p>
  )
}

/** What a refresh brings anew, and nothing around it. */
export function Grid({ base, reading }: { base: string; reading: Reading }) {
  const { time, days, people, appointments, now, today } = reading
  const day = days[0]!
  const columns = people.map((person) => columnOf(time, person, day, appointments, now))
  const label = `Diary of ${dayInWords(day.from, time.zone)}`
  return <>{DiaryGrid({ base, zone: time.zone, columns, label, headings: 'practitioners', today })}</>
}

/** Links over the columns: shown when they are reached with the keyboard. */
function JumpLinks({ reading: { people } }: { reading: Reading }) {
  if (people.length < 2) return null
  return (
    <nav class="jump" aria-label="Columns">
      <ul>
        {people.map(({ name }, index) => (
          <li>
            <a href={`#c${index}`}>Go to {name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface BarProps {
  base: string
  reading: Reading
  part: 'day' | 'week'
}

/** Other days, one day or a week, whose diary, and what can be done with it. */
export function DayBar({ base, reading, part }: BarProps) {
  const { shown, today, who, time } = reading
  const step = part === 'week' ? 7 : 1
  const to = (other: Shown) => addressOf(base, other, part)
  const unit = part === 'week' ? 'week' : 'day'
  return (
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
      {shown.date === today && part === 'day' && <a href="#now">Now</a>}
      <Whose base={base} reading={reading} part={part} />
      <a href={addressOf(base, { ...shown, cancelled: !shown.cancelled }, part)}>
        {shown.cancelled ? 'Hide cancelled' : 'Show cancelled'}
      </a>
      <a href={addressOf(base, { ...shown, moving: undefined, who: shown.who ?? who?.id }, 'print')}>Print</a>
      {time.practitioners.length > 0 && (
        <a class="button" href={`${base}/diary/book${who ? `?practitioner=${who.id}` : ''}`}>
          New appointment
        </a>
      )}
    </div>
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
