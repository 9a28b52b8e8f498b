/** An appointment type as the manager types it, and what is wrong with it. */
import type { AppointmentType } from '../../../schema.ts'
import type { Problems } from '../../../web/form.ts'
import { hasHiddenInLines, lines } from '../../../web/typed-text.ts'
import type { TypeFacts } from '../clinic-time-store.ts'
import { Reading } from '../reading.ts'

type Typed = Record<string, string>
export type TypedFacts = Omit<TypeFacts, 'position' | 'colour'>

export const typeLabels = {
  name: 'Name',
  minutes: 'Minutes',
  buffer: 'Minutes kept free afterwards',
  price: 'Price',
  preparation: 'What to bring, how to prepare',
  online: 'Patients may book it online',
  for_new: 'New patients',
  for_existing: 'Patients who have been here before',
} as const

export function readType(typed: Typed): { facts: TypedFacts; problems: Problems } {
  const read = new Reading(typed)
  const facts: TypedFacts = {
    name: read.name('name', 'Name', 80, 'Enter a name, like First appointment'),
    minutes: read.number('minutes', { from: 5, to: 480, step: 5 }, 'Minutes must be a multiple of 5, from 5 to 480'),
    bufferMinutes: read.number(
      'buffer',
      { from: 0, to: 120, step: 5 },
      'Minutes kept free afterwards must be a multiple of 5, from 0 to 120',
    ),
    price: read.line('price', 'Price', 40),
    preparation: lines(typed.preparation),
    isOnline: read.ticked('online'),
    forNew: read.ticked('for_new'),
    forExisting: read.ticked('for_existing'),
  }
  const { problems } = read
  if (facts.preparation.length > 500) problems.preparation = 'What to bring must be 500 characters or fewer'
  if (hasHiddenInLines(facts.preparation))
    problems.preparation = 'What to bring has characters that cannot be seen. Type it again'
  if (!facts.forNew && !facts.forExisting) problems.for_new = 'Select who it is for: new patients, others, or both'
  return { facts, problems }
}

/** As the form shows it. */
export const typedType = (type: TypedFacts): Typed => ({
  name: type.name,
  minutes: String(type.minutes),
  buffer: String(type.bufferMinutes),
  price: type.price,
  preparation: type.preparation,
  online: type.isOnline ? 'on' : '',
  for_new: type.forNew ? 'on' : '',
  for_existing: type.forExisting ? 'on' : '',
})

/** A new form: most types are for everybody and booked online. */
export const usualType: Typed = { minutes: '30', buffer: '0', online: 'on', for_new: 'on', for_existing: 'on' }

/** What differs between the saved one and what was typed, as both are read on the page. */
export function changedType(saved: TypedFacts, yours: TypedFacts) {
  const [now, typed] = [typedType(saved), typedType(yours)]
  const shown = (value: string | undefined) => (value === 'on' ? 'Yes' : (value ?? ''))
  return (Object.keys(typeLabels) as (keyof typeof typeLabels)[])
    .filter((field) => now[field] !== typed[field])
    .map((field) => ({ field, label: typeLabels[field], now: shown(now[field]), typed: shown(typed[field]) }))
}

/** "30 minutes and 10 afterwards, £48" */
export function typeInWords({ minutes, bufferMinutes, price }: AppointmentType): string {
  const length = `${minutes} minutes${bufferMinutes > 0 ? ` and ${bufferMinutes} afterwards` : ''}`
  return price ? `${length}, ${price}` : length
}

/** Whom it is for, and where it is booked. */
export function bookedBy({ isOnline, forNew, forExisting }: AppointmentType): string {
  const whom =
    forNew && forExisting ? 'all patients' : forNew ? 'new patients only' : 'patients who have been here before'
  return isOnline ? `Online, for ${whom}` : `By staff only, for ${whom}`
}
