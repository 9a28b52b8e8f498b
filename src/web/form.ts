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
