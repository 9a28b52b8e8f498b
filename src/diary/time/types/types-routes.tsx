/** `/settings/appointment-types`: what can be booked, for how long, by whom, and who does it. */
import { Hono } from 'hono'
import type { App, Ask } from '../../../ask.ts'
import { entryByStaff } from '../../../audit/entry-by-staff.ts'
import { staffMay } from '../../../front-door/sessions/guard.ts'
import type { AppointmentType } from '../../../schema.ts'
import { type Problems, readForm } from '../../../web/form.ts'
import { hasProblems, show } from '../../../web/page.tsx'
import { hashToken, newId } from '../../../web/random.ts'
import { NotFound } from '../../../web/trouble.ts'
import { readColour, tickedIds, typedTicks } from '../choices.tsx'
import { addType, changeType, retireType, setDoersOf, type TypeFacts, typeById } from '../clinic-time-store.ts'
import { earlier } from '../earlier.ts'
import { orderTypes } from '../order-store.ts'
import { type DiaryPractitioner, practitionersOf, typesOf } from '../time-store.ts'
import { changedType, readType, type TypedFacts, typedType, usualType } from './type-form.ts'
import { RetirementPage, TypePage, TypesPage } from './types-views.tsx'

const mayChange = staffMay("change the clinic's time")
const rooms = '/settings/appointment-types'

export const typesRoutes = new Hono<App>()
  .get(rooms, mayChange, async (c) => {
    const { types, people } = await load(c)
    const { done, moved } = c.req.query()
    const props = { base: c.var.frame.base, types, people, done, moved }
    return show(c, { title: 'Appointment types', look: 'diary', children: <TypesPage {...props} /> })
  })
  .get(`${rooms}/new`, mayChange, async (c) => {
    const { people } = await load(c)
    const all = typedTicks('who_', idsOf(people))
    return showForm(c, { people, typed: { ...usualType, ...all, form_id: newId() }, problems: {} })
  })
  .post(`${rooms}/new`, mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const { types, people } = await load(c)
    const { facts, problems } = readType(typed)
    const doers = tickedIds(typed, 'who_', people)
    const formId = formIdOf(typed, facts, doers)
    if (isSentAlready(types, formId)) return toList(c, 'added')
    if (hasProblems(problems)) return showForm(c, { people, typed, problems })
    const { db, clinicId } = c.var.visit
    const id = newId()
    const whole = { ...facts, colour: readColour(typed), position: types.length }
    const written = await c.var.visit.write([
      ...addType(db, { clinicId, id, formId }, whole, c.var.now),
      ...setDoersOf(db, { clinicId, id }, doers),
      entryByStaff(c, 'appointment-type-added', { detail: { type: id, name: facts.name } }),
    ])
    const isDone = written.ok || isSentAlready((await load(c)).types, formId) // the same form, a moment faster
    if (isDone) return toList(c, 'added')
    return showForm(c, { people, typed, problems: taken })
  })
  .get(`${rooms}/:id`, mayChange, async (c) => {
    const { type, people } = await loadOne(c)
    return showForm(c, { type, people, typed: typedOf(type, people), problems: {} })
  })
  .post(`${rooms}/:id`, mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const { type, people } = await loadOne(c)
    const { facts, problems } = readType(typed)
    if (hasProblems(problems)) return showForm(c, { type, people, typed, problems })
    const whole = { ...facts, colour: readColour(typed), position: type.position }
    const doers = tickedIds(typed, 'who_', people)
    const isSame = (saved: { type: AppointmentType; people: DiaryPractitioner[] }) =>
      changedType(saved.type, facts).length === 0 &&
      whole.colour === saved.type.colour &&
      doers.join() === doersOf(saved.type, saved.people).join()
    if (isSame({ type, people })) return toList(c, 'saved')
    const isLate = typed.version !== undefined && typed.version !== String(type.version)
    if (isLate) return showForm(c, { type, people, typed, problems, meanwhile: whole })
    const written = await change(c, type, whole, doers)
    if (written.ok) return toList(c, 'saved')
    if (written.because.includes('name')) return showForm(c, { type, people, typed, problems: taken })
    const after = await loadOne(c) // somebody was a moment faster; or the same form was, sent twice
    return isSame(after) ? toList(c, 'saved') : showForm(c, { ...after, typed, problems, meanwhile: whole })
  })
  .post(`${rooms}/:id/earlier`, mayChange, async (c) => {
    const { types } = await load(c)
    const id = c.req.param('id')
    const ids = earlier(types, id)
    if (!types.some((type) => type.id === id)) throw new NotFound()
    const { db, clinicId } = c.var.visit
    const detail = { type: id, fields: 'position' }
    if (ids)
      await c.var.visit.write([
        ...orderTypes(db, clinicId, ids),
        entryByStaff(c, 'appointment-type-changed', { detail }),
      ])
    return toList(c, `ordered&moved=${id}`)
  })
  .get(`${rooms}/:id/retirement`, mayChange, async (c) => {
    const { type } = await loadOne(c)
    const props = { base: c.var.frame.base, type }
    return show(c, { title: `Retire ${type.name}?`, look: 'diary', children: <RetirementPage {...props} /> })
  })
  .post(`${rooms}/:id/retirement`, mayChange, async (c) => {
    const { type } = await loadAny(c)
    const { db, clinicId } = c.var.visit
    await c.var.visit.write([
      ...retireType(db, { clinicId, id: type.id }, c.var.now), // retired meanwhile: nothing to write down
      entryByStaff(c, 'appointment-type-retired', { detail: { type: type.id, name: type.name } }),
    ])
    return toList(c, 'retired')
  })

const toList = (c: Ask, done: string) => c.redirect(`${c.var.frame.base}${rooms}?done=${done}`, 303)
/** The same form with the same in it: sent twice, it adds one type; after Back and another name, another one. */
const formIdOf = ({ form_id }: Record<string, string>, facts: TypedFacts, doers: string[]): string | null =>
  form_id ? hashToken(JSON.stringify([form_id, facts, doers])) : null
const isSentAlready = (types: AppointmentType[], sent: string | null): boolean =>
  sent !== null && types.some(({ formId }) => formId === sent)
const taken: Problems = { name: 'Another type has this name. Choose a different one' }
const idsOf = (people: DiaryPractitioner[]) => people.map(({ id }) => id)
const doersOf = ({ id }: AppointmentType, people: DiaryPractitioner[]) =>
  idsOf(people.filter(({ typeIds }) => typeIds.includes(id)))

async function load(c: Ask) {
  const { visit } = c.var
  const [types, people] = await visit.read(typesOf(visit.db, visit.clinicId), practitionersOf(visit.db, visit.clinicId))
  return { types, people }
}

/** @throws NotFound for a type that was retired, too */
async function loadOne(c: Ask) {
  const loaded = await loadAny(c)
  if (loaded.type.retiredAt !== null) throw new NotFound()
  return loaded
}

async function loadAny(c: Ask) {
  const { visit } = c.var
  const [[type], people] = await visit.read(
    typeById(visit.db, { clinicId: visit.clinicId, id: c.req.param('id') ?? '' }),
    practitionersOf(visit.db, visit.clinicId),
  )
  if (!type) throw new NotFound()
  return { type, people }
}

function change(c: Ask, type: AppointmentType, facts: TypeFacts, doers: string[]) {
  const { db, clinicId } = c.var.visit
  const of = { clinicId, id: type.id, version: type.version }
  return c.var.visit.write([
    ...changeType(db, of, facts),
    ...setDoersOf(db, of, doers),
    entryByStaff(c, 'appointment-type-changed', { detail: { type: type.id, name: facts.name } }),
  ])
}

const typedOf = (type: AppointmentType, people: DiaryPractitioner[]) => ({
  ...typedType(type),
  ...typedTicks('who_', doersOf(type, people)),
  colour: String(type.colour),
})

interface Form {
  type?: AppointmentType
  people: DiaryPractitioner[]
  typed: Record<string, string>
  problems: Problems
  /** Somebody else's change came first: these were not saved. */
  meanwhile?: TypeFacts
}

function showForm(c: Ask, form: Form) {
  const { type, problems, meanwhile } = form
  const title = meanwhile ? 'Somebody else changed this type' : (type?.name ?? 'Add an appointment type')
  return show(c, {
    title,
    problems,
    status: meanwhile && 409,
    look: 'diary',
    children: <TypePage base={c.var.frame.base} title={title} {...form} />,
  })
}
