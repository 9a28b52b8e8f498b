/** A day of the diary, as it stands in its address. */

/** Noon UTC of a real 'YYYY-MM-DD' as an instant: for its name in words. Null when there is no such day. */
export function noonOf(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const noon = Date.parse(`${date}T12:00:00Z`)
  return !Number.isNaN(noon) && new Date(noon).toISOString().startsWith(date) ? noon : null
}
