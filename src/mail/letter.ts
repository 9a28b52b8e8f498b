/** A mail as a pure value. */
export interface Letter {
  subject: string
  text: string
  html: string
}

export interface LetterParts {
  clinic: { name: string; phone: string }
  subject: string
  /** Plain sentences; escaped in the html. */
  paragraphs: string[]
  /** The one thing to do; stands after the paragraphs. */
  action?: { label: string; href: string }
  /** Facts to read off: address of the page, logon name, temporary password. */
  facts?: { term: string; value: string }[]
  /** What stands after the action: how long it works, what to do if it was not you. */
  after?: string[]
}

export const letter = (_parts: LetterParts): Letter => {
  throw new Error('not yet')
}
