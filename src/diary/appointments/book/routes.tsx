/** Staff book for a patient: from a gap of the diary, from a record, or from nothing. Any free time; others with a tick. */
import { Hono } from 'hono'
import type { App, Ask } from '../../../ask.ts'
import { staffMay } from '../../../front-door/sessions/guard.ts'
import { Forbidden } from '../../../front-door/sessions/visit.ts'
import { readForm } from '../../../web/form.ts'
import { type Asked, keptOf, readAsked, stepOf, timeProblem } from './asked.ts'
import { bookFrom } from './booking.tsx'
import { findPatients, mayAdd, type Sent, showCheck, showWhen, showWho } from './pages.tsx'
import { readFresh } from './reading.ts'
import { FoundPatients } from './who-views.tsx'

const mayBook = staffMay('book appointments')
type Timed = Asked & { startAt: number }

export const staffBookRoutes = new Hono<App>()
  .get('/diary/book', mayBook, async (c) => {
    const asked = readAsked(c.req.query(), c.var.clinic.timezone)
    const step = stepOf(asked)
    if (step === 'who') return showWho(c, asked as Timed)
    const fresh = await readFresh(c, asked)
    if (step === 'when') return showWhen(c, fresh, asked)
    allowNew(c, asked)
    return showCheck(c, fresh, asked as Timed, unreadable(asked))
  })
  .get('/diary/book/patients', mayBook, async (c) => {
    const { timezone } = c.var.clinic
    const asked = readAsked(c.req.query(), timezone)
    const found = await findPatients(c, asked)
    if (c.req.header('HX-Request') === 'true') return c.html(<FoundPatients {...found} />)
    const query = new URLSearchParams({ ...keptOf(asked, timezone), q: found.q })
    return c.redirect(`${found.base}/diary/book?${query}`, 303)
  })
  .post('/diary/book', mayBook, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    return bookFrom(c, typed)
  })

/** Who may not add patients books for those who have a record. */
function allowNew(c: Ask, { isNew }: Asked): void {
  if (isNew && !mayAdd(c)) throw new Forbidden()
}

const unreadable = ({ unreadable }: Asked): Sent | undefined =>
  unreadable === undefined
    ? undefined
    : { typed: { time: unreadable }, problems: { time: timeProblem(unreadable) }, alike: [] }
