/** Text as people type and paste it: what is put right silently, and what must be typed again. */

/** Spaces around it go and runs of them become one; a line break stays, to be refused. */
export const oneLine = (text = ''): string =>
  text
    .normalize('NFC')
    .trim()
    .replace(/[^\S\r\n\t]+/g, ' ')

/**
 * Browsers send a line break as CR and LF. What is pasted from a message or a website brings marks that nobody sees and
 * nobody could find to take away: they go. What turns text around stays, to be refused.
 */
export const lines = (text = ''): string =>
  text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(unseenMarks, '').trim()

const unseenMarks = /[\u00ad\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]/g

/** Control characters (line breaks too), zero-width and bidirectional marks: never part of a name or an address. */
export const hasHiddenCharacters = (text: string): boolean =>
  /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u.test(text)

/** In text, joiners are part of what was meant (in emoji, in Persian), and so are line breaks where there may be some. */
export const hasHiddenInLine = (text: string): boolean => hasHiddenCharacters(text.replace(/[\u200c\u200d]/g, ''))
export const hasHiddenInLines = (text: string): boolean => hasHiddenInLine(text.replaceAll('\n', ''))

/** In names, joiners are part of how a letter is written: in Persian between two, in Malayalam after the last (RFC 5892 A.1). */
export const hasHiddenInName = (name: string): boolean => hasHiddenCharacters(name.replace(joinersOfLetters, ''))

const joinersOfLetters =
  /(?<=\p{L}\p{M}*)[\u200c\u200d](?=\p{M}*\p{L})|(?<=\p{L}\p{M}*[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])\u200d/gu

/** What is wrong with a name that somebody or something must have. @param longest characters */
export function nameProblem(name: string, longest: number): string | undefined {
  if (name === '') return 'Enter a name'
  if (name.length > longest) return `Name must be ${longest} characters or fewer`
  return hasHiddenInName(name) ? 'Name has characters that cannot be seen. Type it again' : undefined
}
