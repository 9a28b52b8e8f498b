/** Reading what a form sent. A field is one piece of text; what the page did not ask for is not looked at. */
import { BadForm } from './trouble.ts'

export interface Form {
  /** The field without spaces around it; '' when it was not sent. */
  text(name: string): string
  /** The field exactly as sent: for passwords, where a space counts. */
  exact(name: string): string
  /** Whether a tick box was ticked. */
  ticked(name: string): boolean
  /** Exactly what was typed, to fill the form in again. */
  typed(): Record<string, string>
}

/** What is wrong with a form: the field's name and the sentence to show, in the order of the page. */
export type Problems = Record<string, string>

/** @throws BadForm 415 when the body is no form, 400 when a field comes twice or is a file */
export async function readForm(request: Request): Promise<Form> {
  const kind = request.headers.get('content-type') ?? ''
  if (kind === '') return formOf(new Map()) // a button without fields; what has no kind is not read
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(kind)) {
    throw new BadForm(415, 'This address takes a form')
  }
  return formOf(fieldsOf(await sentBy(request)))
}

/** A form with one file. The picture is empty when none was chosen. @throws BadForm as `readForm` */
export async function readPicture(
  request: Request,
  name: string,
): Promise<{ picture: Uint8Array; typed: Record<string, string> }> {
  const kind = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(kind)) throw new BadForm(415, 'This address takes a form with a file')
  const sent = await sentBy(request)
  const file = sent.get(name)
  sent.delete(name)
  const picture = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
  return { picture, typed: Object.fromEntries(fieldsOf(sent)) }
}

const sentBy = (request: Request): Promise<FormData> =>
  request.formData().catch(() => {
    throw new BadForm(400, 'The form could not be read') // cut off or malformed: the sender's trouble, not ours
  })

function fieldsOf(sent: FormData): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of sent.entries()) {
    if (typeof value !== 'string') throw new BadForm(400, 'This form takes no files')
    if (fields.has(name)) throw new BadForm(400, 'A field was sent twice')
    fields.set(name, value)
  }
  return fields
}

function formOf(fields: Map<string, string>): Form {
  return {
    text: (name) => typedIn(fields.get(name) ?? '').trim(),
    exact: (name) => fields.get(name) ?? '',
    ticked: (name) => fields.get(name) === 'on',
    typed: () => Object.fromEntries([...fields].map(([name, value]) => [name, typedIn(value)])),
  }
}

/** A name that was copied from a page comes with what kept it apart there (web/apart.ts): nobody typed that. */
const typedIn = (value: string): string => value.replace(/[\u2068\u2069]/g, '')

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
