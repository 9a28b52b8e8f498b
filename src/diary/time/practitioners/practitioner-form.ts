/** What the manager decides of a practitioner besides their hours. */
import type { Problems } from '../../../web/form.ts'
import type { PractitionerFacts } from '../practitioner-store.ts'
import { Reading } from '../reading.ts'

type Typed = Record<string, string>
type TypedFacts = Required<Pick<PractitionerFacts, 'designation' | 'mayChangeOwnHours'>>

export function readPractitioner(typed: Typed): { facts: TypedFacts; problems: Problems } {
  const read = new Reading(typed)
  const facts = {
    designation: read.name('designation', 'Designation', 80),
    mayChangeOwnHours: read.ticked('own_hours'),
  }
  return { facts, problems: read.problems }
}

export const typedPractitioner = (facts: TypedFacts): Typed => ({
  designation: facts.designation,
  own_hours: facts.mayChangeOwnHours ? 'on' : '',
})
