/**
 * The privacy notice as plain text with two rules: a line that begins with # is a heading, a line that begins with - is a
 * point of a list. Everything else is a paragraph; an empty line ends it. There is no HTML and there are no links.
 */
import { hasHiddenInLines, lines } from '../../web/typed-text.ts'

type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; points: string[] }

export const longestNotice = 12_000 // characters; the table's CHECK says the same

export function blocksOf(body: string): Block[] {
  const blocks: Block[] = []
  let isOpen = false // the block before may go on
  for (const line of body.split('\n').map((text) => text.trim())) {
    const last = isOpen ? blocks.at(-1) : undefined
    const next = blockOf(line)
    isOpen = next !== null && next.kind !== 'heading'
    if (!next) continue
    if (next.kind === 'list' && last?.kind === 'list') last.points.push(...next.points)
    else if (next.kind === 'paragraph' && last?.kind === 'paragraph') last.text += `\n${next.text}`
    else blocks.push(next)
  }
  return blocks
}

/** What one line is on its own; null: an empty one. */
function blockOf(line: string): Block | null {
  const [, sign = '', text = ''] = /^(#+|-)\s*(.*)$/.exec(line) ?? []
  if (sign.startsWith('#') && text !== '') return { kind: 'heading', text }
  if (sign === '-' && text !== '') return { kind: 'list', points: [text] }
  return line === '' || sign !== '' ? null : { kind: 'paragraph', text: line }
}

export function readNotice(typed: string): { body: string; problem?: string } {
  const body = lines(typed)
  if (blocksOf(body).every(({ kind }) => kind === 'heading')) return { body, problem: 'Enter the text of the notice' }
  if (body.length > longestNotice)
    return { body, problem: `The notice must be ${longestNotice} characters or fewer. It has ${body.length}` }
  if (hasHiddenInLines(body)) return { body, problem: 'There are characters that cannot be seen. Type the text again' }
  return { body }
}

/** Version 1: what we propose, with the clinic's own name and number. */
export const standardNotice = ({ name, phone }: { name: string; phone: string }): string =>
  `${name} keeps what you tell us so that we can look after you. We use it for nothing else.

# What we keep

Your name, date of birth, phone number, email address and postal address, and the appointments you have with us. We keep a note of when you log on.

# Who sees it

The staff of ${name}, as far as their work needs it. The companies that run the diary’s computers and send its mails for us may not use it for anything of their own. There is no advertising and no tracking on these pages.

# How long

As long as you are our patient, and afterwards as long as the law asks of health records. If you ask to register and it comes to nothing, we delete what you sent after 30 days.

# Cookies

One cookie keeps you logged on, one remembers that you have logged on from this device, and one remembers whether you like the pages light or dark. None is shared with anybody.

# Your rights

You can ask to see what we hold, to have it put right, or to object. Call us on ${phone}. You can also complain to the Information Commissioner’s Office.`
