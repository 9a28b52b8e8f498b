/** `/settings/booking-rules`: how the form is read, what patients will meet in words, and what contradicts itself. */
import { beforeEach, describe, expect, it } from 'vitest'
import {
  type Bookable,
  contradictions,
  readRules,
  rulesInWords,
  typedRules,
} from '../../../src/diary/time/rules/rules-form.ts'
import { bookingRules } from '../../../src/schema.ts'
import { audited } from '../../clinic/manager.ts'
import { watched } from '../../support/counting.ts'
import { loggedOn } from '../../support/world.ts'
import { db, setRules } from '../diary-world.ts'
import { aManagedDiary, type ManagedDiary, wordsOf } from './time-world.ts'

/** As a new clinic has them, but for the switch. */
const usual = {
  ...{ is_online: 'on', offline_message: '', notice_hours: '2', ahead_days: '56', most_upcoming: '3' },
  ...{ slot_rule: 'every', grid: '15', cancel_hours: '24', reminder_hours: '24' },
}
const read = (typed: Record<string, string> = {}) => readRules({ ...usual, ...typed })
const words = (typed: Record<string, string> = {}) => rulesInWords(read(typed).rules).join(' ')

describe('the form of the rules', () => {
  it.each([
    [
      { notice_hours: 'two' },
      { notice_hours: 'Earliest notice must be a number of hours from 0 to 720, like 2 or 0.5' },
    ],
    [{ notice_hours: '721' }, { notice_hours: expect.stringContaining('from 0 to 720') }],
    [{ ahead_days: '0' }, { ahead_days: 'How far ahead must be a number of days from 1 to 366' }],
    [{ ahead_days: '7.5' }, { ahead_days: 'How far ahead must be a number of days from 1 to 366' }],
    [{ most_upcoming: '' }, { most_upcoming: 'Most appointments ahead must be a number from 1 to 50' }],
    [{ cancel_hours: '-1' }, { cancel_hours: 'Cancellation notice must be a number of hours from 0 to 336' }],
    [
      { reminder_hours: '0' },
      { reminder_hours: 'Reminder must be a number of hours from 1 to 336, or empty for none' },
    ],
    [{ slot_rule: 'last-of-block' }, { slot_rule: 'Choose which free times are offered' }],
    [{ slot_rule: '' }, { slot_rule: 'Choose which free times are offered' }],
    [{ grid: '7' }, { grid: 'Choose how often times begin' }],
    [{ grid: '15x' }, { grid: 'Choose how often times begin' }],
    [{ offline_message: 'x'.repeat(301) }, { offline_message: 'The message must be 300 characters or fewer' }],
    [
      { notice_hours: '48', ahead_days: '2' },
      { ahead_days: 'How far ahead must be more than the earliest notice, or nobody can book' },
    ],
  ])('%j is told in plain words', (typed, problems) => {
    expect(read(typed).problems).toEqual(problems)
  })

  it('takes half hours, and shows what it has read', () => {
    const { rules, problems } = read({ notice_hours: '0,5', reminder_hours: '' })
    expect([rules.earliestNoticeMinutes, rules.reminderHours, problems]).toEqual([30, null, {}])
    expect(read(typedRules(rules)).rules).toEqual(rules)
  })
})

describe('what patients will meet', () => {
  it('is said in words', () => {
    expect(words()).toBe(
      'Patients can book from 2 hours to 8 weeks ahead. Every time that is free is offered. Times begin every 15 minutes. ' +
        'A patient can have 3 appointments ahead of them. They can cancel or change an appointment themselves until 24 hours before. ' +
        'After that they call the clinic. They are reminded by email 24 hours before.',
    )
  })

  it.each([
    [{ notice_hours: '0', ahead_days: '10' }, 'Patients can book up to 10 days ahead.'],
    [{ notice_hours: '72', ahead_days: '7' }, 'Patients can book from 3 days to 1 week ahead.'],
    [{ notice_hours: '1.5' }, 'from 1 hour 30 minutes to 8 weeks'],
    [{ most_upcoming: '1' }, 'A patient can have one appointment ahead of them.'],
    [{ cancel_hours: '0' }, 'themselves until it begins.'],
    [{ reminder_hours: '' }, 'They are not reminded.'],
    [{ new_only: 'on' }, 'New patients choose among the types that are for new patients only.'],
    [{ is_online: '', offline_message: 'We are moving' }, 'Patients cannot book online. They read: “We are moving”'],
    [{ is_online: '' }, 'They read that they can call the clinic.'],
  ])('%j: %s', (typed, sentence) => {
    expect(words(typed)).toContain(sentence)
  })
})

describe('contradictions', () => {
  const all: Bookable = { practitioners: 1, withHours: 1, types: 1, online: 1 }
  it.each([
    ['none', {}, all, []],
    ['nobody has hours', {}, { ...all, withHours: 0, online: 0 }, ['practitioners']],
    ['no type is for the web', {}, { ...all, online: 0 }, ['appointment-types']],
    ['off is off', { is_online: '' }, { ...all, withHours: 0, online: 0 }, []],
    ['reminded too late', { reminder_hours: '12' }, all, [undefined]],
  ])('%s', (_name, typed, bookable, roomsOf) => {
    expect(contradictions(read(typed).rules, bookable).map(({ room }) => room)).toEqual(roomsOf)
  })
})

describe('the page', () => {
  let diary: ManagedDiary
  beforeEach(async () => {
    diary = await aManagedDiary()
  })
  const room = '/riverside/settings/booking-rules'
  const save = (typed: Record<string, string> = {}) => diary.maya.post(room, { ...usual, ...typed })
  const rules = async () => (await db().select().from(bookingRules))[0]!

  it('changes the rules, which hold at once, and writes down which', async () => {
    const { status, location } = await save({ version: '1', ahead_days: '28', new_only: 'on' })
    expect([status, location]).toEqual([303, `${room}?saved=yes`])
    const { furthestAheadDays, newPatientsNewTypesOnly, isOnline, version, timeVersion } = await rules()
    expect([furthestAheadDays, newPatientsNewTypesOnly, isOnline, version]).toEqual([28, true, true, 2])
    expect(timeVersion, 'a booking that was decided on the old ones is refused').toBeGreaterThan(1)
    expect(await audited()).toEqual([['booking-rules-changed', { fields: 'is_online ahead_days new_only' }]])
    expect((await save({ version: '1', ahead_days: '28', new_only: 'on' })).status, 'sent twice').toBe(303)
    expect(await audited()).toHaveLength(1)
  })

  it('says what is wrong, keeps what was typed and changes nothing', async () => {
    const { status, body } = await save({ ahead_days: 'a month', offline_message: 'Back on <Monday>' })
    expect(status).toBe(422)
    expect(body).toContain('href="#ahead_days">How far ahead must be a number of days')
    expect(body).toContain('value="a month"')
    expect(body).toContain('value="Back on &lt;Monday&gt;"')
    expect((await rules()).version).toBe(1)
  })

  it('tells the second of two managers, and overwrites nothing', async () => {
    await save({ version: '1', most_upcoming: '5' })
    const second = await save({ version: '1', cancel_hours: '48' })
    expect(second.status).toBe(409)
    expect(wordsOf(second.body)).toMatch(/Maya Rossi changed this just now.*Most appointments ahead of one patient 5 3/)
    expect((await rules()).cancelNoticeHours).toBe(24)
    expect((await save({ version: '2', cancel_hours: '48' })).status).toBe(303)
  })

  it('refuses choices that it does not offer, saves nothing, and leads to each', async () => {
    const { status, body } = await save({ slot_rule: 'whichever', grid: '7', most_upcoming: '5' })
    expect(status).toBe(422)
    for (const [name, words] of [
      ['slot_rule', 'Choose which free times are offered'],
      ['grid', 'Choose how often times begin'],
    ] as const) {
      expect(body).toContain(`<a href="#${name}">${words}</a>`)
      expect(body).toContain(`id="${name}-problem"`)
      expect(body).toMatch(new RegExp(`<(input|select) id="${name}"`))
    }
    expect(body).toContain('value="5"')
    expect((await rules()).mostUpcoming).toBe(3)
  })

  it('warns where nothing can be booked although online booking is on', async () => {
    await setRules(diary.clinicId, { isOnline: true })
    expect(wordsOf((await diary.maya.get(room)).body)).not.toContain('Online booking is on, but')
    await diary.maya.post(`/riverside/settings/appointment-types/${diary.typeId}/retirement`)
    const { body } = await diary.maya.get(room)
    expect(wordsOf(body)).toContain('Online booking is on, but there is no appointment type that can be booked online.')
    expect(body).toContain('href="/riverside/settings/appointment-types"')
  })

  it('draws what is being typed without saving it', async () => {
    const query = new URLSearchParams({ ...usual, ahead_days: '7' })
    const { body } = await diary.maya.get(`${room}/preview?${query}`, { 'hx-request': 'true' })
    expect(wordsOf(`<main ${body}`)).toContain('from 2 hours to 1 week ahead')
    expect(body).toContain('Not saved yet')
    expect((await rules()).furthestAheadDays).toBe(56)
    expect((await diary.maya.get(`${room}/preview?${query}`)).location).toBe(room)
  })

  it('promises nothing of what cannot be, neither while it is typed nor when it comes back', async () => {
    const wrong = { ...usual, ahead_days: 'soon' }
    const typing = await diary.maya.get(`${room}/preview?${new URLSearchParams(wrong)}`, { 'hx-request': 'true' })
    const refused = await save({ version: '1', ahead_days: 'soon' })
    expect(refused.status).toBe(422)
    for (const said of [wordsOf(`<main ${typing.body}`), wordsOf(refused.body)]) {
      expect(said).toContain('Something in the form has to be corrected first.')
      expect(said).not.toContain('Patients can book')
    }
  })

  it('asks D1 once', async () => {
    const { env, work } = watched()
    await (await loggedOn({ clinicId: diary.clinicId, staffId: diary.mayaId }, env)).get(room)
    expect(work.trips.filter((sql) => sql.some((text) => text.includes('booking_rules')))).toHaveLength(1)
  })
})
