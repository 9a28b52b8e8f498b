import { BackToSettings, ChangedMeanwhile } from '../../../clinic/settings-parts.tsx'
import type { AppointmentType } from '../../../schema.ts'
import { apart } from '../../../web/apart.ts'
import { TextField, TickBox } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { Choices, LongText } from '../../../web/large-fields.tsx'
import { Breadcrumb } from '../../../web/parts.tsx'
import { ColourDot, ColourField, TickList } from '../choices.tsx'
import type { TypeFacts } from '../clinic-time-store.ts'
import { type DoneHere, DoneInOrder, focusIf, MoveUp } from '../move-up.tsx'
import type { DiaryPractitioner } from '../time-store.ts'
import { bookedBy, changedType, typeInWords, typeLabels } from './type-form.ts'

const doneWords: Record<string, string> = {
  added: 'Added. It can be booked at once.',
  saved: 'Saved. Appointments that are booked stay as they are.',
  ordered: 'The order is changed, for patients too.',
  retired: 'Retired. Appointments that are booked stay as they are.',
}

interface TypesProps extends DoneHere {
  base: string
  types: AppointmentType[]
  people: DiaryPractitioner[]
}

export function TypesPage({ base, types, people, done, moved }: TypesProps) {
  const here = `${base}/settings/appointment-types`
  return (
    <>
      <DoneInOrder words={doneWords} things={types} where="for patients too" done={done} moved={moved} />
      <BackToSettings base={base} />
      <div class="title-row">
        <h1>Appointment types</h1>
        {types.length > 0 && (
          <a class="button secondary" href={`${here}/new`}>
            Add a type
          </a>
        )}
      </div>
      <p class="lead">What can be booked. Patients choose among them in this order.</p>
      {types.length === 0 && (
        <div class="empty">
          <p>Nothing can be booked yet.</p>
          <p class="actions">
            <a class="button" href={`${here}/new`}>
              Add the first type
            </a>
          </p>
        </div>
      )}
      {types.length > 0 && (
        <ol class="rows">
          {types.map((type, index) => (
            <li>
              <div>
                <p>
                  <ColourDot colour={type.colour} />
                  <a href={`${here}/${type.id}`} {...focusIf(index === 0 && type.id === moved)}>
                    <strong>{type.name}</strong>
                  </a>
                </p>
                <p class="meta">
                  {typeInWords(type)}. {bookedBy(type)}. {doneBy(type, people)}
                </p>
              </div>
              {index > 0 && <MoveUp action={`${here}/${type.id}/earlier`} name={type.name} moved={type.id === moved} />}
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function doneBy({ id }: AppointmentType, people: DiaryPractitioner[]) {
  const names = people.filter(({ typeIds }) => typeIds.includes(id)).map(({ name }) => apart(name))
  if (names.length === 0) return <strong>Nobody does it, so it cannot be booked.</strong>
  return `Done by ${new Intl.ListFormat('en-GB').format(names)}.`
}

interface TypePageProps {
  base: string
  title: string
  /** None: a new one. */
  type?: AppointmentType
  people: DiaryPractitioner[]
  typed: Record<string, string>
  problems: Problems
  meanwhile?: TypeFacts
}

export function TypePage(props: TypePageProps) {
  const { base, title, type, meanwhile } = props
  const here = `${base}/settings/appointment-types`
  return (
    <>
      <Breadcrumb href={here}>Appointment types</Breadcrumb>
      <h1>{title}</h1>
      {type && meanwhile && <ChangedMeanwhile now={0} differences={changedType(type, meanwhile)} />}
      <TypeForm {...props} />
      {type && (
        <p>
          Is it no longer offered? <a href={`${here}/${type.id}/retirement`}>Retire this type</a>
        </p>
      )}
    </>
  )
}

function TypeForm({ base, type, people, typed, problems }: TypePageProps) {
  const here = `${base}/settings/appointment-types`
  const common = (name: keyof typeof typeLabels) => ({
    name,
    label: typeLabels[name],
    value: typed[name],
    problem: problems[name],
  })
  return (
    <form method="post" action={type ? `${here}/${type.id}` : `${here}/new`} class="panel" novalidate>
      <TextField {...common('name')} hint="Patients read it when they book" />
      <TextField {...common('minutes')} inputmode="numeric" width="short" hint="A multiple of 5" />
      <TextField
        {...common('buffer')}
        inputmode="numeric"
        width="short"
        hint="For notes, or for the room. Patients do not see it"
      />
      <TextField
        {...common('price')}
        width="medium"
        hint="As patients read it, like £48 or Covered by your insurance"
        optional
      />
      <LongText {...common('preparation')} hint="Patients read it when they book, and in their email" optional />
      <TickBox name="online" ticked={typed.online === 'on'}>
        {typeLabels.online}
      </TickBox>
      <Choices name="for_new" legend="Who it is for" problem={problems.for_new}>
        {(['for_new', 'for_existing'] as const).map((name) => (
          <div class="tick">
            <input id={name} name={name} type="checkbox" value="on" checked={typed[name] === 'on'} />
            <label for={name}>{typeLabels[name]}</label>
          </div>
        ))}
      </Choices>
      <TickList
        prefix="who_"
        legend="Who does it"
        none="There are no practitioners yet."
        choices={people.map(({ id, name }) => ({ id, label: name }))}
        typed={typed}
      />
      <ColourField chosen={typed.colour ?? '1'} />
      {type && <input type="hidden" name="version" value={String(type.version)} />}
      {!type && <input type="hidden" name="form_id" value={typed.form_id} />}
      <div class="actions">
        <button class="button">{type ? 'Save' : 'Add type'}</button>
        <a href={here}>Cancel</a>
      </div>
    </form>
  )
}

export function RetirementPage({ base, type }: { base: string; type: AppointmentType }) {
  const here = `${base}/settings/appointment-types/${type.id}`
  return (
    <>
      <Breadcrumb href={here}>{type.name}</Breadcrumb>
      <h1>Retire {type.name}?</h1>
      <section class="panel">
        <ul>
          <li>Nobody can book it any more, neither patients nor staff.</li>
          <li>Appointments of this type that are booked stay as they are.</li>
          <li>It cannot be brought back, but you can add a new type with the same name.</li>
        </ul>
        <form method="post" action={`${here}/retirement`} class="actions">
          <button class="button warning">Retire type</button>
          <a href={here}>Keep it</a>
        </form>
      </section>
    </>
  )
}
