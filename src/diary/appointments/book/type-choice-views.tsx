import type { AppointmentType } from '../../../schema.ts'
import type { Problems } from '../../../web/form.ts'
import { Choices } from '../../../web/large-fields.tsx'
import { NothingToBook } from '../../nobody-views.tsx'
import type { FreeWith } from '../left.ts'
import { versionsOf } from './decision.ts'

interface TypeChoiceProps {
  base: string
  types: AppointmentType[]
  type?: AppointmentType
  problems: Problems
  /** They have left: when somebody else is free. */
  others?: FreeWith[]
  maySay: boolean
}

/** What can be booked with that practitioner, how long each takes and what it costs: booked is what stood here. */
export function TypeChoice({ base, types, type, problems, others, maySay }: TypeChoiceProps) {
  if (types.length === 0 && others) return <NothingToBook base={base} maySay={maySay} />
  if (types.length === 0) return <p class="empty">This practitioner does no appointment type.</p>
  return (
    <Choices name="type" legend="Appointment type" problem={problems.type}>
      {types.map(({ id, name, minutes, price }, index) => {
        const field = index === 0 ? 'type' : `type-${id}`
        return (
          <div class="tick">
            <input id={field} name="type" type="radio" value={id} checked={id === type?.id} />
            <label for={field}>
              {name} <span class="muted">{[`${minutes} minutes`, price].filter(Boolean).join(', ')}</span>
            </label>
          </div>
        )
      })}
      <input type="hidden" name="type_versions" value={versionsOf(types)} />
    </Choices>
  )
}
