/** The form by which staff let somebody act for a patient, as it is typed, and what is wrong with it. */
import { Reading } from '../diary/time/reading.ts'
import type { ActingGrant } from '../schema.ts'
import { plainDateInWords } from '../web/dates.ts'
import type { Problems } from '../web/form.ts'
import { type Relation, relations, suggestions, untilVerdict, usual } from './grant.ts'

type Typed = Record<string, string>

/** Of whom: what the rules ask about them. */
export interface Subject {
  /** 'YYYY-MM-DD' */
  dateOfBirth: string | null
  today: string
  /** Staff who may be named as the one who approved it. */
  staffIds: string[]
}

export interface Terms {
  relation: Relation
  approvedBy: string
  /** 'YYYY-MM-DD' */
  approvedOn: string
  ending: 'ends' | 'review'
  /** 'YYYY-MM-DD' */
  on: string
}

/** What stands in the form before anything is typed. */
export const firstTyped = ({ dateOfBirth, today }: Subject, staffId: string, before?: ActingGrant): Typed => ({
  ...(before && { relation: before.relation }),
  approved_by: staffId,
  approved_on: today,
  ...usual(dateOfBirth, today),
})

export function readTerms(typed: Typed, of: Subject): { terms: Terms | null; problems: Problems } {
  const read = new Reading(typed)
  const { problems } = read
  const relation = relations.find((each) => each === typed.relation)
  if (!relation) problems.relation = 'Choose what they are to each other'
  const approvedBy = of.staffIds.find((id) => id === typed.approved_by)
  if (!approvedBy) problems.approved_by = 'Choose who approved it'
  const approvedOn = read.date('approved_on', 'The date of the approval', 'Enter the date on which it was approved')
  if (approvedOn !== null && approvedOn > of.today) problems.approved_on = 'It cannot have been approved in the future'
  const ending = (['ends', 'review'] as const).find((each) => each === typed.ending)
  if (!ending) problems.ending = 'Choose whether it ends by itself, or staff look at it again'
  const on = readOn(read, typed, of)
  if (!relation || !approvedBy || !approvedOn || !ending || !on || Object.keys(problems).length > 0) {
    return { terms: null, problems }
  }
  return { terms: { relation, approvedBy, approvedOn, ending, on }, problems }
}

/** A date that is offered, or another one. */
function readOn(read: Reading, typed: Typed, of: Subject): string | null {
  const offered = suggestions(of.dateOfBirth, of.today).find(({ code }) => code === typed.on)
  if (offered) return offered.date
  if (typed.on !== 'other') {
    read.problems.on = 'Choose on which date'
    return null
  }
  const date = read.date('other_date', 'The other date', 'Enter the other date')
  const verdict = date === null ? { ok: true as const } : untilVerdict(date, of.dateOfBirth, of.today)
  if (!verdict.ok) read.problems.other_date = untilProblem(verdict.because, of)
  return date
}

function untilProblem(because: 'past' | 'after-sixteen', { dateOfBirth, today }: Subject): string {
  if (because === 'past') return 'The other date must be in the future'
  const sixteen = suggestions(dateOfBirth, today).find(({ code }) => code === 'sixteen')
  return `The other date must not be after the 16th birthday, ${plainDateInWords(sixteen!.date)}: from then on they decide for themselves`
}
