/** The list of patients: how long a page is, what it can be filtered by, and its address. */

/** By online access; 'none' is a patient who is not registered. */
export const accessFilters = ['active', 'invited', 'inactive', 'none'] as const
export type AccessFilter = (typeof accessFilters)[number]

export const pageLength = 25 // patients

/** @param asked.after the id of the last patient of the page before: an address carries no name that nobody typed */
export function listAddress(base: string, asked: { q?: string; access?: string; after?: string }): string {
  const { q, access, after } = asked
  const parts = Object.entries({ q, access, after }).filter((part): part is [string, string] => Boolean(part[1]))
  const query = new URLSearchParams(parts).toString()
  return query ? `${base}/patients?${query}` : `${base}/patients`
}
