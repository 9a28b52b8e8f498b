/** How names, phones and addresses are compared: without accents, capitals, hyphens and apostrophes. */

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
