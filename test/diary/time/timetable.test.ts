/** A timetable that is kept is never older than the database: whatever it is made of draws its mark anew. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ClinicTime, PractitionerTime } from '../../../src/diary/time/clinic-time.ts'
import { closedDaysIn, hoursIn, practitionersOf, rulesOf, typesOf } from '../../../src/diary/time/time-store.ts'
import { timeOf } from '../../../src/diary/time/timetable-store.ts'
import { builtOf, type Statement } from '../../../src/web/database.ts'
import { aClinic } from '../../support/world.ts'
import { aDiary, anAbsence, type Diary, days, db, nine } from '../diary-world.ts'

const timezone = 'Europe/London'
const fortnight = { from: '2026-12-01', until: '2026-12-14' }
const run = (sql: string) => env.DB.prepare(sql).run()
const ask = (clinicId: string, dates = fortnight) => timeOf(db(), { id: clinicId, timezone }, dates)
const read = async (dates = fortnight) => timetableIn(await ask(diary.clinicId, dates))
/** Nothing is booked here. */
const timetableIn = ({ rules, types, practitioners, closedDays }: ClinicTime) => {
  const { timeMark, timeVersion, ...written } = rules
  return { rules: written, types, practitioners, closedDays }
}
/** As D1 answers it. */
const raw = (statement: Statement) => {
  const { sql, params } = builtOf(statement).getQuery()
  return env.DB.prepare(sql)
    .bind(...params)
    .all()
}
let diary: Diary

beforeEach(async () => {
  diary = await aDiary()
  await anAbsence({ clinicId: diary.clinicId, staffId: diary.priya, fromAt: nine + days, untilAt: nine + 2 * days })
  await run(
    `INSERT INTO closed_day (clinic_id, date, name, added_at) SELECT id, '2026-12-10', 'Training', 1 FROM clinic`,
  )
})

describe('a timetable', () => {
  it('says who works when, what can be booked by which rules and what is closed', async () => {
    const { types, practitioners, closedDays } = await read()
    expect(types).toMatchObject([{ id: diary.typeId, name: 'Follow-up', isOnline: true, formId: null }])
    expect(practitioners).toMatchObject([{ id: diary.priya, name: 'Priya Nair', typeIds: [diary.typeId] }])
    expect(practitioners[0]!.hours).toHaveLength(5)
    expect(practitioners[0]!.absences).toMatchObject([{ from: nine + days, until: nine + 2 * days, reason: '' }])
    expect(closedDays).toEqual([{ date: '2026-12-10', name: 'Training' }])
  })

  it('says what the rooms list, column by column', async () => {
    await run(
      "UPDATE appointment_type SET price = '£45', preparation = 'Bring “the” letter', for_new = 0, form_id = 'f'",
    )
    await run("UPDATE booking_rules SET is_online = 0, offline_message = 'Call us', reminder_hours = NULL")
    const { rules, types, practitioners, closedDays } = await ask(diary.clinicId)
    const [{ hours, absences, taken, ...person }] = practitioners as [PractitionerTime]
    expect([rules]).toEqual(await rulesOf(db(), diary.clinicId))
    expect(types).toEqual(await typesOf(db(), diary.clinicId))
    expect(await closedDaysIn(db(), diary.clinicId, fortnight)).toMatchObject(closedDays)
    expect(await hoursIn(db(), diary.clinicId, fortnight)).toMatchObject(hours)
    expect(await practitionersOf(db(), diary.clinicId)).toMatchObject([person])
  })

  it('is read once, and then only asked whether it is still the same', async () => {
    const first = await read()
    const { results } = await raw(ask(diary.clinicId))
    expect(results).toMatchObject([{ anew: null }])
    expect((await read()).types).toBe(first.types)
  })

  const changes: Record<string, string> = {
    'a practitioner is called something else': "UPDATE staff SET name = 'Priya Rao'",
    'a practitioner is deactivated': 'UPDATE staff SET deactivated_at = 1',
    'a practitioner is designated anew': "UPDATE practitioner SET designation = 'Nurse'",
    'a practitioner has another colour': 'UPDATE practitioner SET colour = 7',
    'a practitioner sees patients no more': 'UPDATE practitioner SET ended_at = 1',
    'hours are added': `INSERT INTO working_hours (clinic_id, staff_id, weekday, from_minute, until_minute, valid_from)
      SELECT clinic_id, staff_id, 7, 540, 600, '2026-01-01' FROM practitioner`,
    'hours are removed': 'DELETE FROM working_hours WHERE weekday = 1',
    'an absence is added': `INSERT INTO absence (clinic_id, staff_id, until_at, id, from_at, added_at)
      SELECT clinic_id, staff_id, ${nine + 1}, 'x', ${nine}, 1 FROM practitioner`,
    'an absence has another reason': "UPDATE absence SET reason = 'Course'",
    'an absence is removed': 'DELETE FROM absence',
    'a day is closed': `INSERT INTO closed_day (clinic_id, date, name, added_at) SELECT id, '2026-12-11', 'Move', 1 FROM clinic`,
    'a closed day is called something else': "UPDATE closed_day SET name = 'Stocktaking'",
    'a day is opened': 'DELETE FROM closed_day',
    'a type is added': `INSERT INTO appointment_type (clinic_id, id, name, minutes, added_at) SELECT id, 'new', 'New', 30, 1 FROM clinic`,
    'a type is changed': "UPDATE appointment_type SET preparation = 'Bring the letter'",
    'a type is retired': 'UPDATE appointment_type SET retired_at = 1',
    'a type is taken from a practitioner': 'DELETE FROM practitioner_type',
    'online booking is switched': 'UPDATE booking_rules SET is_online = 1 - is_online',
    'the message beside it is changed': "UPDATE booking_rules SET offline_message = 'Call us'",
    'the earliest notice is changed': 'UPDATE booking_rules SET earliest_notice_minutes = 60',
    'booking reaches less far ahead': 'UPDATE booking_rules SET furthest_ahead_days = 7',
    'a patient may have fewer': 'UPDATE booking_rules SET most_upcoming = 1',
    'the cancellation notice is changed': 'UPDATE booking_rules SET cancel_notice_hours = 48',
    'the slot rule is changed': "UPDATE booking_rules SET slot_rule = 'first-of-block'",
    'the grid is changed': 'UPDATE booking_rules SET grid_minutes = 30',
    'reminders are switched off': 'UPDATE booking_rules SET reminder_hours = NULL',
    'types are for new patients only': 'UPDATE booking_rules SET new_patients_new_types_only = 1',
    'the form of the rules is saved': 'UPDATE booking_rules SET version = version + 1',
  }
  it.each(Object.entries(changes))('is read anew when %s', async (_what, sql) => {
    const before = await read()
    await run(sql)
    expect(await read()).not.toEqual(before)
  })

  it('is read anew when a practitioner is added, or takes another place in the order', async () => {
    const names = async () => (await read()).practitioners.map(({ name }) => name)
    await run(`INSERT INTO staff (id, clinic_id, username, name, role, created_at)
      SELECT 'tom', id, 'tom', 'Tom Becker', 'practitioner', 1 FROM clinic`)
    await run(`INSERT INTO practitioner (clinic_id, staff_id, added_at) SELECT id, 'tom', 1 FROM clinic`)
    expect(await names()).toEqual(['Priya Nair', 'Tom Becker'])
    await run("UPDATE practitioner SET position = -1 WHERE staff_id = 'tom'")
    expect(await names()).toEqual(['Tom Becker', 'Priya Nair'])
  })

  const tables = ['practitioner', 'working_hours', 'absence', 'closed_day', 'appointment_type', 'practitioner_type']
  it.each(tables)('hears of every row of %s that is added, changed or removed', async (table) => {
    const { results } = await env.DB.prepare("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?")
      .bind(table)
      .all<{ sql: string }>()
    const heard = results.filter(({ sql }) => /time_version \+ 1|hours_are_replaced/.test(sql))
    const acts = ['INSERT', 'UPDATE', 'DELETE'].filter((act) =>
      heard.some(({ sql }) => new RegExp(`(AFTER|BEFORE) ${act} `).test(sql)),
    )
    expect(acts).toEqual(['INSERT', 'UPDATE', 'DELETE'])
  })

  it('of a database that was set back to an hour ago is not taken for the one that was kept', async () => {
    const before = await read()
    await run('DELETE FROM working_hours')
    await run('UPDATE booking_rules SET time_version = 1')
    expect((await read()).practitioners[0]!.hours).toEqual([])
    expect(before.practitioners[0]!.hours).toHaveLength(5)
  })

  it('is the one of its own trip, when another page has read a newer one meanwhile', async () => {
    const before = await read()
    const slow = ask(diary.clinicId)
    const answer = await raw(slow)
    await run('DELETE FROM closed_day')
    expect((await read()).closedDays).toEqual([])
    expect(builtOf(slow).mapResult(answer, true)).toMatchObject(before)
  })

  it('is each clinic’s own', async () => {
    await read()
    const other = await aClinic({ slug: 'hillside' })
    expect(timetableIn(await ask(other.id))).toMatchObject({ types: [], practitioners: [], closedDays: [] })
    expect((await read()).types).toHaveLength(1)
  })

  it('reaches as far as the days that are asked for, however far they are', async () => {
    const far = nine + 900 * days
    await anAbsence({ clinicId: diary.clinicId, staffId: diary.priya, fromAt: far, untilAt: far + days })
    const absences = async (dates = fortnight) => (await read(dates)).practitioners[0]!.absences.map(({ from }) => from)
    expect(await absences()).toEqual([nine + days])
    expect(await absences({ from: '2029-05-01', until: '2029-05-31' })).toEqual([far])
    expect(await absences()).toEqual([nine + days])
  })
})
