/** "Why is 11:00 not offered?" The answer for staff, in words, with the way to book it all the same. */
import { Hono } from 'hono'
import type { App } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { whyNotForStaff, whyNotOffered } from '../why-not.ts'
import { addressOf, readAsked } from './book/asked.ts'
import { readFresh } from './book/reading.ts'
import { staffVerdict } from './staff-verdict.ts'
import { WhyPage } from './why-views.tsx'

export const whyRoutes = new Hono<App>().get('/diary/why', staffMay('book appointments'), async (c) => {
  const { clinic, frame, now } = c.var
  const { at, practitioner, type: typeId } = c.req.query()
  const asked = readAsked({ practitioner, type: typeId, from: at }, clinic.timezone)
  const { time, person } = await readFresh(c, asked)
  const type = time.types.find(({ id }) => id === typeId)
  if (!person || !type || asked.startAt === undefined) throw new NotFound()
  const question = [time, { type, now }, person.id, asked.startAt] as const
  const clock = timeInWords(asked.startAt, clinic.timezone)
  return show(c, {
    title: `Why is ${clock} not offered?`,
    children: (
      <WhyPage
        clock={clock}
        day={dayInWords(asked.startAt, clinic.timezone)}
        practitionerName={person.name}
        typeName={type.name}
        reason={whyNotOffered(...question)}
        verdict={staffVerdict(whyNotForStaff(...question), false)}
        bookHref={addressOf(frame.base, asked, clinic.timezone)}
      />
    ),
  })
})
