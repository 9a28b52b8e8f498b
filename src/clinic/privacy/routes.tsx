/** `/settings/privacy`: the versions of the notice, the draft of the next one, and its publication. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import type { Clinic } from '../../schema.ts'
import { onlyIfChanged } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { isOutdated, openedWith } from '../../web/opened-with.ts'
import { show } from '../../web/page.tsx'
import { clinicById, forgetClinic } from '../clinic-store.ts'
import { readNotice, standardNotice } from './notice-text.ts'
import {
  type Draft,
  draftOf,
  newestNotice,
  type Published,
  publishedNotices,
  publishNotice,
  removeDraft,
  saveDraft,
} from './privacy-store.ts'
import { DraftPage, NoticePreview, PrivacyPage, PublicationPage } from './views.tsx'

const maySet = staffMay('change settings')

export const privacyRoutes = new Hono<App>()
  .get('/settings/privacy', maySet, async (c) => {
    const { clinic, draft, published } = await load(c)
    const props = { base: c.var.frame.base, now: c.var.now, clinic, draft, published, done: c.req.query('done') }
    return show(c, { title: 'Privacy notice', children: <PrivacyPage {...props} /> })
  })
  .get('/settings/privacy/draft', maySet, async (c) => showDraft(c, await load(c)))
  .post('/settings/privacy/draft/preview', maySet, async (c) => {
    const body = (await readForm(c.req.raw)).text('body')
    await c.var.visit.read()
    if (c.req.header('HX-Request') !== 'true') return toPrivacy(c, '/draft')
    return c.html(<NoticePreview body={readNotice(body).body} isDraft />)
  })
  .post('/settings/privacy/draft', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const { body, problem } = readNotice(typed.body ?? '')
    const before = await load(c)
    const goOn = typed.go === 'publish' ? '/publication' : '/draft?saved=yes'
    if (problem) return showDraft(c, before, { typed: typed.body ?? '', problems: { body: problem } })
    if (body === before.draft?.body) return toPrivacy(c, goOn)
    if (isOutdated(typed, markOf(before.draft))) return showDraft(c, before, { typed: body, isLate: true })
    const { db, clinicId, staffId } = c.var.visit
    const save = saveDraft(db, clinicId, before.draft, { body, by: staffId }, c.var.now)
    const written = await c.var.visit.write([save, onlyIfChanged(db), entryByStaff(c, 'privacy-draft-changed')])
    if (written.ok) return toPrivacy(c, goOn)
    const after = await load(c) // somebody was a moment faster; or the same form was, sent twice
    return after.draft?.body === body ? toPrivacy(c, goOn) : showDraft(c, after, { typed: body, isLate: true })
  })
  .post('/settings/privacy/draft/removal', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const { draft } = await load(c)
    if (!draft) return toPrivacy(c)
    if (isOutdated(typed, markOf(draft))) return showDraft(c, await load(c), { typed: draft.body, isLate: true })
    const { db, clinicId } = c.var.visit
    const change = removeDraft(db, clinicId, draft)
    await c.var.visit.write([
      change,
      onlyIfChanged(db),
      entryByStaff(c, 'privacy-draft-changed', { detail: { removed: true } }),
    ])
    return toPrivacy(c)
  })
  .get('/settings/privacy/publication', maySet, async (c) => showPublication(c, await load(c)))
  .post('/settings/privacy/publication', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const before = await load(c)
    const { clinic, draft } = before
    if (!draft) return toPrivacy(c) // somebody published or removed it: the page says what is in force
    if (isOutdated(typed, markOf(draft))) return showPublication(c, before, true)
    const { db, clinicId, staffId } = c.var.visit
    const version = clinic.privacyNoticeVersion + 1
    const written = await c.var.visit.write([
      removeDraft(db, clinicId, draft),
      onlyIfChanged(db),
      ...publishNotice(db, clinicId, { version, body: draft.body, by: staffId }, c.var.now),
      onlyIfChanged(db),
      entryByStaff(c, 'privacy-notice-published', { detail: { version } }),
    ])
    if (!written.ok) return toPrivacy(c) // somebody was a moment faster: the page says what is in force
    forgetClinic(clinic.slug)
    return toPrivacy(c, '?done=published')
  })

interface Loaded {
  clinic: Clinic
  draft?: Draft
  published: Published[]
  /** The text in force. */
  body: string
}

async function load(c: Ask): Promise<Loaded> {
  const { visit } = c.var
  const { db, clinicId } = visit
  const [[clinic], [draft], published, [notice]] = await visit.read(
    clinicById(db, clinicId),
    draftOf(db, clinicId),
    publishedNotices(db, clinicId),
    newestNotice(db, clinicId),
  )
  return { clinic: clinic!, draft, published, body: notice?.body ?? standardNotice(clinic!) }
}

const markOf = (draft: Draft | undefined): string => openedWith(draft?.body ?? null)

const toPrivacy = (c: Ask, rest = '') => c.redirect(`${c.var.frame.base}/settings/privacy${rest}`, 303)

interface Sent {
  typed: string
  problems?: Problems
  /** Somebody else's draft came first: this one was not saved. */
  isLate?: boolean
}

function showDraft(c: Ask, { clinic, draft, body }: Loaded, sent?: Sent) {
  const { now, frame } = c.var
  const { typed = draft?.body ?? body, problems = {}, isLate = false } = sent ?? {}
  const props = { base: frame.base, now, clinic, draft, typed, problems, isLate, openedWith: markOf(draft) }
  return show(c, {
    title: isLate ? 'Somebody else changed the draft' : 'Write the next version',
    problems,
    status: isLate ? 409 : undefined,
    island: true,
    children: <DraftPage {...props} saved={c.req.query('saved') === 'yes'} />,
  })
}

function showPublication(c: Ask, { clinic, draft }: Loaded, isLate = false) {
  if (!draft) return toPrivacy(c)
  const props = { base: c.var.frame.base, clinic, draft, isLate, openedWith: markOf(draft) }
  return show(c, {
    title: isLate ? 'Somebody else changed the draft' : `Publish version ${clinic.privacyNoticeVersion + 1}?`,
    status: isLate ? 409 : undefined,
    children: <PublicationPage {...props} />,
  })
}
