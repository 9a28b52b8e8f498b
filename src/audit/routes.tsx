/** `/:clinic/audit`: who did what, whose it was, and when; as a file; and whether it is still what was written. */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { fullName } from '../patients/patient.ts'
import { foundOf, patientsFound } from '../patients/search/patient-list-store.ts'
import { searchOf } from '../patients/search/patient-search.ts'
import { foldedWords } from '../patients/search/search-words.ts'
import { plainDateInWords } from '../web/dates.ts'
import { hasProblems, show } from '../web/page.tsx'
import { type Asked, askedIn, codeOf, dateProblems, filterOf, mostPeople, wordsOf } from './audit-filter.ts'
import { auditRows, everyStaff, pageLength } from './audit-reading-store.ts'
import { checkRoutes } from './check-routes.tsx'
import { csvRoutes } from './csv-routes.tsx'
import { AuditPage, type Meant } from './views.tsx'

export const auditRoutes = new Hono<App>()
  .get('/audit', staffMay('read the audit'), async (c) => {
    const { visit, clinic, frame } = c.var
    const typed = askedIn((name) => (c.req.query(name) ?? '').trim())
    const meant = await whoIsMeant(c, typed)
    const isKnown = meant?.people.length === 1 && !meant.isMore
    const asked = isKnown ? { ...typed, of: meant.people[0]!.of } : typed
    const filter = filterOf(asked, clinic.timezone)
    const problems = dateProblems(typed)
    const isUnclear = meant !== null && !isKnown // nobody yet whose rows could be shown
    const isOpen = isUnclear || hasProblems(problems)
    const [rows, people] = await visit.read(
      auditRows(visit.db, visit.clinicId, filter, isOpen ? 0 : pageLength),
      everyStaff(visit.db, visit.clinicId),
    )
    const props = {
      base: frame.base,
      timezone: clinic.timezone,
      asked,
      people,
      isFirst: filter.before === null,
      problems,
    }
    const shown = isOpen ? [] : rows.slice(0, pageLength)
    const children = (
      <AuditPage
        {...props}
        rows={shown}
        hasMore={!isOpen && rows.length > pageLength}
        meant={isUnclear ? meant : null}
      />
    )
    return show(c, { title: 'Audit', problems, children })
  })
  .route('/', csvRoutes)
  .route('/', checkRoutes)

/** Everybody who is found by what was typed; null when nothing was typed, or it is known who is meant. */
async function whoIsMeant(c: Ask, asked: Asked): Promise<Meant | null> {
  const words = wordsOf(asked)
  if (words.length === 0) return null
  const { visit } = c.var
  const search = searchOf(asked.whose)
  const terms = search.kind === 'terms' ? search.terms : []
  const [lines, staff] = await visit.read(
    patientsFound(visit.db, visit.clinicId, terms, { all: true }),
    everyStaff(visit.db, visit.clinicId),
  )
  const members = staff.filter(({ name }) => words.every((word) => foldedWords(name).includes(word)))
  const { found, total } = foundOf(lines)
  const people = [
    ...members.map(({ id, name }) => ({ of: codeOf({ kind: 'staff', id }), name, what: 'staff' })),
    ...found.map((patient) => ({
      of: codeOf({ kind: 'patient', id: patient.id }),
      name: fullName(patient),
      what: patient.dateOfBirth ? `born ${plainDateInWords(patient.dateOfBirth)}` : 'patient',
    })),
  ]
  return { people: people.slice(0, mostPeople), isMore: total.isMore || people.length > mostPeople }
}
