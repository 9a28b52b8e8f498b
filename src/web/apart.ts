/** Names among other words: those that are written from right to left change the place of what stands beside them. */

/** The name between isolates (Unicode UAX #9) where it has such letters; every other name as it is. */
export const apart = (name: string): string => (rightToLeft.test(name) ? `\u2068${name}\u2069` : name)

/** Hebrew, Arabic, Syriac, Thaana, N’Ko and their presentation forms; the scripts beyond U+10800 too. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
