/** Staff see their day: practitioners side by side, or one practitioner's week. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { may } from '../../staff/role.ts'
import { dayInWords } from '../../web/dates.ts'
import { isHeld } from '../../web/held.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { abandonedByPatient, patientsByAccess, reviewsDue, staffWithoutPassword } from '../first-things-store.ts'
import { readDate } from '../time/reading.ts'
import { liveGrid } from './live-grid.tsx'
import { PaperPage } from './paper-views.tsx'
import { readDays } from './reading.ts'
import { addressOf, mondayOf, readShown, type Shown } from './shown.ts'
import { rememberWhose } from './usual.ts'
import { DayPage } from './views.tsx'
import { WeekPage, weekInWords } from './week-views.tsx'

const mayUse = staffMay('use the diary')

export const dayRoutes = new Hono<App>()
  .get('/diary', mayUse, async (c) => {
    await c.var.visit.read()
    const { date, ...query } = c.req.query()
    const shown = readShown(readDate((date ?? '').trim()) ?? '', query) ?? readShown(today(c), query)!
    return c.redirect(addressOf(c.var.frame.base, shown, query.view === 'week' ? 'week' : 'day'), 303)
  })
  .get('/diary/:date{[-0-9]+}', mayUse, async (c) => {
    const { visit, frame } = c.var
    const of = [visit.db, visit.clinicId] as const
    const [reading, mailsGivenUp, [without], patients, reviews] = await readDays(
      c,
      await shownHere(c),
      {},
      abandonedByPatient(...of),
      staffWithoutPassword(...of),
      patientsByAccess(...of),
      reviewsDue(...of, visit.now),
    )
    const { role, waiting } = visit.who
    rememberWhose(c, visit.staffId, reading.shown.who)
    return show(c, {
      title: dayInWords(reading.days[0]!.from, reading.time.zone),
      island: true,
      look: 'day',
      children: (
        <DayPage
          base={frame.base}
          reading={reading}
          grid={await liveGrid(frame.base, reading)}
          may={(act) => may(role!, act)}
          firstThings={{ waiting, mailsGivenUp, staffWithoutPassword: without!.count, reviewsDue: reviews }}
          patients={patients}
        />
      ),
    })
  })

  .get('/diary/:date{[-0-9]+}/grid', mayUse, async (c) => {
    const { base } = c.var.frame
    const [reading] = await readDays(c, await shownHere(c), {})
    if (c.req.header('HX-Request') !== 'true') return c.redirect(addressOf(base, reading.shown), 303)
    const { mark, content } = await liveGrid(base, reading)
    c.header('ETag', mark)
    return isHeld(c.req.header('If-None-Match'), mark) ? c.body(null, 304) : c.html(content)
  })
  .get('/diary/:date{[-0-9]+}/week', mayUse, async (c) => {
    const shown = await shownHere(c)
    const [reading] = await readDays(c, shown, { from: mondayOf(shown.date), count: 7 })
    const maySay = may(c.var.visit.who.role!, "change the clinic's time")
    rememberWhose(c, c.var.visit.staffId, shown.who)
    return show(c, {
      title: weekInWords(reading),
      look: 'day',
      children: <WeekPage base={c.var.frame.base} reading={reading} maySay={maySay} />,
    })
  })
  .get('/diary/:date{[-0-9]+}/print', mayUse, async (c) => {
    const [reading] = await readDays(c, { ...(await shownHere(c)), cancelled: false, moving: undefined }, {})
    const initials = c.req.query('initials') === 'yes'
    return show(c, {
      title: `On paper: ${dayInWords(reading.days[0]!.from, reading.time.zone)}`,
      look: 'day',
      children: <PaperPage base={c.var.frame.base} reading={reading} initials={initials} />,
    })
  })

/** @throws NotFound when there is no such day, to those who may ask */
async function shownHere(c: Ask): Promise<Shown> {
  const shown = readShown(c.req.param('date') ?? '', c.req.query())
  if (shown) return shown
  await c.var.visit.read()
  throw new NotFound()
}
