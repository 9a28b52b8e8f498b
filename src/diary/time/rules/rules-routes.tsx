/** `/settings/booking-rules`: what patients may book, change and cancel themselves. A changed rule holds at once. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../../../ask.ts'
import { entryByStaff } from '../../../audit/entry-by-staff.ts'
import { type Change, lastChange } from '../../../clinic/settings-store.ts'
import { staffMay } from '../../../front-door/sessions/guard.ts'
import type { BookingRules } from '../../../schema.ts'
import { type Problems, readForm } from '../../../web/form.ts'
import { hasProblems, show } from '../../../web/page.tsx'
import { changeRules, type RulesFacts } from '../clinic-time-store.ts'
import { type TimeState, timeState } from '../time-state-store.ts'
import { rulesOf } from '../time-store.ts'
import { changedRules, readRules, typedRules } from './rules-form.ts'
import { RulesPage, RulesPreview } from './rules-views.tsx'

const mayChange = staffMay("change the clinic's time")

export const rulesRoutes = new Hono<App>()
  .get('/settings/booking-rules', mayChange, async (c) => showForm(c, await load(c)))
  .get('/settings/booking-rules/preview', mayChange, async (c) => {
    const { state } = await load(c)
    const { base } = c.var.frame
    if (c.req.header('HX-Request') !== 'true') return c.redirect(`${base}/settings/booking-rules`, 303)
    const { rules, problems } = readRules(c.req.query())
    return c.html(<RulesPreview base={base} rules={rules} state={state} isDraft hasProblems={hasProblems(problems)} />)
  })
  .post('/settings/booking-rules', mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const before = await load(c)
    const { rules, problems } = readRules(typed)
    const changed = changedRules(before.rules, rules)
    if (hasProblems(problems)) return showForm(c, before, { typed, problems })
    if (changed.length === 0) return saved(c)
    if (isLate(typed, before.rules)) return showForm(c, before, { typed, problems, meanwhile: rules })
    const { db, clinicId } = c.var.visit
    const detail = { fields: changed.map(({ field }) => field).join(' ') }
    const written = await c.var.visit.write([
      ...changeRules(db, { clinicId, version: before.rules.version }, rules),
      entryByStaff(c, 'booking-rules-changed', { detail }),
    ])
    if (written.ok) return saved(c)
    const after = await load(c) // somebody was a moment faster; or the same form was, sent twice
    if (changedRules(after.rules, rules).length === 0) return saved(c)
    return showForm(c, after, { typed, problems, meanwhile: rules })
  })

const isLate = (typed: Record<string, string>, { version }: BookingRules): boolean =>
  typed.version !== undefined && typed.version !== String(version)
const saved = (c: Ask) => c.redirect(`${c.var.frame.base}/settings/booking-rules?saved=yes`, 303)

interface Loaded {
  rules: BookingRules
  state: TimeState
  changed?: Change
}

async function load(c: Ask): Promise<Loaded> {
  const { visit } = c.var
  const { db, clinicId } = visit
  const [[rules], [state], [changed]] = await visit.read(
    rulesOf(db, clinicId),
    timeState(db, clinicId, today(c)),
    lastChange(db, clinicId, 'booking-rules-changed'),
  )
  return { rules: rules!, state: state!, changed }
}

interface Sent {
  typed: Record<string, string>
  problems: Problems
  /** Somebody else's change came first: these were not saved. */
  meanwhile?: RulesFacts
}

function showForm(c: Ask, loaded: Loaded, sent?: Sent) {
  const { typed = typedRules(loaded.rules), problems = {}, meanwhile } = sent ?? {}
  const props = { base: c.var.frame.base, now: c.var.now, ...loaded, typed, problems, meanwhile }
  return show(c, {
    title: meanwhile ? 'Somebody else changed the booking rules' : 'Booking rules',
    problems,
    status: meanwhile && 409,
    island: true,
    look: 'diary',
    children: <RulesPage {...props} saved={c.req.query('saved') === 'yes'} />,
  })
}
