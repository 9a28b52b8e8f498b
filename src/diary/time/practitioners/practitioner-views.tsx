import type { Child } from 'hono/jsx'
import { apart } from '../../../web/apart.ts'
import { TextField, TickBox } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { Choices } from '../../../web/large-fields.tsx'
import { Breadcrumb, Done, Notice } from '../../../web/parts.tsx'
import { ColourField, TickList } from '../choices.tsx'
import { type Around, countOfHits, HitList } from '../hits.tsx'
import { hoursInWords } from '../working-hours.ts'
import type { LoadedPractitioner, LoadedPractitioners } from './practitioners-reading.ts'
import { doneWords } from './practitioners-views.tsx'

interface FormProps {
  base: string
  typed: Record<string, string>
  problems: Problems
}

export function AddPage(props: LoadedPractitioners & FormProps) {
  const { base, others, types, typed, problems } = props
  const here = `${base}/settings/practitioners`
  return (
    <>
      <Breadcrumb href={here}>Practitioners</Breadcrumb>
      <h1>Add a practitioner</h1>
      {others.length === 0 ? (
        <p class="empty">
          Everybody of the staff sees patients already. <a href={`${base}/staff/new`}>Add staff</a> first.
        </p>
      ) : (
        <form method="post" action={`${here}/new`} class="panel" novalidate>
          <Choices name="staff" legend="Who sees patients" problem={problems.staff}>
            {others.map(({ id, name }, index) => (
              <div class="tick">
                <input
                  id={index === 0 ? 'staff' : `staff-${id}`}
                  name="staff"
                  type="radio"
                  value={id}
                  checked={typed.staff === id}
                />
                <label for={index === 0 ? 'staff' : `staff-${id}`}>{name}</label>
              </div>
            ))}
            <p class="hint">
              Not in the list? <a href={`${base}/staff/new`}>Add staff</a> first.
            </p>
          </Choices>
          <Decided types={types} typed={typed} problems={problems} />
          <div class="actions">
            <button class="button">Add practitioner</button>
            <a href={here}>Cancel</a>
          </div>
        </form>
      )}
    </>
  )
}

/** What the manager decides, the same when adding and later. */
function Decided({ types, typed, problems }: Pick<LoadedPractitioners, 'types'> & Omit<FormProps, 'base'>) {
  return (
    <>
      <TextField
        name="designation"
        label="Designation"
        hint="Patients read it beside the name, like Physiotherapist"
        value={typed.designation}
        problem={problems.designation}
        optional
      />
      <TickList
        prefix="type_"
        legend="Which appointments"
        none="There are no appointment types yet."
        choices={types.map(({ id, name }) => ({ id, label: name }))}
        typed={typed}
      />
      <ColourField chosen={typed.colour ?? '1'} />
      <TickBox name="own_hours" ticked={typed.own_hours === 'on'}>
        May change their own hours and absences
      </TickBox>
    </>
  )
}

interface PractitionerPageProps extends LoadedPractitioner, FormProps {
  today: string
  openedWith: string
  isLate?: boolean
  done?: string
}

export function PractitionerPage(props: PractitionerPageProps) {
  const { base, today, who, hours, types, typed, problems, isLate } = props
  const here = `${base}/settings/practitioners/${who.id}`
  return (
    <>
      <Done words={doneWords} done={props.done} />
      <Breadcrumb href={`${base}/settings/practitioners`}>Practitioners</Breadcrumb>
      <h1>{apart(who.name)}, practitioner</h1>
      {isLate && <Late {...props} />}
      <div class="split">
        <form method="post" action={here} class="panel" novalidate>
          <h2>In the diary</h2>
          <Decided types={types} typed={typed} problems={problems} />
          <input type="hidden" name="opened_with" value={props.openedWith} />
          <div class="actions">
            <button class="button">Save</button>
            <a href={`${base}/settings/practitioners`}>Cancel</a>
          </div>
        </form>
        <div>
          <section class="panel" aria-labelledby="hours-title">
            <h2 id="hours-title">Hours and absences</h2>
            <p>{hoursInWords(hours, today)}</p>
            <p class="actions">
              <a class="button secondary" href={`${here}/hours`}>
                Hours and absences
              </a>
            </p>
          </section>
          <p>
            The calendar feed is {who.hasFeed ? 'on' : 'off'}. {apart(who.name)} switches it under “My hours”.
          </p>
          <p>
            <a href={`${here}/ending`}>Stop seeing patients</a>
          </p>
        </div>
      </div>
    </>
  )
}

/** Somebody was faster: what stands now, in words. The form still holds what was typed. */
function Late({ who, types }: PractitionerPageProps) {
  const names = types.filter(({ id }) => who.typeIds.includes(id)).map(({ name }) => name)
  return (
    <Notice tone="warning">
      <p>Somebody changed this while you had the form open. What you typed is not saved yet. It is all still here.</p>
      <p>
        Saved now: {who.designation || 'no designation'}; {new Intl.ListFormat('en-GB').format(names) || 'no types'};{' '}
        {who.mayChangeOwnHours ? 'may' : 'may not'} change their own hours. Save again if yours is to stand.
      </p>
    </Notice>
  )
}

export function EndingPage({ base, zone, who, hits }: Around & Pick<LoadedPractitioner, 'who' | 'hits'>) {
  const here = `${base}/settings/practitioners/${who.id}`
  return (
    <>
      <Breadcrumb href={here}>{who.name}</Breadcrumb>
      <h1>Does {apart(who.name)} stop seeing patients?</h1>
      {hits.length > 0 ? (
        <Notice tone="warning">
          <p>
            Not yet: {countOfHits(hits)} with {apart(who.name)}. Move or cancel them first, so that no patient comes in
            vain.
          </p>
          <HitList base={base} zone={zone} hits={hits} />
        </Notice>
      ) : (
        <Ending here={here} name={who.name}>
          Nothing is booked with {apart(who.name)} from now on.
        </Ending>
      )}
    </>
  )
}

const Ending = ({ here, name, children }: { here: string; name: string; children: Child }) => (
  <section class="panel">
    <ul>
      <li>{children}</li>
      <li>{name} leaves the diary and can be booked by nobody. The calendar feed ends.</li>
      <li>Past appointments stay. The staff account stays: {name} can still log on.</li>
      <li>You can add {name} again at any time; the working hours are kept.</li>
    </ul>
    <form method="post" action={`${here}/ending`} class="actions">
      <button class="button warning">Stop seeing patients</button>
      <a href={here}>Keep as it is</a>
    </form>
  </section>
)
