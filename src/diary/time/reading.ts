/** What people type where the page asks for a number, a date or a line of text, and the words for what is wrong with it. */
import { realDate } from '../../registration/birth-date.ts'
import type { Problems } from '../../web/form.ts'
import { hasHiddenInLine, hasHiddenInName, oneLine } from '../../web/typed-text.ts'

type Typed = Record<string, string>

interface LineRule {
  label: string
  longest: number
  needed?: string
  hasHidden: (text: string) => boolean
}

/** A form as it is read, field by field: what is wrong is kept in the order of the reading. */
export class Reading {
  readonly problems: Problems = {}
  readonly #typed: Typed

  constructor(typed: Typed) {
    this.#typed = typed
  }

  /** @param needed the sentence when nothing was typed; none: it may stay empty */
  line = (name: string, label: string, longest: number, needed?: string): string =>
    this.#oneLine(name, { label, longest, needed, hasHidden: hasHiddenInLine })

  /** A line that somebody or something is called by. @param needed as of a line */
  name = (name: string, label: string, longest: number, needed?: string): string =>
    this.#oneLine(name, { label, longest, needed, hasHidden: hasHiddenInName })

  /** A number of these; what is none becomes the lowest, beside its sentence. */
  number(name: string, of: { from: number; to: number; step?: number }, sentence: string): number {
    const text = (this.#typed[name] ?? '').normalize('NFKC').trim().replace(',', '.')
    const number = /^\d{1,5}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN
    if (number >= of.from && number <= of.to && isMultiple(number, of.step ?? 1)) return number
    this.problems[name] = sentence
    return of.from
  }

  /** 'YYYY-MM-DD'; null beside its sentence, and where nothing was typed that is not needed. */
  date(name: string, label: string, needed?: string): string | null {
    const text = (this.#typed[name] ?? '').trim()
    const date = readDate(text)
    if (text === '' && needed) this.problems[name] = needed
    else if (text !== '' && date === null) this.problems[name] = `${label} must be a real date, like 3/12/2026`
    return date
  }

  ticked = (name: string): boolean => this.#typed[name] === 'on'
  text = (name: string): string => (this.#typed[name] ?? '').trim()

  #oneLine(name: string, of: LineRule): string {
    const text = oneLine(this.#typed[name])
    if (text === '' && of.needed) this.problems[name] = of.needed
    else if (text.length > of.longest) this.problems[name] = `${of.label} must be ${of.longest} characters or fewer`
    else if (of.hasHidden(text)) this.problems[name] = `${of.label} has characters that cannot be seen. Type it again`
    return text
  }
}

const isMultiple = (number: number, step: number): boolean => Math.abs(number / step - Math.round(number / step)) < 1e-9

/** "2026-12-03", as date fields send it, and "3/12/2026", as people type it where a browser has none. */
export function readDate(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  const [, dayTyped, monthTyped, yearTyped] = /^(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})$/.exec(text) ?? []
  return realDate(Number(year ?? yearTyped ?? 0), Number(month ?? monthTyped ?? 0), Number(day ?? dayTyped ?? 0))
}
