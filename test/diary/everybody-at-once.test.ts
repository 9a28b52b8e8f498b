/**
 * Two of the staff and two patients do whatever can be done to the same few appointments, all at once, on a database that
 * answers in any order. Whoever wins, what is kept must agree with itself: times, history, calendars.
 */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { takenOf } from '../../src/diary/time/clinic-time.ts'
import { type Appointment, busyDay, practitionerType, workingHours } from '../../src/schema.ts'
import { slowDatabase } from '../support/unsteady-database.ts'
import { type Answer, aStaffMember, loggedOn, type Visitor, visitor } from '../support/world.ts'
import { another, asJanet, bookingForm, opened, withAccess } from './booking/booking-world.ts'
import {
  aDiary,
  allRows,
  aPractitioner,
  type Diary,
  days,
  db,
  minutes,
  nine,
  nineToFive,
  setRules,
} from './diary-world.ts'

const slow = { ...env, DB: slowDatabase(env.DB) }
const at = (now: number) => vi.useFakeTimers({ now, toFake: ['Date'] })

let diary: Diary
let practitioners: string[]
let staff: Visitor[]
let patients: { id: string; browser: Visitor }[]

beforeEach(async () => {
  at(nine - 2 * days)
  diary = await aDiary()
  const { clinicId, priya, typeId } = diary
  await opened(diary)
  await withAccess(diary)
  await setRules(clinicId, { cancelNoticeHours: 0, mostUpcoming: 20, gridMinutes: 15 })
  const tom = await aPractitioner({ clinicId, username: 'tom', name: 'Tom Becker' })
  await db().insert(practitionerType).values({ clinicId, staffId: tom, typeId })
  await db()
    .insert(workingHours)
    .values(nineToFive(clinicId, tom, 3))
  practitioners = [priya, tom]
  const accounts = [await aStaffMember({ clinicId }), await aStaffMember({ clinicId, username: 'ann' })]
  staff = await Promise.all(accounts.map(({ id }) => loggedOn({ clinicId, staffId: id }, slow)))
  patients = [{ id: diary.patientId, browser: await asJanet(diary, slow) }, await another(diary, 'Omar', slow)]
})
afterEach(() => {
  vi.useRealTimers()
})

/** The same acts in each run, so that a failure comes again. @returns a number below `most` */
function dice(seed: number) {
  let state = seed
  return (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * most)
  }
}

type Act = (throwing: (most: number) => number, row: Appointment) => Promise<Answer>

const timeOf = (roll: number) => String(nine + roll * 15 * minutes)
const here = ({ id }: Appointment) => `/riverside/diary/appointments/${id}`
const own = ({ id }: Appointment) => `/riverside/appointments/${id}`
const versionOf = ({ version }: Appointment) => String(version)
const ownerOf = ({ patientId }: Appointment) => patients.find(({ id }) => id === patientId)!.browser

const bookings: Act[] = [
  (roll) => {
    const [who, start] = [practitioners[roll(2)]!, timeOf(roll(5))]
    return patients[roll(2)]!.browser.post('/riverside/book', bookingForm(diary, Number(start), { who, with: who }))
  },
  (roll) =>
    staff[roll(2)]!.post('/riverside/diary/book', {
      ...{ practitioner: practitioners[roll(2)]!, start: timeOf(roll(5)), type: diary.typeId },
      ...{ patient: patients[roll(2)]!.id, tell: 'on' },
    }),
]
const changes: Act[] = [
  (roll, row) => {
    const to = { practitioner: practitioners[roll(2)]!, start: timeOf(roll(5)) }
    return staff[roll(2)]!.post(`${here(row)}/move`, { version: versionOf(row), ...to })
  },
  (roll, row) => {
    const to = { with: practitioners[roll(2)]!, at: timeOf(roll(5)) }
    return ownerOf(row).post(`${own(row)}/move`, { version: versionOf(row), ...to })
  },
  (roll, row) =>
    staff[roll(2)]!.post(`${here(row)}/cancellation`, { version: versionOf(row), asked: 'clinic', tell: 'on' }),
  (_roll, row) => ownerOf(row).post(`${own(row)}/cancellation`, { version: versionOf(row) }),
  (roll, row) => staff[roll(2)]!.post(`${here(row)}/undo`, { version: versionOf(row) }),
  (roll, row) => staff[roll(2)]!.post(`${here(row)}/status`, { version: versionOf(row), status: 'arrived' }),
]

it.each([1, 2])('nothing contradicts itself afterwards (%i)', { timeout: 120_000 }, async (seed) => {
  const roll = dice(seed)
  for (let round = 1; round <= 10; round++) {
    at(nine - 2 * days + round * minutes)
    const rows = await allRows()
    const acts = [...bookings, ...(rows.length > 2 ? [...changes, ...changes] : [])]
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => acts[roll(acts.length)]!(roll, rows[roll(rows.length)]!)),
    )
    for (const { status } of answers) expect([303, 409]).toContain(status)
  }
  const rows = await allRows()
  expect(rows).not.toEqual([])
  await expectTimesApart(rows)
  await expectWhatIsToldToAgree(rows)
})

/** Nobody has two appointments at one time, and what is kept about taken time is what the appointments say. */
async function expectTimesApart(rows: Appointment[]) {
  const busy = await db().select().from(busyDay)
  for (const practitioner of practitioners) {
    const taken = rows
      .filter(({ practitionerId, status }) => practitionerId === practitioner && status !== 'cancelled')
      .sort((a, b) => a.startAt - b.startAt)
    for (const [index, { startAt }] of taken.entries())
      expect(startAt).toBeGreaterThanOrEqual(taken[index - 1]?.bufferUntil ?? 0)
    const kept = busy
      .filter(({ practitionerId }) => practitionerId === practitioner)
      .flatMap(({ day, spans }) => takenOf(`${day}:${spans}`))
    expect(kept).toEqual(taken.map(({ startAt, bufferUntil }) => ({ from: startAt, until: bufferUntil })))
  }
}

/** As many acts in the audit as versions; and whoever follows the files that were mailed has the appointment as it is. */
async function expectWhatIsToldToAgree(rows: Appointment[]) {
  const { results: acts } = await env.DB.prepare(
    "SELECT json_extract(detail, '$.appointment') AS id FROM audit WHERE act LIKE 'appointment-%'",
  ).all<{ id: string }>()
  const mails: { attachments: { text: string }[] }[] = JSON.parse((await visitor().get('/dev/mailbox.json')).body)
  const files = mails.flatMap(({ attachments }) => attachments).map(({ text }) => text)
  for (const row of rows) {
    expect(acts.filter(({ id }) => id === row.id)).toHaveLength(row.version)
    const told = files.filter((text) => text.includes(row.id)).map(eventIn)
    expect(new Set(told.map(({ sequence }) => sequence)).size).toBe(told.length)
    expect(told.toSorted((a, b) => b.sequence - a.sequence)[0]).toEqual({
      sequence: row.sequence,
      startsAt: new Date(row.startAt).toISOString().replace(/[-:]|\.\d{3}/g, ''),
      status: row.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    })
  }
}

const eventIn = (file: string) => {
  const value = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(file)?.[1] ?? ''
  return { sequence: Number(value('SEQUENCE')), startsAt: value('DTSTART'), status: value('STATUS') }
}
