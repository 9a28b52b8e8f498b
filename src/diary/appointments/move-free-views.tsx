import { fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { Notice } from '../../web/parts.tsx'
import type { FreeTime } from '../availability.ts'
import { addDays } from '../time/wall-clock.ts'
import { daysWithOthers, type FreeWith } from './left.ts'
import { MoveFields, type MoveProps, whenOf } from './move-views.tsx'

/** The time is somebody else's; these are left. */
export function MoveTakenPage(props: MoveProps & { clock: string; words: string; times: FreeTime[] }) {
  const { timezone, practitionerName, place, date, clock, words, times } = props
  return (
    <>
      <h1>{clock} is taken</h1>
      <Notice tone="warning">
        <p>
          <strong>Someone has just booked {clock}. Choose another time.</strong> {words}
        </p>
        <Stays {...props} />
      </Notice>
      <section class="panel" aria-labelledby="free-title">
        <h2 id="free-title">
          Free with {apart(practitionerName)} on {dayInWords(place.startAt, timezone)}
        </h2>
        {times.length === 0 ? (
          <p class="empty">No other time is free on this day.</p>
        ) : (
          <Times {...props} times={times} />
        )}
        <Otherwise {...props} next={addDays(date, 1)} />
      </section>
    </>
  )
}

/** Whoever it was to go to has left; the others have these. */
export function MoveLeftPage(props: MoveProps & { title: string; others: FreeWith[] }) {
  const { timezone, appointment, place, title, others } = props
  return (
    <>
      <h1>{title}</h1>
      <Notice tone="warning">
        <p>
          <strong>Choose a time with somebody else.</strong>
        </p>
        <Stays {...props} />
      </Notice>
      {others.map(({ practitioner, day, times }, index) => (
        <section class="panel" aria-labelledby={`free-${index}`}>
          <h2 id={`free-${index}`}>
            Free with {apart(practitioner.name)} on {dayInWords(day.from, timezone)}
          </h2>
          <Times
            {...props}
            place={{ ...place, practitionerId: practitioner.id }}
            times={times}
            of={practitioner.name}
          />
        </section>
      ))}
      {others.length === 0 && (
        <p class="empty">
          Nobody else has a free time for {appointment.typeName} in these {daysWithOthers} days.
        </p>
      )}
      <Otherwise {...props} />
    </>
  )
}

const Stays = ({ appointment, timezone }: MoveProps) => (
  <p>
    {fullName(appointment)} stays at {whenOf(appointment, appointment.practitionerName, timezone)}.
  </p>
)

/** A button each. Whoever said that the patient is not to be told has said so for these too. */
function Times(props: MoveProps & { times: FreeTime[]; of?: string }) {
  const { base, timezone, appointment, asked, times, of } = props
  return (
    <form method="post" action={`${base}/diary/appointments/${appointment.id}/move`}>
      <MoveFields {...props} />
      {!asked.tell && <input type="hidden" name="may_tell" value="yes" />}
      <div class="times">
        {times.map(({ startAt }) => (
          <button class="button secondary" name="start" value={String(startAt)}>
            <span class="hidden">Move to </span>
            {timeInWords(startAt, timezone)}
            {of && <span class="hidden"> with {of}</span>}
          </button>
        ))}
      </div>
    </form>
  )
}

function Otherwise({ base, appointment, date, next }: MoveProps & { next?: string }) {
  const moving = (day: string) => `${base}/diary/${day}?moving=${appointment.id}`
  return (
    <div class="actions">
      <a href={moving(date)}>Choose in the diary</a>
      {next && <a href={moving(next)}>The next day</a>}
      <a href={`${base}/diary/appointments/${appointment.id}`}>Leave it where it is</a>
    </div>
  )
}
