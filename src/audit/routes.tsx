/** `/:clinic/audit`: who did what, whose it was, and when; as a file; and whether it is still what was written. */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { folded } from '../patients/search/search-words.ts'
import { birthDateInWords } from '../web/dates.ts'
import { show } from '../web/page.tsx'
import { type Asked, askedIn, codeOf, filterOf, wordsOf } from './audit-filter.ts'
import { auditRows, everyStaff, mostPeople, pageLength, patientsCalled } from './audit-reading-store.ts'
import { checkRoutes } from './check-routes.tsx'
import { csvRoutes } from './csv-routes.tsx'
import { AuditPage, type Meant } from './views.tsx'

export const auditRoutes = new Hono<App>()
  .get('/audit', staffMay('read the audit'), async (c) => {
    const { visit, clinic, frame } = c.var
    const typed = askedIn((name) => (c.req.query(name) ?? '').trim())
    const meant = await whoIsMeant(c, typed)
    const asked = meant?.length === 1 ? { ...typed, of: meant[0]!.of } : typed
    const filter = filterOf(asked, clinic.timezone)
    const isOpen = meant !== null && meant.length !== 1 // nobody yet whose rows could be shown
    const [rows, people] = await visit.read(
      auditRows(visit.db, visit.clinicId, filter, isOpen ? 0 : pageLength),
      everyStaff(visit.db, visit.clinicId),
    )
    const props = { base: frame.base, timezone: clinic.timezone, asked, people, isFirst: filter.before === null }
    const shown = isOpen ? [] : rows.slice(0, pageLength)
    const children = (
      <AuditPage {...props} rows={shown} hasMore={!isOpen && rows.length > pageLength} meant={isOpen ? meant : []} />
    )
    return show(c, { title: 'Audit', children })
  })
  .route('/', csvRoutes)
  .route('/', checkRoutes)

/** Everybody who has the name that was typed; null when no name was typed, or it is known who is meant. */
async function whoIsMeant(c: Ask, asked: Asked): Promise<Meant[] | null> {
  const words = wordsOf(asked)
  if (words.length === 0) return null
  const { visit } = c.var
  const [patients, staff] = await visit.read(
    patientsCalled(visit.db, visit.clinicId, words),
    everyStaff(visit.db, visit.clinicId),
  )
  const members = staff.filter(({ name }) => words.every((word) => folded(name).includes(word)))
  return [
    ...members.map(({ id, name }) => ({ of: codeOf({ kind: 'staff', id }), name, what: 'staff' })),
    ...patients.map(({ id, name, born }) => ({
      of: codeOf({ kind: 'patient', id }),
      name: name ?? '',
      what: born ? `born ${birthDateInWords(born)}` : 'patient',
    })),
  ].slice(0, mostPeople + 1)
}
