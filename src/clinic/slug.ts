/** The part of an address that names a clinic: /riverside. */

/** What it may look like; the table's CHECK says the same. */
export const isSlug = (text: string): boolean => /^[a-z0-9-]{2,40}$/.test(text)

/** From a poster or over the phone comes "Riverside". */
export const isTypedInCapitals = (text: string): boolean => text !== text.toLowerCase() && isSlug(text.toLowerCase())
