/** What a handler throws to end a request. Only app.tsx catches. */

/** Not there, or not this clinic's: the two are never told apart. */
export class NotFound extends Error {
  override name = 'NotFound'
}

/** A form that no browser of ours sends: wrong kind of content, a field twice, too large. */
export class BadForm extends Error {
  override name = 'BadForm'
  readonly status: 400 | 413 | 415
  constructor(status: 400 | 413 | 415, message: string) {
    super(message)
    this.status = status
  }
}

/** A POST that did not come from one of our own pages. */
export class ForeignPost extends Error {
  override name = 'ForeignPost'
}
