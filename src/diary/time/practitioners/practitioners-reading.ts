/** Who sees patients, and what is decided about them: all of them, or one. */
import { type Ask, today } from '../../../ask.ts'
import { staffOfClinic } from '../../../staff/staff-store.ts'
import { NotFound } from '../../../web/trouble.ts'
import { bookedIn } from '../hits-store.ts'
import { hoursIn, practitionersOf, typesOf } from '../time-store.ts'

export async function loadPractitioners(c: Ask) {
  const { db, clinicId } = c.var.visit
  const [people, types, hours, staff] = await c.var.visit.read(
    practitionersOf(db, clinicId),
    typesOf(db, clinicId),
    hoursIn(db, clinicId, { from: today(c), until: '9999-12-31' }),
    staffOfClinic(db, clinicId),
  )
  const others = staff
    .filter(({ id, deactivatedAt }) => deactivatedAt === null && !people.some((each) => each.id === id))
    .map(({ id, name }) => ({ id, name }))
  return { people, types, hours, others }
}
export type LoadedPractitioners = Awaited<ReturnType<typeof loadPractitioners>>

/** @throws NotFound for whoever sees no patients */
export async function loadPractitioner(c: Ask) {
  const { db, clinicId } = c.var.visit
  const { now } = c.var
  const staffId = c.req.param('id') ?? ''
  const [people, types, hours, hits] = await c.var.visit.read(
    practitionersOf(db, clinicId),
    typesOf(db, clinicId),
    hoursIn(db, clinicId, { from: today(c), until: '9999-12-31' }),
    bookedIn(db, clinicId, [{ from: now, until: Number.MAX_SAFE_INTEGER }], now, staffId),
  )
  const who = people.find(({ id }) => id === staffId)
  if (!who) throw new NotFound()
  return { who, people, types, hours: hours.filter((row) => row.staffId === staffId), hits }
}
export type LoadedPractitioner = Awaited<ReturnType<typeof loadPractitioner>>
