/** `/:clinic/audit`: who did what, whose it was, and when; as a file; and whether it is still what was written. */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { momentInWords } from '../web/dates.ts'
import { show } from '../web/page.tsx'
import { type Asked, filterOf } from './audit-filter.ts'
import { type AuditLine, auditRows, everyStaff, mostInFile, pageLength } from './audit-reading-store.ts'
import { actInWords, detailInWords } from './audit-words.ts'
import { checkRoutes } from './check-routes.tsx'
import { csvOf } from './csv.ts'
import { AuditPage } from './views.tsx'

const mayRead = staffMay('read the audit')

export const auditRoutes = new Hono<App>()
  .get('/audit', mayRead, async (c) => {
    const { visit, clinic, frame } = c.var
    const asked = askedBy(c)
    const filter = filterOf(asked, clinic.timezone)
    const [rows, people] = await visit.read(
      auditRows(visit.db, visit.clinicId, filter, pageLength),
      everyStaff(visit.db, visit.clinicId),
    )
    const props = { base: frame.base, timezone: clinic.timezone, asked, people, isFirst: filter.before === null }
    const hasMore = rows.length > pageLength
    const children = <AuditPage {...props} rows={rows.slice(0, pageLength)} hasMore={hasMore} />
    return show(c, { title: 'Audit', children })
  })
  .get('/audit/csv', mayRead, async (c) => {
    const { visit, clinic } = c.var
    const filter = filterOf(askedBy(c), clinic.timezone)
    const [rows] = await visit.read(auditRows(visit.db, visit.clinicId, filter, mostInFile))
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', 'attachment; filename="audit.csv"')
    return c.body(csvOf([heads, ...rows.slice(0, mostInFile).map((row) => cellsOf(row, clinic.timezone))]))
  })
  .route('/', checkRoutes)

function askedBy(c: Ask): Asked {
  const text = (name: keyof Asked) => (c.req.query(name) ?? '').trim()
  return {
    who: text('who'),
    what: text('what'),
    whose: text('whose'),
    from: text('from'),
    to: text('to'),
    before: text('before'),
  }
}

const heads = ['When (UTC)', 'When (clinic)', 'Who', 'What', 'Whose', 'Detail']

const cellsOf = (row: AuditLine, timezone: string): string[] => [
  new Date(row.at).toISOString(),
  momentInWords(row.at, timezone),
  row.byStaff ?? row.byPatient ?? '',
  actInWords(row.act),
  row.ofPatient ?? row.ofStaff ?? '',
  detailInWords(row.detail),
]
