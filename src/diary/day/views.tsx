import { html } from 'hono/html'
import { PatientSearch } from '../../patients/search/search-form.tsx'
import type { Act } from '../../staff/role.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords } from '../../web/dates.ts'
import { Notice, StatusLine } from '../../web/parts.tsx'
import type { PatientsByAccess } from '../first-things-store.ts'
import { NobodyYet } from '../nobody-views.tsx'
import { closedOn } from '../time/clinic-time.ts'
import { DayBar } from './bar-views.tsx'
import { AccessCounts, FirstThings, type FirstThingsProps } from './first-things-views.tsx'
import type { LiveGrid } from './live-grid.tsx'
import { MovingBar } from './moving-views.tsx'
import type { Reading } from './reading.ts'

interface DayPageProps {
  base: string
  reading: Reading
  may: (act: Act) => boolean
  firstThings: Omit<FirstThingsProps, 'base' | 'may'>
  patients: PatientsByAccess
  grid: LiveGrid
}

export function DayPage({ base, reading, may, firstThings, patients, grid }: DayPageProps) {
  const { time, days, people, moving } = reading
  const day = days[0]!
  const closed = closedOn(time, day)
  return (
    <>
      <div class="title-row">
        <h1>{dayInWords(day.from, time.zone)}</h1>
        {!moving && <PatientSearch base={base} />}
      </div>
      <MovingBar base={base} reading={reading} />
      {!moving && <FirstThings base={base} may={may} {...firstThings} />}
      <DayBar base={base} reading={reading} part="day" />
      {closed && (
        <Notice tone="note">
          <p>
            <strong>The clinic is closed on this day: {closed.name}.</strong> Nothing can be booked online.
          </p>
        </Notice>
      )}
      <JumpLinks reading={reading} />
      <StatusLine />
      {people.length > 0 ? grid.content : <NobodyYet base={base} maySay={may("change the clinic's time")} />}
      {!moving && (
        <section class="below" aria-labelledby="patients-title">
          <h2 id="patients-title">Patients with online access</h2>
          <AccessCounts base={base} patients={patients} />
          {may('edit patients') && (
            <p>
              <a href={`${base}/patients/new`}>Add a patient</a>
            </p>
          )}
        </section>
      )}
    </>
  )
}

/** Links over the columns: shown when they are reached with the keyboard. */
function JumpLinks({ reading: { people } }: { reading: Reading }) {
  if (people.length < 2) return null
  const linkHtml = ({ name }: { name: string }, index: number) =>
    html`<li><a href="#c${index}">Go to ${apart(name)}</a></li>`
  return html`<nav class="jump" aria-label="Columns"><ul>${people.map(linkHtml)}</ul></nav>`
}
