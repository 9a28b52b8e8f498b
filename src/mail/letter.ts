/** A mail as a pure value: a plain text and an HTML part that say the same, in the order a reader needs. */
import { encodeBase64 } from '@oslojs/encoding'
import { html } from 'hono/html'
import { apart } from '../web/apart.ts'

export interface Letter {
  subject: string
  text: string
  html: string
  attachments?: Attachment[]
}

export interface Attachment {
  filename: string
  /** With its parameters: 'text/calendar; charset=utf-8; method=CANCEL' */
  type: string
  text: string
}

/** The clinic, as a letter is signed by it. */
export interface Sender {
  name: string
  phone: string
}

interface LetterParts {
  clinic: Sender
  subject: string
  /** Plain sentences; escaped in the html. */
  paragraphs: string[]
  /** The one thing to do; stands after the paragraphs. */
  action?: { label: string; href: string }
  /** Facts to read off: address of the page, logon name, temporary password. */
  facts?: { term: string; value: string }[]
  /** What stands after the action: how long it works, what to do if it was not you. */
  after?: string[]
  attachments?: Attachment[]
}

export function letter(given: LetterParts): Letter {
  const parts = withNameApart(given)
  const { subject, attachments = [] } = parts
  return { subject, text: textOf(parts), html: htmlOf(parts), ...(attachments.length > 0 && { attachments }) }
}

/** In its sentences the clinic's name leaves what follows it in its place. */
function withNameApart(parts: LetterParts): LetterParts {
  const { name } = parts.clinic
  const kept = apart(name)
  if (kept === name) return parts
  const within = (words: string) => words.replaceAll(name, kept)
  const { subject, paragraphs, after } = parts
  return { ...parts, subject: within(subject), paragraphs: paragraphs.map(within), after: after?.map(within) }
}

/** An attachment's bytes as providers take them. */
export const asBase64 = ({ text }: Attachment): string => encodeBase64(new TextEncoder().encode(text))

const signature = ({ name, phone }: Sender) => [name, `Telephone ${phone}`]

function textOf({ clinic, paragraphs, action, facts = [], after = [] }: LetterParts): string {
  const blocks = [
    ...paragraphs,
    facts.map(({ term, value }) => `${term}: ${value}`).join('\n'),
    action ? `${action.label}:\n${action.href}` : '',
    ...after,
    signature(clinic).join('\n'),
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

/** What is longer than a phone is wide may be broken between its pieces; copied, it is whole. */
const inPieces = (words: string) =>
  words
    .split(/(\S{25,})/)
    .flatMap((part, index) => (index % 2 === 0 ? [part] : part.match(/.{1,8}/gu)!))
    .map((piece, index) => (index === 0 ? html`${piece}` : html`<wbr>${piece}`))

/** No picture, no style sheet, no tracking: it is read everywhere, and it tells nobody that it was. */
function htmlOf({ clinic, subject, paragraphs, action, facts = [], after = [] }: LetterParts): string {
  const paragraph = (words: string) => html`<p>${words}</p>`
  const [name, phone] = signature(clinic)
  const page = html`<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${subject}</title></head>
<body>
${paragraphs.map(paragraph)}
${facts.length > 0 ? html`<dl>${facts.map(({ term, value }) => html`<dt>${term}</dt><dd><strong>${inPieces(value)}</strong></dd>`)}</dl>` : ''}
${action ? html`<p><a href="${action.href}"><strong>${action.label}</strong></a></p><p>If the link does not open, copy this address into your browser:<br>${inPieces(action.href)}</p>` : ''}
${after.map(paragraph)}
<p>${name}<br>${phone}</p>
</body>
</html>`
  return String(page)
}
