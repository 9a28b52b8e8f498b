/** The audit as a CSV file: for whoever may read it, with their password once more, and written down with its count (G11, H09). */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { giveTryBack } from '../front-door/lockout/lockout-store.ts'
import { ownAccount, provingPassword } from '../front-door/passwords/own-password.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { momentInWords } from '../web/dates.ts'
import { type Problems, readForm } from '../web/form.ts'
import { hasProblems, show } from '../web/page.tsx'
import { type Asked, askedIn, dateProblems, filterOf, wordsOf } from './audit-filter.ts'
import { type AuditLine, auditRows, mostInFile } from './audit-reading-store.ts'
import { actInWords, detailInWords, outcomeInWords } from './audit-words.ts'
import { csvOf } from './csv.ts'
import { CsvPage } from './csv-views.tsx'
import { entryByStaff } from './entry-by-staff.ts'
import { whoIn } from './who.ts'

const mayRead = staffMay('read the audit')

export const csvRoutes = new Hono<App>()
  .get('/audit/csv', mayRead, async (c) => {
    const asked = askedIn((name) => (c.req.query(name) ?? '').trim())
    await c.var.visit.read()
    return isOpen(asked) ? chooseFirst(c, asked) : showQuestion(c, asked)
  })
  .post('/audit/csv', mayRead, async (c) => {
    const form = await readForm(c.req.raw)
    const asked = askedIn((name) => form.text(name))
    const account = await ownAccount(c)
    if (isOpen(asked)) return chooseFirst(c, asked)
    const current = form.exact('current_password')
    if (current === '') return showQuestion(c, asked, { current_password: 'Enter your current password' })
    let rows: AuditLine[] = []
    const proof = await provingPassword(c, account, current, async (seriesKey) => {
      rows = await takenOut(c, asked, seriesKey)
    })
    return proof.ok ? fileOf(c, rows) : showQuestion(c, asked, proof.problems, proof.status)
  })

/** No row in the audit, no file. */
async function takenOut(c: Ask, asked: Asked, seriesKey: string): Promise<AuditLine[]> {
  const { visit, clinic } = c.var
  const { db, clinicId } = visit
  const filter = { ...filterOf(asked, clinic.timezone), before: null }
  const [found] = await visit.read(auditRows(db, clinicId, filter, mostInFile))
  const rows = found.slice(0, mostInFile)
  await visit.write([giveTryBack(db, seriesKey), entryByStaff(c, 'audit-exported', { detail: { rows: rows.length } })])
  return rows
}

function fileOf(c: Ask, rows: AuditLine[]) {
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="audit.csv"')
  return c.body(csvOf([heads, ...rows.map((row) => cellsOf(row, c.var.clinic.timezone))]))
}

const heads = ['When (UTC)', 'When (clinic)', 'Who', 'What', 'Whose', 'Outcome', 'Detail']

const cellsOf = (row: AuditLine, timezone: string): string[] => [
  new Date(row.at).toISOString(),
  momentInWords(row.at, timezone),
  whoIn(row),
  actInWords(row.act),
  row.ofPatient ?? row.ofStaff ?? '',
  outcomeInWords(row.act),
  detailInWords(row.detail),
]

/** A name is not yet a person, and what is no date no day: a file of everything would be more than was asked for. */
const isOpen = (asked: Asked): boolean => wordsOf(asked).length > 0 || hasProblems(dateProblems(asked))

function chooseFirst(c: Ask, { whose, from, to }: Asked) {
  const set = Object.entries({ whose, from, to }).filter(([, value]) => value !== '')
  return c.redirect(`${c.var.frame.base}/audit?${new URLSearchParams(set)}`, 303)
}

function showQuestion(c: Ask, asked: Asked, problems: Problems = {}, status?: 422 | 429) {
  const children = <CsvPage base={c.var.frame.base} asked={asked} problems={problems} most={mostInFile} />
  return show(c, { title: 'Download the audit', problems, status, shape: 'card', children })
}
