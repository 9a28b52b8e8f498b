import { BackToSettings } from '../../../clinic/settings-parts.tsx'
import { apart } from '../../../web/apart.ts'
import { ColourDot } from '../choices.tsx'
import { type DoneHere, DoneInOrder, focusIf, MoveUp } from '../move-up.tsx'
import type { DiaryPractitioner } from '../time-store.ts'
import { hoursInWords } from '../working-hours.ts'
import type { LoadedPractitioners } from './practitioners-reading.ts'

/** Of this page, and of a practitioner's. */
export const doneWords: Record<string, string> = {
  ordered: 'The order is changed, in the diary and for patients.',
  ended: 'They see no patients any more. Their past appointments stay.',
  added: 'Added to the diary. Set the working hours next: without them nothing can be booked.',
  saved: 'Saved.',
}

export function PractitionersPage(props: LoadedPractitioners & DoneHere & { base: string; today: string }) {
  const { base, people, others, done, moved } = props
  const here = `${base}/settings/practitioners`
  return (
    <>
      <DoneInOrder words={doneWords} things={people} where="in the diary and for patients" done={done} moved={moved} />
      <BackToSettings base={base} />
      <div class="title-row">
        <h1>Practitioners</h1>
        {people.length > 0 && others.length > 0 && (
          <a class="button secondary" href={`${here}/new`}>
            Add a practitioner
          </a>
        )}
      </div>
      <p class="lead">Staff who see patients, in the order of the diary’s columns.</p>
      {people.length === 0 && (
        <div class="empty">
          <p>Nobody sees patients yet, so nothing can be booked.</p>
          <p class="actions">
            <a class="button" href={`${here}/new`}>
              Add the first practitioner
            </a>
          </p>
        </div>
      )}
      {people.length > 0 && (
        <ol class="rows">
          {people.map((who, index) => (
            <li>
              <Person {...props} who={who} hasFocus={index === 0 && who.id === moved} />
              {index > 0 && (
                <MoveUp action={`${here}/${who.id}/earlier`} name={apart(who.name)} moved={who.id === moved} />
              )}
            </li>
          ))}
        </ol>
      )}
      {people.length > 0 && others.length === 0 && (
        <p class="muted">
          Everybody of the staff is here. <a href={`${base}/staff/new`}>Add staff</a>
        </p>
      )}
    </>
  )
}

interface PersonProps extends LoadedPractitioners {
  base: string
  today: string
  who: DiaryPractitioner
  hasFocus: boolean
}

function Person(props: PersonProps) {
  const { base, today, types, hours, who, hasFocus } = props
  const names = types.filter(({ id }) => who.typeIds.includes(id)).map(({ name }) => name)
  const own = hours.filter(({ staffId }) => staffId === who.id)
  return (
    <div>
      <p>
        <ColourDot colour={who.colour} />
        <a href={`${base}/settings/practitioners/${who.id}`} {...focusIf(hasFocus)}>
          <strong>{who.name}</strong>
        </a>
        {who.designation && `, ${who.designation}`}
      </p>
      <p class="meta">{hoursInWords(own, today)}</p>
      <p class="meta">
        {names.length === 0 ? <strong>Does no appointment type</strong> : new Intl.ListFormat('en-GB').format(names)} ·
        calendar feed {who.hasFeed ? 'on' : 'off'}
      </p>
    </div>
  )
}
