/**
 * The two days of the year on which the clocks change, in four zones: what a patient is offered, that what is offered can be
 * booked, and that the mail, its file and the pages mean the same moment (ux.md checks 28 and 30). Apia has changed its clocks
 * until 2021, Lord Howe by half an hour.
 */
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { workingHours } from '../../../src/schema.ts'
import { timeInWords } from '../../../src/web/dates.ts'
import { wordsOf } from '../../patients/reading.ts'
import { type Answer, mailbox, type Visitor } from '../../support/world.ts'
import { aDiary, allRows, type Diary, days, db, hours, minutes, setRules } from '../diary-world.ts'
import { asJanet, bookingForm, fieldsOf, linksOf, opened, withAccess } from './booking-world.ts'

afterEach(() => {
  vi.useRealTimers()
})

interface Change {
  zone: string
  date: string
  /** As the clock on the wall shows them, with their offsets from UTC: what is offered from midnight to 5am, every half hour. */
  offered: string[]
}

const before = 'before the clocks go back'
const after = 'after the clocks go back'
const changes: Change[] = [
  {
    zone: 'Europe/London',
    date: '2026-03-29', // 1am is 2am
    offered: ['12:00am Z', '12:30am Z', '2:00am +1', '2:30am +1', '3:00am +1', '3:30am +1', '4:00am +1', '4:30am +1'],
  },
  {
    zone: 'Europe/London',
    date: '2026-10-25', // 2am is 1am
    offered: [
      ...['12:00am +1', '12:30am +1', `1:00am (${before}) +1`, `1:30am (${before}) +1`],
      ...[`1:00am (${after}) Z`, `1:30am (${after}) Z`, '2:00am Z', '2:30am Z', '3:00am Z', '3:30am Z'],
      ...['4:00am Z', '4:30am Z'],
    ],
  },
  {
    zone: 'America/New_York',
    date: '2026-03-08', // 2am is 3am
    offered: ['12:00am -5', '12:30am -5', '1:00am -5', '1:30am -5', '3:00am -4', '3:30am -4', '4:00am -4', '4:30am -4'],
  },
  {
    zone: 'America/New_York',
    date: '2026-11-01', // 2am is 1am
    offered: [
      ...['12:00am -4', '12:30am -4', `1:00am (${before}) -4`, `1:30am (${before}) -4`],
      ...[`1:00am (${after}) -5`, `1:30am (${after}) -5`, '2:00am -5', '2:30am -5', '3:00am -5', '3:30am -5'],
      ...['4:00am -5', '4:30am -5'],
    ],
  },
  {
    zone: 'Australia/Lord_Howe',
    date: '2026-10-04', // 2am is 2:30am
    offered: [
      ...['12:00am +10.5', '12:30am +10.5', '1:00am +10.5', '1:30am +10.5'],
      ...['2:30am +11', '3:00am +11', '3:30am +11', '4:00am +11', '4:30am +11'],
    ],
  },
  {
    zone: 'Australia/Lord_Howe',
    date: '2026-04-05', // 2am is 1:30am
    offered: [
      ...['12:00am +11', '12:30am +11', '1:00am +11', `1:30am (${before}) +11`, `1:30am (${after}) +10.5`],
      ...['2:00am +10.5', '2:30am +10.5', '3:00am +10.5', '3:30am +10.5', '4:00am +10.5', '4:30am +10.5'],
    ],
  },
  {
    zone: 'Pacific/Apia',
    date: '2020-09-27', // 3am is 4am
    offered: [
      ...['12:00am +13', '12:30am +13', '1:00am +13', '1:30am +13', '2:00am +13', '2:30am +13'],
      ...['4:00am +14', '4:30am +14'],
    ],
  },
  {
    zone: 'Pacific/Apia',
    date: '2021-04-04', // 4am is 3am
    offered: [
      ...['12:00am +14', '12:30am +14', '1:00am +14', '1:30am +14', '2:00am +14', '2:30am +14'],
      ...[`3:00am (${before}) +14`, `3:30am (${before}) +14`, `3:00am (${after}) +13`, `3:30am (${after}) +13`],
      ...['4:00am +13', '4:30am +13'],
    ],
  },
]

/** '2:30am +11' on that date is this moment. */
function instantOf(date: string, entry: string): number {
  const [, hour, minute, offset] = /^(\d+):(\d+)am.* (\S+)$/.exec(entry)!
  const wall = Date.parse(`${date}T00:00:00Z`) + (Number(hour) % 12) * hours + Number(minute) * minutes
  return wall - (offset === 'Z' ? 0 : Number(offset)) * hours
}
const labelOf = (entry: string): string => entry.replace(/ \S+$/, '')

const startsOf = (page: Answer): number[] =>
  linksOf(page).flatMap((link) => [...link.matchAll(/[?&]at=(\d+)/g)].map(([, at]) => Number(at)))

describe.each(changes)('$zone on $date', ({ zone, date, offered }) => {
  const starts = offered.map((entry) => instantOf(date, entry))
  const afterwards = starts.at(-1)! + 30 * minutes
  let diary: Diary
  let janet: Visitor
  const dayPage = () => janet.get(`/riverside/book?day=${date}`)

  /** Priya sees patients in the night, from midnight to 5am. */
  beforeEach(async () => {
    vi.useFakeTimers({ now: starts[0]! - 3 * days, toFake: ['Date'] })
    diary = await aDiary({ timezone: zone })
    await opened(diary)
    await setRules(diary.clinicId, { furthestAheadDays: 14, mostUpcoming: 50 })
    await withAccess(diary)
    await works({ fromMinute: 0, untilMinute: 300 })
    janet = await asJanet(diary)
  })
  const works = (at: { fromMinute: number; untilMinute: number }) =>
    db()
      .insert(workingHours)
      .values({ clinicId: diary.clinicId, staffId: diary.priya, weekday: 7, validFrom: '2020-01-01', ...at }) // a Sunday

  it('every time of the night is offered once, under a name of its own; what the clocks jump over is not', async () => {
    const page = await dayPage()
    expect(startsOf(page)).toEqual(starts)
    const names = [...page.body.matchAll(/<a href="[^"]*at=\d+[^"]*">([^<]*)/g)].map(([, name]) => name!)
    expect(names).toEqual(offered.map(labelOf))
    expect(new Set(names).size).toBe(names.length)
  })

  it('each can be booked, and the page, the mail and the file mean the same moment', { timeout: 60_000 }, async () => {
    for (const [index, startAt] of starts.entries()) {
      const label = labelOf(offered[index]!)
      const time = linksOf(await dayPage()).find((link) => link.includes(`at=${startAt}&`))!
      const check = await janet.get(time)
      expect(wordsOf(check.body)).toContain(` at ${label} Change the time`)
      const answer = await janet.post('/riverside/book', fieldsOf(check, '/riverside/book'))
      expect(answer.location).toMatch(/done=booked$/)
      expect(wordsOf((await janet.get(answer.location!)).body)).toContain(` ${label} to `)
    }
    expect((await allRows()).map((row) => row.startAt).sort()).toEqual(starts)
    const mails = (await mailbox()) as unknown as { text: string; attachments: { text: string }[] }[]
    const told = mails.map(({ text, attachments: [file] }) => ({ text, ...eventIn(file!.text) }))
    expect(told.map(({ at }) => at).sort()).toEqual(starts)
    for (const { at, length, text } of told)
      expect([length, text]).toEqual([30 * 60, expect.stringContaining(labelOf(offered[starts.indexOf(at)]!))])
  })

  it('a time that is not on the grid or after hours is refused, though the night has more or fewer of them', async () => {
    for (const at of [starts[1]! + 10 * minutes, afterwards]) {
      const answer = await janet.post('/riverside/book', bookingForm(diary, at))
      expect(answer.status).toBe(409)
    }
    expect(await allRows()).toEqual([])
  })

  it('nine in the morning is nine on that clock', async () => {
    await works({ fromMinute: 540, untilMinute: 600 })
    const morning = startsOf(await dayPage()).filter((at) => at >= afterwards)
    expect(morning.map((at) => timeInWords(at, zone))).toEqual(['9:00am', '9:30am'])
  })
})

function eventIn(file: string): { at: number; length: number } {
  const event = new ICAL.Event(new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent('vevent')!)
  return { at: event.startDate.toJSDate().getTime(), length: event.duration.toSeconds() }
}
