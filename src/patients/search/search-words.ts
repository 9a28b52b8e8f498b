/** How names, phones and addresses are compared: without accents, capitals, hyphens and apostrophes; and by which words a record is found. */

/** Letters that Unicode does not take apart into a plain one and a mark. */
const plainLetters: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ĸ: 'k',
}

/** "  Zoë  Łęcka " becomes "zoe lecka". */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD') // İ becomes an i with a mark of its own only now
    .replace(/[\p{Mn}\p{Cc}\p{Cf}]/gu, '')
    .replace(/[łøßæœđðþħŧŋıĸ]/g, (letter) => plainLetters[letter]!)
    .replace(/\s+/g, ' ')
    .trim()

/** Names as words: "O’Brien-Łęcki, J." becomes "obrien lecki j". Other signs stay, and mean only themselves. */
export const foldedWords = (text: string): string =>
  folded(text)
    .replace(/['’‘ʼ`´]/g, '')
    .replace(/[\s,.;:()/\\\u2010-\u2015-]+/g, ' ')
    .trim()

/** The figures of a phone number as dialled inside the country: "+44 (0)1632 960-001" and "01632 960001" are one. */
export const phoneFigures = (phone: string): string =>
  phone
    .trim()
    .replace(/^(\+|00)\s*44\s*(\(0\))?/, '0')
    .replace(/\D/g, '')

interface Findable {
  firstName: string
  lastName: string
  preferredName: string
  dateOfBirth?: string | null
  phone: string
  mobile: string
  email: string
  postcode: string
}

/**
 * Every word whose beginning finds the record: of its names, its date of birth, its phone numbers, its email address and
 * its postcode.
 * The database keeps each in an index (patient_word), so a part inside a word is found only where it is listed here.
 */
export function wordsToFindBy(of: Findable): string[] {
  const words = [
    ...nameWords(`${of.firstName} ${of.lastName} ${of.preferredName}`),
    of.dateOfBirth ?? '',
    ...[of.phone, of.mobile].flatMap((phone) => endsOf(phoneFigures(phone), leastFigures)),
    ...emailWords(folded(of.email)),
    postcodeWord(of.postcode),
  ]
  return [...new Set(words)].filter(Boolean)
}

const leastFigures = 3 // the last figures of a phone number by which it is found
const mostEnds = 15 // of one word: no phone number is longer (E.164)

/** "O’Brien" is found as "obrien" and as "brien", "علی‌رضا" without its joiner and as "رضا"; names that are written without spaces from each letter on. */
function nameWords(names: string): string[] {
  const parts = foldedWords(names.replace(/['’‘ʼ`´\u200c]/g, ' ')).split(' ')
  const words = [...foldedWords(names).split(' '), ...parts.filter((part) => part.length > 1)]
  return words.flatMap((word) => (hasNoSpaces.test(word) ? endsOf(word, 1) : [word]))
}

const hasNoSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** "01632" becomes "01632", "1632", "632": a part in the middle is the beginning of an end. */
function endsOf(word: string, shortest: number): string[] {
  const letters = [...word]
  const ends = letters.slice(0, mostEnds).map((_letter, from) => letters.slice(from))
  return ends.filter((end, from) => from === 0 || end.length >= shortest).map((end) => end.join(''))
}

/** The whole address, what comes after its @, and the words of both. */
function emailWords(email: string): string[] {
  const at = email.indexOf('@')
  if (at < 0) return []
  return [email, email.slice(at), ...foldedWords(email.replace('@', ' ')).split(/[ _+]/)]
}

/** Before a postcode, so that letters alone never mean one: "ha" is the beginning of Hall, in Harrow (HA1) too. */
const postcodeMark = '#'

/** "SW1A 1AA" becomes "#sw1a1aa"; what begins with a figure (elsewhere in the world) needs no mark. */
function postcodeWord(postcode: string): string {
  const word = foldedWords(postcode).replaceAll(' ', '')
  return /^(\d|$)/.test(word) ? word : postcodeMark + word
}

/** What a word that was typed may begin: one of the record; letters with a figure behind them, the postcode as well. */
export const beginningsMeant = (typed: string): string[] =>
  /^[a-z]+\d[a-z\d]*$/.test(typed) ? [typed, postcodeMark + typed] : [typed]
