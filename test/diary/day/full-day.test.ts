/** A full day stays light: 120 appointments with five practitioners (ux.md §7.2, performance.md). */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { appointment, workingHours } from '../../../src/schema.ts'
import { watched } from '../../support/counting.ts'
import { aPatient, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import {
  aBooking,
  aDiary,
  aPractitioner,
  aType,
  type Diary,
  db,
  hours,
  minutes,
  nine,
  nineToFive,
} from '../diary-world.ts'
import { columnsOf, entriesOf } from './reading-a-day.ts'

const day = '/riverside/diary/2026-12-02'
const kilobyte = 1000 // bytes
/** Of 45 KB in all: app.css, day.css, app.js, htmx and the icon take under 30 (test/browser/weight.test.ts). */
const mostOfThePage = 15 * kilobyte

let diary: Diary
let sam: Visitor
const watching = watched()

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * hours, toFake: ['Date'] })
  diary = await aDiary()
  await fill()
  const { id: staffId } = await aStaffMember({ clinicId: diary.clinicId })
  sam = await loggedOn({ clinicId: diary.clinicId, staffId }, watching.env)
  await sam.get('/riverside') // the clinic's own row is kept for five seconds
  watching.work.trips.length = 0
  return () => vi.useRealTimers()
})

/** Twenty-four appointments of twenty minutes for each of five people. */
async function fill() {
  const others = ['Tom Becker', 'Maya Lindqvist', 'Noor Haddad', 'Ines Costa'].map((name) =>
    aPractitioner({ clinicId: diary.clinicId, username: name.slice(0, 3).toLowerCase(), name }),
  )
  const people = [diary.priya, ...(await Promise.all(others))]
  const { id: typeId } = await aType({ clinicId: diary.clinicId, name: 'Health check', minutes: 20, doneBy: people })
  await db()
    .insert(workingHours)
    .values(people.slice(1).map((id) => nineToFive(diary.clinicId, id, 3)))
  for (const [column, practitionerId] of people.entries()) {
    for (let turn = 0; turn < 24; turn++) {
      const { id: patientId } = await aPatient({
        clinicId: diary.clinicId,
        firstName: names[turn]!,
        lastName: names[(turn + column * 5 + 7) % 24]!,
      })
      const startAt = nine + turn * 20 * minutes
      const endAt = startAt + 20 * minutes
      const { formId: _form, ...row } = aBooking(diary, { practitionerId, patientId, typeId, startAt, endAt })
      await db()
        .insert(appointment)
        .values({ ...row, bookedAt: 1, statusSince: 1 })
    }
  }
}
const names =
  'Asha Bruno Chloe Dmitri Eleanor Farid Grace Harriet Imran Josephine Kofi Lorraine Margaret Nadia Oliver Priscilla Quentin Rajesh Siobhan Theodora Ulrich Victoria Walter Zofia'.split(
    ' ',
  )

async function weightOf(text: string): Promise<number> {
  const packed = new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip')))
  return (await packed.arrayBuffer()).byteLength
}

describe('a day with 120 appointments', () => {
  it('is one trip to D1, all of it on one page, and light', async () => {
    const { body } = await sam.get(day)
    expect(watching.work.trips).toHaveLength(1)
    expect(columnsOf(body).map((words) => words.replace(/^.* (\d+ booked)/, '$1'))).toEqual(
      Array(5).fill('24 booked, 0 free'),
    )
    expect(entriesOf(body).filter(({ kind }) => kind === 'visit')).toHaveLength(120)
    expect(await weightOf(body)).toBeLessThanOrEqual(mostOfThePage)
  })

  it('is refreshed in one trip too, and without a byte while nothing changed', async () => {
    const mark = /&quot;If-None-Match&quot;:&quot;(.*?)&quot;}/
      .exec((await sam.get(day)).body)![1]!
      .replaceAll('\\&quot;', '"')
    watching.work.trips.length = 0
    const { status, body } = await sam.get(`${day}/grid`, { 'HX-Request': 'true', 'If-None-Match': mark })
    expect([status, body.length, watching.work.trips.length]).toEqual([304, 0, 1])
  })

  it('is one trip as a week and on paper', async () => {
    for (const part of ['week', 'print']) {
      watching.work.trips.length = 0
      expect((await sam.get(`${day}/${part}`)).status).toBe(200)
      expect(watching.work.trips).toHaveLength(1)
    }
  })
})
