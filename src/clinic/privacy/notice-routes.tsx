/** `/:clinic/privacy` and `/:clinic/privacy/:version`: how the clinic uses what it is told, at an address that stays. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { database } from '../../web/database.ts'
import { dateInWords } from '../../web/dates.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { NoticePage } from './notice.tsx'
import { standardNotice } from './notice-text.ts'
import { noticeByVersion } from './privacy-store.ts'

export const noticeRoutes = new Hono<App>()
  .get('/privacy', (c) => showNotice(c, c.var.clinic.privacyNoticeVersion))
  .get('/privacy/:version{[1-9][0-9]*}', (c) => showNotice(c, Number(c.req.param('version'))))

/** A version that was just published is there, although this isolate may not have heard of it yet. */
async function showNotice(c: Ask, version: number) {
  const { clinic, frame } = c.var
  const notice = version === 1 ? null : await load(c, version)
  const current = Math.max(version, clinic.privacyNoticeVersion)
  return show(c, {
    title: version === current ? 'How we use your information' : `How we use your information, version ${version}`,
    children: (
      <NoticePage
        base={frame.base}
        clinic={clinic}
        body={notice?.body ?? standardNotice(clinic)}
        version={version}
        current={current}
        since={notice ? dateInWords(notice.publishedAt, clinic.timezone) : undefined}
      />
    ),
  })
}

async function load(c: Ask, version: number) {
  const [notice] = await noticeByVersion(database(c.env), c.var.clinic.id, version)
  if (!notice) throw new NotFound()
  return notice
}
