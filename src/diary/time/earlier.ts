/** A place earlier in a list. */

/** The ids in their new order; null where it is the first already, or not there. */
export function earlier(things: { id: string }[], id: string): string[] | null {
  const ids = things.map((thing) => thing.id)
  const at = ids.indexOf(id)
  if (at < 1) return null
  return ids.with(at - 1, id).with(at, ids[at - 1]!)
}
