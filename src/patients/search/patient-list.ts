/** The lists of patients: how long a page is, what can be asked for, and the address of a page. */
import type { Patient } from '../../schema.ts'

/** By online access; 'none' is a patient who is not registered. */
export const accessFilters = ['active', 'invited', 'inactive', 'none'] as const
/** Archived records stand in no other list. */
export const listFilters = [...accessFilters, 'archived'] as const
export type ListFilter = (typeof listFilters)[number]

export const pageLength = 25 // patients

/** What a line of the list shows. */
export type ListedPatient = Pick<
  Patient,
  'id' | 'firstName' | 'lastName' | 'preferredName' | 'dateOfBirth' | 'email' | 'mobile' | 'phone' | 'listedAs'
>

/** How many on all pages; `isMore`: that many were found before the search was cut short. */
export interface Total {
  count: number
  isMore: boolean
}

type Counted = Pick<Patient, 'listedAs'> & { patients: number }

/** How many records a list holds. @param counts one line for each list */
export function totalOf(counts: Counted[], filter: ListFilter | undefined): Total {
  const isIn = ({ listedAs }: Counted) => (filter ? listedAs === filter : listedAs !== 'archived')
  const count = counts.filter(isIn).reduce((sum, { patients }) => sum + patients, 0)
  return { count, isMore: false }
}

/** @param asked.after the id of the last patient of the page before: an address carries no name that nobody typed */
export function listAddress(base: string, asked: { q?: string; access?: string; after?: string }): string {
  const { q, access, after } = asked
  const parts = Object.entries({ q, access, after }).flatMap(([name, value]) =>
    value ? [`${name}=${encodeURIComponent(value)}`] : [],
  )
  const query = parts.join('&')
  return query ? `${base}/patients?${query}` : `${base}/patients`
}
