import { apart } from '../../web/apart.ts'
import { dateInWords, dayInWords } from '../../web/dates.ts'
import { NobodyYet } from '../nobody-views.tsx'
import { closedOn, type PractitionerTime } from '../time/clinic-time.ts'
import type { Day } from '../time/wall-clock.ts'
import { DayBar } from './bar-views.tsx'
import { type Column, columnOf } from './day-plan.ts'
import { DiaryGrid, shutWords } from './grid-views.tsx'
import type { Reading } from './reading.ts'
import { addressOf } from './shown.ts'

/** "Week of 23 November 2026", and whose it is. */
export const weekInWords = ({ days, time, who }: Reading): string =>
  `Week of ${dateInWords(days[0]!.from, time.zone)}${who ? `, ${apart(who.name)}` : ''}`

export function WeekPage({ base, reading, maySay }: { base: string; reading: Reading; maySay: boolean }) {
  const { who, people } = reading
  return (
    <>
      <h1>{weekInWords(reading)}</h1>
      <DayBar base={base} reading={reading} part="week" />
      {people.length === 0 && <NobodyYet base={base} maySay={maySay} />}
      {who || people.length === 1 ? (
        <OneWeek base={base} reading={reading} person={who ?? people[0]!} />
      ) : (
        people.length > 1 && <Counts base={base} reading={reading} />
      )}
    </>
  )
}

function OneWeek({ base, reading, person }: { base: string; reading: Reading; person: PractitionerTime }) {
  const { time, days, today } = reading
  const columns = days.map((day) => columnIn(reading, person, day)).filter(isWorthAColumn)
  return <>{DiaryGrid({ base, zone: time.zone, columns, label: weekInWords(reading), headings: 'days', today })}</>
}

/** A weekend without work and without appointments is left out. */
const isWorthAColumn = ({ day, entries, shut }: Column): boolean =>
  day.weekday < 6 || shut === undefined || entries.some(({ kind }) => kind === 'appointment')

function Counts({ base, reading }: { base: string; reading: Reading }) {
  const { days, people, time, shown, today } = reading
  return (
    <ul class="week">
      {days.map((day) => {
        const closed = closedOn(time, day)
        return (
          <li class={day.date === today ? 'today' : undefined}>
            <h2>
              <a href={addressOf(base, { ...shown, date: day.date })}>
                {dayInWords(day.from, time.zone).replace(/ \d{4}$/, '')}
              </a>
            </h2>
            {closed && <p class="meta">Closed: {closed.name}</p>}
            <ul class="counts">
              {people.map((person) => (
                <Count base={base} reading={reading} column={columnIn(reading, person, day)} />
              ))}
            </ul>
          </li>
        )
      })}
    </ul>
  )
}

function Count({ base, reading, column }: { base: string; reading: Reading; column: Column }) {
  const { person, day, booked, free, shut } = column
  if (shut && booked === 0)
    return shut.because === 'closed' || shut.because === 'left' ? null : (
      <li class="meta">
        {apart(person.name)}: {shutWords(shut)}
      </li>
    )
  return (
    <li>
      <a href={addressOf(base, { ...reading.shown, date: day.date, who: person.id })}>{person.name}</a>: {booked}{' '}
      booked, {free} free
    </li>
  )
}

const columnIn = ({ time, appointments, now }: Reading, person: PractitionerTime, day: Day): Column =>
  columnOf(time, person, day, { appointments, now })
