import { apart } from '../../../web/apart.ts'
import { plainDateInWords } from '../../../web/dates.ts'
import { Breadcrumb, Done, Facts, Notice } from '../../../web/parts.tsx'
import { absenceInWords } from '../absence.ts'
import { type Around, countOfHits, HitList } from '../hits.tsx'
import type { Hit } from '../hits-store.ts'
import { changesAfter, dayInPeriods, weekdayNames, weekInWords, weekOn } from '../working-hours.ts'
import type { LoadedHours } from './hours-reading.ts'

export interface AroundHours extends Around {
  /** The page of these hours. */
  here: string
  isOwn: boolean
  /** 'YYYY-MM-DD' */
  today: string
}

const doneWords: Record<string, string> = {
  saved: 'Saved. Free times follow the new hours at once. Appointments that are booked stay as they are.',
  'absence-added': 'Added. Nothing can be booked in this time any more.',
  'absence-removed': 'Removed. The time can be booked again.',
}

export const BackToHours = ({ here, isOwn }: AroundHours) => (
  <Breadcrumb href={here}>{isOwn ? 'My hours' : 'Hours'}</Breadcrumb>
)

type HoursProps = AroundHours & LoadedHours & { stranded: Hit[]; done?: string }

export function HoursPage(props: HoursProps) {
  const { base, isOwn, who, done, mayChange, managers } = props
  return (
    <>
      <Done words={doneWords} done={done} />
      {!isOwn && <Breadcrumb href={`${base}/settings/practitioners/${who.id}`}>{who.name}</Breadcrumb>}
      <h1>{isOwn ? 'My hours' : `Hours of ${apart(who.name)}`}</h1>
      {!mayChange && (
        <Notice tone="note">
          <p>To change your hours or to add an absence, ask {someOf(managers)}.</p>
        </Notice>
      )}
      <div class="split">
        <Hours {...props} />
        <Absences {...props} />
      </div>
      {isOwn && (
        <p>
          <a href={`${base}/calendar-feed`}>My appointments in my own calendar</a>
        </p>
      )}
    </>
  )
}

export const NoHoursPage = ({ managers }: { managers: string[] }) => (
  <>
    <h1>My hours</h1>
    <p class="empty">
      You see no patients in the diary, so you have no working hours. If that is wrong, ask {someOf(managers)}.
    </p>
  </>
)

const someOf = (managers: string[]): string =>
  managers.length === 0 ? 'a manager' : new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(managers)

function Hours({ base, zone, here, hours, today, mayChange, stranded }: HoursProps) {
  const week = weekOn(hours, today)
  const later = changesAfter(hours, today)
  return (
    <section class="panel" aria-labelledby="hours-title">
      <h2 id="hours-title">Working hours now</h2>
      {week.length === 0 ? (
        <p class="empty">No working hours, so nothing can be booked.</p>
      ) : (
        <Facts
          facts={weekdayNames.map((term, index) => ({
            term,
            value: dayInPeriods(week, index + 1) || <span class="none">Does not work</span>,
          }))}
        />
      )}
      {stranded.length > 0 && (
        <details class="more" open>
          <summary>{countOfHits(stranded)} outside these hours</summary>
          <HitList base={base} zone={zone} hits={stranded} />
        </details>
      )}
      {mayChange && (
        <p class="actions">
          <a class="button secondary" href={`${here}/week`}>
            {week.length === 0 ? 'Set the hours' : 'Change the hours'}
          </a>
        </p>
      )}
      {later.length > 0 && (
        <>
          <h3>Later</h3>
          <ul class="rows">
            {later.map((date) => (
              <li>
                <div>
                  From {plainDateInWords(date)}
                  <p class="meta">{weekInWords(weekOn(hours, date))}</p>
                </div>
                {mayChange && (
                  <a href={`${here}/week?from=${date}`}>
                    Change<span class="hidden"> the hours from {plainDateInWords(date)}</span>
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Absences(props: AroundHours & LoadedHours) {
  const { base, here, zone, absences, hits, mayChange } = props
  return (
    <section class="panel" aria-labelledby="absences-title">
      <h2 id="absences-title">Absences</h2>
      {absences.length === 0 && <p class="muted">None are to come.</p>}
      <ul class="rows">
        {absences.map(({ id, fromAt, untilAt, reason }) => {
          const words = absenceInWords({ from: fromAt, until: untilAt }, zone)
          const booked = hits.filter((hit) => hit.in === id)
          return (
            <li>
              <div>
                <strong>{words}</strong>
                {reason && <p class="meta">{reason}</p>}
                {booked.length > 0 && (
                  <details class="more" open>
                    <summary>{countOfHits(booked)} in this time</summary>
                    <HitList base={base} zone={zone} hits={booked} />
                  </details>
                )}
              </div>
              {mayChange && (
                <form method="post" action={`${here}/absence/${id}/removal`}>
                  <button class="button quiet">
                    Remove<span class="hidden"> the absence {words}</span>
                  </button>
                </form>
              )}
            </li>
          )
        })}
      </ul>
      {mayChange && (
        <p class="actions">
          <a class="button secondary" href={`${here}/absence`}>
            Add an absence
          </a>
        </p>
      )}
    </section>
  )
}
