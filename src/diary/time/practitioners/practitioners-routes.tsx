/** `/settings/practitioners`: who sees patients, in which order, what each of them does; and when they stop. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../../../ask.ts'
import { entryByStaff } from '../../../audit/entry-by-staff.ts'
import { staffMay } from '../../../front-door/sessions/guard.ts'
import { apart } from '../../../web/apart.ts'
import { type Problems, readForm } from '../../../web/form.ts'
import { isOutdated, openedWith } from '../../../web/opened-with.ts'
import { hasProblems, show } from '../../../web/page.tsx'
import { readColour, tickedIds, typedTicks } from '../choices.tsx'
import { earlier } from '../earlier.ts'
import { orderPractitioners } from '../order-store.ts'
import { addPractitioner, changePractitioner, endPractitioner, setTypesOf } from '../practitioner-store.ts'
import type { DiaryPractitioner } from '../time-store.ts'
import { hoursRooms } from './hours-rooms.tsx'
import { readPractitioner, typedPractitioner } from './practitioner-form.ts'
import { AddPage, EndingPage, PractitionerPage } from './practitioner-views.tsx'
import {
  type LoadedPractitioner,
  type LoadedPractitioners,
  loadPractitioner,
  loadPractitioners,
} from './practitioners-reading.ts'
import { PractitionersPage } from './practitioners-views.tsx'

const mayChange = staffMay("change the clinic's time")
const rooms = '/settings/practitioners'

export const practitionersRoutes = new Hono<App>()
  .get(rooms, mayChange, async (c) => {
    const loaded = await loadPractitioners(c)
    const { done, moved } = c.req.query()
    const props = { base: c.var.frame.base, today: today(c), ...loaded, done, moved }
    return show(c, { title: 'Practitioners', look: 'diary', children: <PractitionersPage {...props} /> })
  })
  .get(`${rooms}/new`, mayChange, async (c) => {
    const loaded = await loadPractitioners(c)
    return showAdd(c, loaded, typedTicks('type_', idsOf(loaded.types)), {})
  })
  .post(`${rooms}/new`, mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const loaded = await loadPractitioners(c)
    const { facts, problems } = readPractitioner(typed)
    const isKnown = loaded.people.some(({ id }) => id === typed.staff)
    if (isKnown) return c.redirect(`${c.var.frame.base}${rooms}/${typed.staff}`, 303) // the same form, sent twice
    const member = loaded.others.find(({ id }) => id === typed.staff)
    if (!member) return showAdd(c, loaded, typed, { staff: 'Select who sees patients', ...problems })
    if (hasProblems(problems)) return showAdd(c, loaded, typed, problems)
    const { db, clinicId } = c.var.visit
    const of = { clinicId, staffId: member.id }
    const whole = { ...facts, colour: readColour(typed), position: loaded.people.length }
    await c.var.visit.write([
      ...addPractitioner(db, of, whole, c.var.now), // added meanwhile: their page says so
      ...setTypesOf(db, of, tickedIds(typed, 'type_', loaded.types)),
      entryByStaff(c, 'practitioner-added', { ofStaff: member.id }),
    ])
    return c.redirect(`${c.var.frame.base}${rooms}/${member.id}?done=added`, 303)
  })
  .get(`${rooms}/:id`, mayChange, async (c) => showOne(c, await loadPractitioner(c)))
  .post(`${rooms}/:id`, mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const loaded = await loadPractitioner(c)
    const { who, types } = loaded
    const { facts, problems } = readPractitioner(typed)
    if (hasProblems(problems)) return showOne(c, loaded, { typed, problems })
    const after = { ...facts, colour: readColour(typed), typeIds: tickedIds(typed, 'type_', types) }
    if (markOf(after, types) === markOf(who, types)) return saved(c, who.id)
    if (isOutdated(typed, markOf(who, types))) return showOne(c, loaded, { typed, problems, isLate: true })
    const written = await change(c, who, after)
    if (written.ok) return saved(c, who.id)
    const found = await loadPractitioner(c) // somebody was a moment faster; or the same form was, sent twice
    const isSame = markOf(after, types) === markOf(found.who, types)
    return isSame ? saved(c, who.id) : showOne(c, found, { typed, problems, isLate: true })
  })
  .post(`${rooms}/:id/earlier`, mayChange, async (c) => {
    const { people, who } = await loadPractitioner(c)
    const ids = earlier(people, who.id)
    const { db, clinicId } = c.var.visit
    const entry = entryByStaff(c, 'practitioner-changed', { ofStaff: who.id, detail: { fields: 'position' } })
    if (ids) await c.var.visit.write([...orderPractitioners(db, clinicId, ids), entry])
    return c.redirect(`${c.var.frame.base}${rooms}?done=ordered&moved=${who.id}`, 303)
  })
  .get(`${rooms}/:id/ending`, mayChange, async (c) => showEnding(c, await loadPractitioner(c)))
  .post(`${rooms}/:id/ending`, mayChange, async (c) => {
    const { who, hits } = await loadPractitioner(c)
    if (hits.length > 0) return showEnding(c, { who, hits }, true)
    const { db, clinicId } = c.var.visit
    const written = await c.var.visit.write([
      ...endPractitioner(db, { clinicId, staffId: who.id }, c.var.now),
      entryByStaff(c, 'practitioner-ended', { ofStaff: who.id }),
    ])
    if (written.ok) return c.redirect(`${c.var.frame.base}${rooms}?done=ended`, 303)
    return showEnding(c, await loadPractitioner(c), true) // booked a moment ago
  })
  .route(
    '/',
    hoursRooms('/settings/practitioners/:id/hours', mayChange, (c) => c.req.param('id') ?? ''),
  )

const idsOf = (things: { id: string }[]): string[] => things.map(({ id }) => id)
const saved = (c: Ask, id: string) => c.redirect(`${c.var.frame.base}${rooms}/${id}?done=saved`, 303)

type Decided = Pick<DiaryPractitioner, 'designation' | 'colour' | 'mayChangeOwnHours' | 'typeIds'>
/** Of the types that can be booked: a retired one does not come back by saving. */
const markOf = ({ designation, colour, mayChangeOwnHours, typeIds }: Decided, types: { id: string }[]): string =>
  openedWith(designation, colour, mayChangeOwnHours, ...idsOf(types).filter((id) => typeIds.includes(id)))

function change(c: Ask, who: DiaryPractitioner, { typeIds, ...facts }: Decided) {
  const { db, clinicId } = c.var.visit
  const of = { clinicId, staffId: who.id }
  const { designation, colour, mayChangeOwnHours } = who
  return c.var.visit.write([
    ...changePractitioner(db, of, facts, { designation, colour, mayChangeOwnHours }),
    ...setTypesOf(db, of, typeIds),
    entryByStaff(c, 'practitioner-changed', { ofStaff: who.id }),
  ])
}

function showAdd(c: Ask, loaded: LoadedPractitioners, typed: Record<string, string>, problems: Problems) {
  const props = { base: c.var.frame.base, ...loaded, typed, problems }
  return show(c, { title: 'Add a practitioner', problems, look: 'diary', children: <AddPage {...props} /> })
}

interface Sent {
  typed: Record<string, string>
  problems: Problems
  isLate?: boolean
}

function showOne(c: Ask, loaded: LoadedPractitioner, sent?: Sent) {
  const { who, types } = loaded
  const asSaved = { ...typedPractitioner(who), ...typedTicks('type_', who.typeIds), colour: String(who.colour) }
  const { typed = asSaved, problems = {}, isLate } = sent ?? {}
  const props = { base: c.var.frame.base, today: today(c), ...loaded, typed, problems, isLate }
  return show(c, {
    title: `${apart(who.name)}, practitioner`,
    problems,
    status: isLate ? 409 : undefined,
    look: 'diary',
    children: <PractitionerPage {...props} openedWith={markOf(who, types)} done={c.req.query('done')} />,
  })
}

function showEnding(c: Ask, { who, hits }: Pick<LoadedPractitioner, 'who' | 'hits'>, isRefused?: boolean) {
  const props = { base: c.var.frame.base, zone: c.var.clinic.timezone, who, hits }
  return show(c, {
    title: `Does ${apart(who.name)} stop seeing patients?`,
    status: isRefused ? 409 : undefined,
    look: 'diary',
    children: <EndingPage {...props} />,
  })
}
