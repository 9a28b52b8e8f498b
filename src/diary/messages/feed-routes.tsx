/** `/:clinic/calendar/:file`: a practitioner's diary for their own calendar, by a secret address that they can end. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { publicOrigin } from '../../environment.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { forgetSecret, keepSecret, keptSecret } from '../../front-door/sessions/own-secret.ts'
import { database } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { isHeld } from '../../web/held.ts'
import { show } from '../../web/page.tsx'
import { hashToken, newToken } from '../../web/random.ts'
import { NotFound } from '../../web/trouble.ts'
import { setFeed } from '../time/practitioner-store.ts'
import { feedOf } from './feed.ts'
import { feedRows, ownFeed } from './feed-store.ts'
import { FeedPage } from './feed-views.tsx'
import { calendarType } from './ical.ts'

/** Open to whoever has the address: a calendar cannot log on. */
export const calendarRoutes = new Hono<App>().get('/calendar/:file', async (c) => {
  const token = /^([\w-]{43})\.ics$/.exec(c.req.param('file'))?.[1]
  const { clinic, now } = c.var
  const rows = token ? await feedRows(database(c.env), clinic.id, hashToken(token), now) : []
  if (rows.length === 0) throw new NotFound()
  const mark = `"${hashToken(JSON.stringify([clinic.name, rows])).slice(0, 32)}"`
  c.header('ETag', mark)
  if (isHeld(c.req.header('If-None-Match'), mark)) return c.body(null, 304)
  c.header('Content-Type', calendarType)
  c.header('Content-Disposition', 'attachment; filename="diary.ics"')
  return c.body(feedOf(rows, clinic, new URL(publicOrigin(c.env)).host, now))
})

const mayUse = staffMay('use the diary')
const shownFor = 5 * 60 // seconds

export const feedRoutes = new Hono<App>()
  .get('/calendar-feed', mayUse, async (c) => {
    const feed = await load(c)
    const made = await keptSecret<{ token: string }>(c, 'feed')
    if (made) forgetSecret(c, 'feed')
    const isOurs = made !== null && hashToken(made.token) === feed.feedHash
    const address = isOurs ? `${publicOrigin(c.env)}${c.var.frame.base}/calendar/${made.token}.ics` : null
    const props = { base: c.var.frame.base, isOn: feed.feedHash !== null, showsNames: feed.showsNames, address }
    return show(c, {
      title: 'My calendar feed',
      children: <FeedPage {...props} done={c.req.query('done')} />,
    })
  })
  .post('/calendar-feed', mayUse, async (c) => {
    const showsNames = (await readForm(c.req.raw)).ticked('shows_names')
    await load(c)
    const token = newToken()
    await change(c, { feedHash: hashToken(token), feedShowsNames: showsNames }, 'on')
    await keepSecret(c, 'feed', { token }, shownFor)
    return c.redirect(`${c.var.frame.base}/calendar-feed`, 303)
  })
  .post('/calendar-feed/ending', mayUse, async (c) => {
    const { feedHash } = await load(c)
    if (feedHash) await change(c, { feedHash: null, feedShowsNames: false }, 'off')
    return c.redirect(`${c.var.frame.base}/calendar-feed?done=ended`, 303)
  })

/** @throws NotFound for whoever sees no patients */
async function load(c: Ask) {
  const { visit } = c.var
  const [[feed]] = await visit.read(ownFeed(visit.db, visit.clinicId, visit.claim.staffId ?? ''))
  if (!feed) throw new NotFound()
  return feed
}

async function change(c: Ask, feed: Parameters<typeof setFeed>[2], to: 'on' | 'off'): Promise<void> {
  const { visit, now } = c.var
  const { db, clinicId, staffId } = visit
  const entry = { clinicId, act: 'practitioner-feed-changed', at: now, byStaff: staffId, ofStaff: staffId } as const
  await visit.write([
    ...setFeed(db, { clinicId, staffId }, feed),
    auditEntry(db, { ...entry, detail: { feed: to, names: feed.feedShowsNames } }),
  ])
}
