/** "Why is 11:00 not offered?" The question, and the answer for staff in words, with the way to book it all the same. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { may } from '../../staff/role.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import type { Problems } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { instantsAt, minuteIn } from '../time/wall-clock.ts'
import { whyNotForStaff, whyNotOffered } from '../why-not.ts'
import { type Asked, addressOf, readAsked, timeProblem } from './book/asked.ts'
import { type Fresh, readFresh } from './book/reading.ts'
import { stampOf } from './history.ts'
import { leftInWords } from './left.ts'
import { staffVerdict } from './staff-verdict.ts'
import { AskWhyPage, WhyPage } from './why-views.tsx'

export const whyRoutes = new Hono<App>().get('/diary/why', staffMay('book appointments'), async (c) => {
  const { at, ...query } = c.req.query()
  const asked = readAsked({ ...query, from: at }, c.var.clinic.timezone)
  const fresh = await readFresh(c, asked)
  if (fresh.left) return showQuestion(c, fresh, asked, query.time)
  if (asked.startAt !== undefined) return showAnswer(c, fresh, { ...asked, startAt: asked.startAt })
  if (at !== undefined) throw new NotFound()
  return showQuestion(c, fresh, asked, query.time)
})

/** @param typed the time, as it was typed; undefined: nobody has asked yet */
function showQuestion(c: Ask, { time, left, day }: Fresh, asked: Asked, typed: string | undefined) {
  const isGone = left !== undefined && time.practitioners.length > 0 && time.types.length > 0
  const problems: Problems = {
    ...(isGone && { practitioner: `${leftInWords(left)}. Choose somebody else` }),
    ...(typed !== undefined && !asked.date && { date: 'Enter the day' }),
    ...((typed === '' || asked.unreadable) && { time: timeProblem(asked.unreadable ?? '') }),
  }
  const maySay = may(c.var.visit.who.role!, "change the clinic's time")
  const props = { base: c.var.frame.base, asked, date: asked.date ?? day.date, typed, problems, maySay, ...time }
  return show(c, {
    title: 'Why is a time not offered?',
    problems,
    status: left && 409,
    children: <AskWhyPage {...props} />,
  })
}

function showAnswer(c: Ask, { time, person, day }: Fresh, asked: Asked & { startAt: number }) {
  const { clinic, frame, now } = c.var
  const type = time.types.find(({ id }) => id === asked.typeId)
  if (!person || !type) throw new NotFound()
  const question = [time, { type, now }, person.id, asked.startAt] as const
  const clock = timeInWords(asked.startAt, clinic.timezone)
  const again = (more: Record<string, string>) =>
    `${frame.base}/diary/why?${new URLSearchParams({ practitioner: person.id, type: type.id, ...more })}`
  const twin = instantsAt(day, minuteIn(day, asked.startAt)).find((each) => each !== asked.startAt)
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
        dayHref={`${frame.base}/diary/${day.date}`}
        bookHref={addressOf(frame.base, asked, clinic.timezone)}
        twin={
          twin === undefined
            ? undefined
            : { clock: timeInWords(twin, clinic.timezone), href: again({ at: stampOf(twin, clinic.timezone) }) }
        }
        againHref={again({ date: day.date })}
      />
    ),
  })
}
