/** `/:clinic/audit/check`: whether the audit is still what was written, a stretch at a time, however long it is. */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { show } from '../web/page.tsx'
import { CheckPage } from './check-views.tsx'
import { checkpointOf } from './checkpoint-store.ts'
import { hashesBy, mostRows, mostSeals, newestSeal, rowsAfterSeal, sealNumbered, sealsAfter } from './seal-store.ts'
import { type Verdict, verdictOn, verdictOnCheckpoint } from './seal-verdict.ts'

export const checkRoutes = new Hono<App>().get('/audit/check', staffMay('read the audit'), async (c) => {
  const { visit, frame, clinic } = c.var
  const { db, clinicId } = visit
  const after = numberIn(c, 'after')
  const checkpoint = await checkpointOf(c.env, clinicId)
  const [[older], seals, rows, [newest], [copied]] = await visit.read(
    sealNumbered(db, clinicId, after),
    sealsAfter(db, clinicId, after),
    rowsAfterSeal(db, clinicId, after),
    newestSeal(db, clinicId),
    sealNumbered(db, clinicId, checkpoint?.n ?? 0),
  )
  const isLast = rows.length <= mostRows && seals.length <= mostSeals
  const stretch = { older, seals: seals.slice(0, mostSeals), rows: rows.slice(0, mostRows), isLast }
  const verdict: Verdict = verdictOnCheckpoint(checkpoint, copied) ?? (await verdictOn(stretch, await hashesBy(c.env)))
  const checked = numberIn(c, 'checked') + (verdict.ok ? verdict.rows : 0)
  const props = { base: frame.base, timezone: clinic.timezone, verdict, checked, newest, checkpoint }
  return show(c, {
    title: 'Check the audit',
    children: <CheckPage {...props} />,
  })
})

const numberIn = (c: Ask, name: string): number => Number(/^\d{1,12}$/.exec(c.req.query(name) ?? '')?.[0] ?? 0)
