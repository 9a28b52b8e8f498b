import { html } from 'hono/html'
import { apart } from '../../web/apart.ts'
import { timeInWords } from '../../web/dates.ts'
import { PhoneLink } from '../../web/layout.tsx'
import { Notice } from '../../web/parts.tsx'
import type { FreeDay, FreeTime } from '../availability.ts'
import { slotRules } from '../booking-rules.ts'
import type { ClinicTime } from '../time/clinic-time.ts'
import { minuteIn } from '../time/wall-clock.ts'
import { addressOf, type Choice, partOfDay } from './choice.ts'
import { dayAndMonth, dayName, zoneInWords } from './day-name.ts'
import { Days } from './days-views.tsx'
import { Back } from './views.tsx'

interface TimesProps {
  heading: string
  /** "Health check, 30 minutes, with Priya Nair" */
  lead: string
  /** Where the form's address begins: '/riverside/book' */
  path: string
  choice: Choice
  time: Pick<ClinicTime, 'zone' | 'rules' | 'practitioners'>
  now: number
  clinic: { name: string; phone: string }
  days: FreeDay[]
  /** The first so many free times of all. */
  next: FreeTime[]
  /** The day whose times are shown. */
  day?: FreeDay
  /** Whether the times say with whom they are. */
  saysWho: boolean
  /** The first day of the fortnights before and after, where there is one. */
  earlier?: string
  later?: string
  /** The first free day after those shown, when none of them has a time; null: there is none. */
  nextFree?: FreeDay | null
  back?: { href: string; words: string }
  /** "Anyone who is free", where somebody was chosen. */
  others?: { href: string; words: string }
}

export function TimesPage(props: TimesProps) {
  const { heading, lead, back, day, days, next, others, time } = props
  const isEmpty = days.every(({ times }) => times.length === 0)
  return (
    <>
      {back && <Back href={back.href}>{back.words}</Back>}
      <h1>{heading}</h1>
      <p class="lead">{lead}</p>
      {day && <OneDay {...props} day={day} />}
      {!day && next.length > 0 && <NextTimes {...props} />}
      {isEmpty ? <NoTimes {...props} /> : <Days {...props} zone={time.zone} />}
      {others && (
        <p>
          <a href={others.href}>{others.words}</a>
        </p>
      )}
      <p class="muted">{slotRules[time.rules.slotRule].sentence}</p>
      <p class="muted" hidden data-zone={time.zone}>
        Times are shown in {zoneInWords(time.zone, props.now)}.
      </p>
    </>
  )
}

const nameOf = ({ time }: Pick<TimesProps, 'time'>, id: string): string =>
  time.practitioners.find((person) => person.id === id)?.name ?? ''

/** A time is booked with whoever is first in turn. */
function timeHref({ path, choice }: TimesProps, { startAt, practitionerIds }: FreeTime): string {
  return addressOf(path, { ...choice, day: undefined, startAt, practitionerId: practitionerIds[0] })
}

function NextTimes(props: TimesProps) {
  const { next, time, now } = props
  return (
    <>
      <h2>Next free times</h2>
      <ul class="next-times" id="times">
        {next.map((free) => (
          <li>
            <a href={timeHref(props, free)}>
              <span class="time">{timeInWords(free.startAt, time.zone)}</span>
              <span class="day">
                <span class="hidden">, </span>
                {dayName(free.startAt, time.zone, now)}
                <span class="hidden">, with</span>
                <span class="meta"> {nameOf(props, free.practitionerIds[0]!)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

const parts = ['Morning', 'Afternoon', 'Evening'] as const

function OneDay(props: TimesProps & { day: FreeDay }) {
  const { day, path, choice, time, now } = props
  const inParts = Map.groupBy(day.times, ({ startAt }) => partOfDay(minuteIn(day.day, startAt)))
  return (
    <section aria-labelledby="day-title" id="times">
      <h2 id="day-title">{dayName(day.day.from, time.zone, now)}</h2>
      {day.times.length === 0 && <p>There are no free times on this day.</p>}
      {parts
        .filter((part) => inParts.has(part))
        .map((part) => (
          <>
            <h3>{part}</h3>
            <ul class="times">{inParts.get(part)!.map((free) => timeHtml(props, free))}</ul>
          </>
        ))}
      <p>
        <a href={addressOf(path, { ...choice, day: undefined })}>See the next free times</a>
      </p>
    </section>
  )
}

/** A template, not JSX: a day of many practitioners has a hundred of them. */
function timeHtml(props: TimesProps, free: FreeTime) {
  const { zone } = props.time
  const who = nameOf(props, free.practitionerIds[0]!)
  return html`<li><a href="${timeHref(props, free)}">${timeInWords(free.startAt, zone)}<span class="hidden">, ${dayAndMonth(free.startAt, zone)}, </span><span class="${props.saysWho ? 'meta' : 'hidden'}">${who}</span></a></li>`
}

function NoTimes(props: TimesProps) {
  const { path, choice, time, clinic, earlier, nextFree } = props
  return (
    <>
      <Notice tone="note">
        <p id="times">
          <strong>{earlier ? 'No times in these 14 days.' : 'No times in the next 14 days.'}</strong>
        </p>
        {nextFree ? (
          <p>
            The next date with a free time is{' '}
            <a href={addressOf(path, { ...choice, day: nextFree.day.date })}>
              {dayAndMonth(nextFree.day.from, time.zone)}
            </a>
            .
          </p>
        ) : (
          <p>There is no free time that can be booked online.</p>
        )}
        <p>
          If you need to be seen sooner, call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
        </p>
      </Notice>
      {earlier && (
        <p>
          <a href={addressOf(path, { ...choice, day: earlier })}>Earlier days</a>
        </p>
      )}
    </>
  )
}
