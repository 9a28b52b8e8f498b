/** What somebody typed into the patient search, taken apart: words, phone figures, a date of birth. */
import { monthNumber, realDate } from '../../registration/birth-date.ts'
import { folded, foldedWords, phoneFigures } from './search-words.ts'

/** A patient matches when every term does. */
export type Term =
  /** Begins a word of the names, the email address or the phone figures; or the postcode. */
  | { text: string }
  /** One of these, a date of birth or a postcode; or, where it could be something else too, all of these words. */
  | { whole: string[]; orTexts: string[] }

export type Search =
  /** Nothing typed: everybody. */
  { kind: 'everybody' } | { kind: 'too-short' } | { kind: 'terms'; terms: Term[] }

const longest = 254 // characters: an email address
const mostTerms = 12

export function searchOf(typed: string): Search {
  const text = withoutTitles(folded(typed.slice(0, longest)))
  if (text === '') return { kind: 'everybody' }
  const { born, rest } = takeDate(text)
  const terms = [...(born ? [born] : []), ...textsOf(rest)]
  return isEnough(text, terms) ? { kind: 'terms', terms: terms.slice(0, mostTerms) } : { kind: 'too-short' }
}

/** "Mrs Hall" is looked for as "hall": how somebody is addressed is no part of their name. Alone it may be the beginning of one. */
function withoutTitles(text: string): string {
  const words = text.split(' ')
  const others = words.filter((word) => !titles.test(word))
  return others.some((word) => /[\p{L}\p{N}]/u.test(word)) ? others.join(' ') : text
}

const titles = /^(mr|mrs|ms|miss|mx|dr|prof)[.,]?$/

/** Two letters or figures in all; one is enough where one is a whole name (李). */
function isEnough(text: string, terms: Term[]): boolean {
  if (terms.length === 0) return false
  return [...text.replace(/\s/g, '')].length >= 2 || /\p{Script=Han}/u.test(text)
}

function textsOf(text: string): Term[] {
  const words = text.replace(/(^|\s)(\+|00)\s*44\s*(\(0\)\s*)?(?=\d)/g, '$10').split(' ')
  const texts = words.flatMap(textsOfWord).filter(Boolean).join(' ').replace(spacedPostcode, '$1$2')
  return [...texts.matchAll(perhapsPostcode)].map(({ 0: all, 1: first, 2: second }) =>
    first && second ? { whole: [first + second], orTexts: [first, second] } : { text: all },
  )
}

/** "sw1a 1aa", or as much of it as is typed already ("sw1a 1"): the second part has a figure, and a letter when it is longer. */
const spacedPostcode = /(?<!\S)([a-z]{1,2}\d[a-z\d]?) (\d|(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{2,4})(?!\S)/g

/**
 * A word; or two that may be a postcode with its space: "1012 ab", which could be a year and the beginning of a name;
 * "12345 6789", a phone number; "d02 af" on the way to "d02 af30", a district and a name.
 */
const perhapsPostcode = /(\d{4}(?= [a-z])|\d{2,5}(?= \d)|[a-z]\d[a-z\d]) (\d{1,4}|[a-z]{1,2})(?!\S)|\S+/g

function textsOfWord(word: string): string[] {
  if (word.includes('@')) return [word]
  if (/^\+?[\d()./-]+$/.test(word)) return [phoneFigures(word)]
  return foldedWords(word).split(/[ _+]/)
}

/** The ways to type a date of birth: how it looks, and where its parts are. */
const dateShapes = [
  { shape: /(?<!\S)(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\S)/, isSure: true },
  { shape: /(?<!\S)(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4}|\d{2})(?!\S)/, isSure: true },
  {
    shape: /(?<!\S)(?<day>\d{1,2})(?:st|nd|rd|th)?[\s./-]+(?<month>[a-z]{3,9})[\s.,/-]+(?<year>\d{4})(?!\S)/,
    isSure: true,
  },
  { shape: /(?<!\S)(?<day>\d{1,2}) (?<month>\d{1,2}) (?<year>\d{4})(?!\S)/, isSure: false },
]

function takeDate(text: string): { born?: Term; rest: string } {
  for (const { shape, isSure } of dateShapes) {
    const match = shape.exec(text)
    const born = match ? datesOf(match.groups!) : []
    if (match && born.length > 0) {
      const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.trim()
      return { born: { whole: born, orTexts: isSure ? [] : match[0].split(' ') }, rest }
    }
  }
  return { rest: text }
}

/** As 'YYYY-MM-DD'. A year of two figures may be of this century or the last. */
function datesOf({ day, month, year }: Record<string, string>): string[] {
  const years = year!.length === 2 ? [`19${year}`, `20${year}`] : [year!]
  return years.map((full) => realDate(Number(full), monthNumber(month!), Number(day))).filter((date) => date !== null)
}
