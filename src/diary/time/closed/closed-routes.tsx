/** `/settings/closed-days`: days on which nobody can be booked. Bank holidays are offered, and closed only when ticked. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../../../ask.ts'
import { entryByStaff } from '../../../audit/entry-by-staff.ts'
import { clinicById, forgetClinic } from '../../../clinic/clinic-store.ts'
import { staffMay } from '../../../front-door/sessions/guard.ts'
import { type Problems, readForm } from '../../../web/form.ts'
import { hasProblems, show } from '../../../web/page.tsx'
import type { BankHoliday } from '../bank-holidays.ts'
import { addClosedDays, removeClosedDay, setNation } from '../clinic-time-store.ts'
import { bookedAroundClosedDays, bookedIn, type Hit } from '../hits-store.ts'
import { overlap } from '../span.ts'
import { closedDaysIn } from '../time-store.ts'
import { dayOf } from '../wall-clock.ts'
import { isNation, offered, readClosedDay, tickedOf } from './closed-form.ts'
import { ClosedDaysPage } from './closed-views.tsx'

const mayChange = staffMay("change the clinic's time")

export const closedRoutes = new Hono<App>()
  .get('/settings/closed-days', mayChange, async (c) => showPage(c, await load(c)))
  .post('/settings/closed-days', mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const { day, problems } = readClosedDay(typed, today(c))
    const loaded = await load(c, day ? [day] : [])
    if (!day) return showPage(c, loaded, { typed, problems })
    const closed = loaded.closed.find(({ date }) => date === day.date)
    if (closed) return showPage(c, loaded, { typed, problems: { date: `This day is closed already: ${closed.name}` } })
    const isAsked = loaded.typedHits.length > 0 && typed.anyway !== 'on'
    if (isAsked) return showPage(c, loaded, { typed, problems: { anyway: askedWords }, asked: 'anyway' })
    return close(c, [day])
  })
  .post('/settings/closed-days/bank-holidays', mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const nation = typed.nation ?? '' // of the list that was shown, whatever somebody else has chosen meanwhile
    const list = isNation(nation) ? tickedOf(typed, offered(nation, today(c), [])) : []
    const loaded = await load(c, list)
    if (list.length === 0) return showPage(c, loaded, { typed, problems: { holidays: 'Tick the days to close' } })
    const isAsked = loaded.typedHits.length > 0 && typed.holidays_anyway !== 'on'
    if (isAsked)
      return showPage(c, loaded, { typed, problems: { holidays_anyway: askedWords }, asked: 'holidays_anyway' })
    return close(c, list)
  })
  .post('/settings/closed-days/nation', mayChange, async (c) => {
    const nation = (await readForm(c.req.raw)).text('nation')
    const loaded = await load(c)
    if (!isNation(nation)) return showPage(c, loaded, { typed: {}, problems: { nation: 'Select a nation' } })
    const { db, clinicId } = c.var.visit
    if (nation !== loaded.nation)
      await c.var.visit.write([
        ...setNation(db, clinicId, nation),
        entryByStaff(c, 'clinic-details-changed', { detail: { fields: 'nation' } }),
      ])
    forgetClinic(c.var.clinic.slug)
    return c.redirect(`${page(c)}?done=nation#holidays-title`, 303)
  })
  .post('/settings/closed-days/:date/removal', mayChange, async (c) => {
    await c.var.visit.read()
    const { db, clinicId } = c.var.visit
    const date = c.req.param('date')
    await c.var.visit.write([
      ...removeClosedDay(db, clinicId, date), // taken away already: nothing to write down
      entryByStaff(c, 'closed-day-removed', { detail: { date } }),
    ])
    return c.redirect(`${page(c)}?done=removed`, 303)
  })

const page = (c: Ask): string => `${c.var.frame.base}/settings/closed-days`
const askedWords = 'Tick to close anyway: appointments are booked'

async function close(c: Ask, days: BankHoliday[]) {
  const { visit, now } = c.var
  const { db, clinicId, staffId } = visit
  const detail = { days: days.map(({ date }) => date).join(' ') }
  await visit.write([
    ...addClosedDays(db, { clinicId, addedBy: staffId }, days, now), // closed meanwhile: nothing to write down
    entryByStaff(c, 'closed-day-added', { detail }),
  ])
  return c.redirect(`${page(c)}?done=added`, 303)
}

interface Loaded {
  nation: Parameters<typeof offered>[0]
  closed: BankHoliday[]
  hits: Hit[]
  /** On the days that are typed and not saved yet. */
  typedHits: Hit[]
}

async function load(c: Ask, typed: BankHoliday[] = []): Promise<Loaded> {
  const { visit, now, clinic } = c.var
  const { db, clinicId } = visit
  const zone = clinic.timezone
  const [[row], closed, around, typedHits] = await visit.read(
    clinicById(db, clinicId),
    closedDaysIn(db, clinicId, { from: today(c), until: '9999-12-31' }),
    bookedAroundClosedDays(db, clinicId, today(c), now),
    bookedIn(
      db,
      clinicId,
      typed.map(({ date }) => dayOf(date, zone)),
      now,
    ),
  )
  const hits = around.filter((hit) => overlap(dayOf(hit.in, zone), { from: hit.startAt, until: hit.endAt }))
  return { nation: row!.nation, closed, hits, typedHits }
}

interface Sent {
  typed: Record<string, string>
  problems: Problems
  asked?: 'anyway' | 'holidays_anyway'
}

function showPage(c: Ask, loaded: Loaded, { typed, problems, asked }: Sent = { typed: {}, problems: {} }) {
  const { frame, clinic } = c.var
  const list = offered(loaded.nation, today(c), loaded.closed)
  const props = { base: frame.base, zone: clinic.timezone, ...loaded, offered: list, typed, problems, asked }
  return show(c, {
    title: 'Closed days',
    problems,
    status: hasProblems(problems) ? 422 : 200,
    look: 'diary',
    children: <ClosedDaysPage {...props} done={c.req.query('done')} />,
  })
}
