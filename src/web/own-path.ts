/** Where somebody wanted to go, if it is a place of this clinic: an open redirect is a phisher's tool (ASVS 3.7.2). */

/** Characters: no page of ours has a longer address. */
export const longestPath = 500

/**
 * The path when it is a plain path of this clinic, else null.
 * @param base '/riverside': the path must lie under it
 */
export function ownPath(wanted: string, base: string): string | null {
  const isPlain =
    /^\/[a-z0-9-]+(\/[A-Za-z0-9_-]+)*(\?[A-Za-z0-9_=&+.%-]*)?$/.test(wanted) && wanted.length <= longestPath
  return isPlain && wanted.startsWith(`${base}/`) ? wanted : null
}
