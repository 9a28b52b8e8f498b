/**
 * Rooms of one practitioner's hours and absences: the manager's way in is their page in the settings, their own is
 * `/hours`, when the manager allows it.
 */
import { Hono, type MiddlewareHandler } from 'hono'
import { type App, type Ask, today } from '../../../ask.ts'
import { entryByStaff } from '../../../audit/entry-by-staff.ts'
import { apart } from '../../../web/apart.ts'
import { type Problems, readForm } from '../../../web/form.ts'
import { hasProblems, show } from '../../../web/page.tsx'
import { hashToken, newId } from '../../../web/random.ts'
import { NotFound } from '../../../web/trouble.ts'
import { stampOf } from '../../appointments/history.ts'
import type { Hit } from '../hits-store.ts'
import { addAbsence, removeAbsence, replaceHours } from '../practitioner-store.ts'
import { newlyStrandedBy, strandedBy } from '../stranded.ts'
import { weekOn, withWeek } from '../working-hours.ts'
import { type NewAbsence, readNewAbsence } from './absence-form.ts'
import { AbsencePage } from './absence-views.tsx'
import { type FoundHours, isThere, type LoadedHours, loadHours, loadToChange } from './hours-reading.ts'
import { HoursPage, NoHoursPage } from './hours-views.tsx'
import { areSame, type NewWeek, readNewWeek, typedWeek, withMondayCopied } from './week-form.ts'
import { WeekPage } from './week-views.tsx'

type Whose = (c: Ask) => string

/** @param at below the clinic; `mayEnter` and `whose` say for whom */
export const hoursRooms = (
  at: '/hours' | '/settings/practitioners/:id/hours',
  mayEnter: MiddlewareHandler<App>,
  whose: Whose,
) =>
  new Hono<App>()
    .get(at, mayEnter, async (c) => {
      const loaded = await loadHours(c, whose(c))
      if (!loaded.who && at === '/hours') return showNone(c, loaded)
      return showHours(c, isThere(loaded))
    })
    .get(`${at}/week`, mayEnter, async (c) => {
      const loaded = await loadToChange(c, whose(c))
      const from = /^\d{4}-\d\d-\d\d$/.exec(c.req.query('from') ?? '')?.[0] ?? today(c)
      return showWeek(c, loaded, { typed: typedWeek(loaded.hours, from < today(c) ? today(c) : from), problems: {} })
    })
    .post(`${at}/week`, mayEnter, async (c) => saveWeek(c, (await readForm(c.req.raw)).typed(), whose(c)))
    .get(`${at}/absence`, mayEnter, async (c) => {
      const loaded = await loadToChange(c, whose(c))
      return showAbsence(c, loaded, { typed: { form_id: newId() }, problems: {} })
    })
    .post(`${at}/absence`, mayEnter, async (c) => saveAbsence(c, (await readForm(c.req.raw)).typed(), whose(c)))
    .post(`${at}/absence/:absence/removal`, mayEnter, async (c) => {
      const { who, absences } = await loadToChange(c, whose(c))
      const absence = absences.find(({ id }) => id === c.req.param('absence'))
      if (!absence) throw new NotFound()
      const { db, clinicId } = c.var.visit
      await c.var.visit.write([
        ...removeAbsence(db, { clinicId, id: absence.id }), // removed meanwhile: nothing to write down
        entryByStaff(c, 'absence-removed', { ofStaff: who.id, detail: absenceDetail(c, absence) }),
      ])
      return goBack(c, 'absence-removed')
    })

/** It says when it was: an absence that was removed can be looked up nowhere else. */
const absenceDetail = (c: Ask, { id, fromAt, untilAt }: { id: string; fromAt: number; untilAt: number }) => ({
  absence: id,
  from: stampOf(fromAt, c.var.clinic.timezone),
  to: stampOf(untilAt, c.var.clinic.timezone),
})
/** The page of these hours, from any of their rooms. */
const here = (c: Ask): string => c.req.path.replace(/(\/hours)\/(week|absence).*$/, '$1')
const goBack = (c: Ask, done: string) => c.redirect(`${here(c)}?done=${done}`, 303)

async function saveWeek(c: Ask, typed: Record<string, string>, staffId: string) {
  const loaded = await loadToChange(c, staffId)
  if (typed.do === 'copy') return showWeek(c, loaded, { typed: withMondayCopied(typed), problems: {} })
  if (typed.do === 'more') return showWeek(c, loaded, { typed: { ...typed, periods: '3' }, problems: {} })
  const { read, problems } = readNewWeek(typed, today(c))
  if (!read) return showWeek(c, loaded, { typed, problems })
  const rows = withWeek(loaded.hours, read.week, read.validFrom, read.validUntil)
  if (areSame(rows, loaded.hours)) return goBack(c, 'saved')
  const { hoursVersion } = loaded.who
  const isLate = typed.hours_version !== undefined && typed.hours_version !== String(hoursVersion)
  if (isLate) return showWeek(c, loaded, { typed, problems, meanwhile: read })
  const hits = newlyStrandedBy(rows, loaded.hours, loaded.booked, c.var.clinic.timezone)
  if (hits.length > 0 && typed.anyway !== 'on') return showWeek(c, loaded, { typed, problems: { anyway }, hits })
  const { db, clinicId } = c.var.visit
  const written = await c.var.visit.write([
    ...replaceHours(db, { clinicId, staffId, hoursVersion }, rows),
    entryByStaff(c, 'working-hours-changed', { ofStaff: staffId, detail: { from: read.validFrom } }),
  ])
  if (written.ok) return goBack(c, 'saved')
  const after = await loadToChange(c, staffId) // somebody was a moment faster; or the same form was, sent twice
  const isSame = areSame(withWeek(after.hours, read.week, read.validFrom, read.validUntil), after.hours)
  return isSame ? goBack(c, 'saved') : showWeek(c, after, { typed, problems, meanwhile: read })
}

const anyway = 'Tick to save the hours anyway: appointments are booked outside them'

async function saveAbsence(c: Ask, typed: Record<string, string>, staffId: string) {
  const { visit, now, clinic } = c.var
  const { read, problems } = readNewAbsence(typed, clinic.timezone, now)
  const loaded = await loadToChange(c, staffId, read ? [read.span] : [])
  if (!read) return showAbsence(c, loaded, { typed, problems })
  if (loaded.typedHits.length > 0 && typed.anyway !== 'on') {
    const problem = 'Tick to add the absence anyway: appointments are booked'
    return showAbsence(c, loaded, { typed, problems: { anyway: problem } })
  }
  const { db, clinicId, staffId: addedBy } = visit
  const id = newId()
  const { from: fromAt, until: untilAt } = read.span
  const row = {
    clinicId,
    staffId,
    id,
    fromAt,
    untilAt,
    reason: read.reason,
    addedBy,
    formId: formIdOf(typed, staffId, read),
  }
  await visit.write([
    ...addAbsence(db, row, now), // the same form, sent twice, adds one
    entryByStaff(c, 'absence-added', { ofStaff: staffId, detail: absenceDetail(c, row) }),
  ])
  return goBack(c, 'absence-added')
}

/** The same form with the same in it: sent twice, it adds one absence; after Back and other days, another one. */
const formIdOf = ({ form_id }: Record<string, string>, staffId: string, read: NewAbsence): string | null =>
  form_id ? hashToken(JSON.stringify([form_id, staffId, read])) : null

const around = (c: Ask) => ({
  base: c.var.frame.base,
  zone: c.var.clinic.timezone,
  here: here(c),
  isOwn: here(c) === `${c.var.frame.base}/hours`,
  today: today(c),
})

function showHours(c: Ask, loaded: LoadedHours) {
  const stranded = strandedBy(loaded.hours, loaded.booked, c.var.clinic.timezone)
  return show(c, {
    title: around(c).isOwn ? 'My hours' : `Hours of ${apart(loaded.who.name)}`,
    look: 'diary',
    children: <HoursPage {...around(c)} {...loaded} stranded={stranded} done={c.req.query('done')} />,
  })
}

const showNone = (c: Ask, { managers }: FoundHours) =>
  show(c, { title: 'My hours', look: 'diary', children: <NoHoursPage managers={managers} /> })

interface Sent {
  typed: Record<string, string>
  problems: Problems
  /** Somebody else's change came first: this was not saved. */
  meanwhile?: NewWeek
  /** Booked outside the hours that were sent. */
  hits?: Hit[]
}

function showWeek(c: Ask, loaded: LoadedHours, sent: Sent) {
  const { meanwhile, problems } = sent
  const saved = meanwhile && weekOn(loaded.hours, meanwhile.validFrom)
  const title = meanwhile ? 'Somebody else changed these hours' : `Change the hours of ${apart(loaded.who.name)}`
  return show(c, {
    title,
    problems,
    status: meanwhile && 409,
    look: 'diary',
    children: <WeekPage {...around(c)} title={title} hoursVersion={loaded.who.hoursVersion} saved={saved} {...sent} />,
  })
}

function showAbsence(c: Ask, loaded: LoadedHours, { typed, problems }: Sent) {
  const hits: Hit[] = hasProblems(problems) && problems.anyway ? loaded.typedHits : []
  const title = `Add an absence of ${apart(loaded.who.name)}`
  return show(c, {
    title,
    problems,
    look: 'diary',
    children: <AbsencePage {...around(c)} title={title} typed={typed} problems={problems} hits={hits} />,
  })
}
