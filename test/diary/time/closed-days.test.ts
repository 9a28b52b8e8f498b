/** `/settings/closed-days`: bank holidays are offered and never applied; what is booked there is told before and after. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { bankHolidays } from '../../../src/diary/time/bank-holidays.ts'
import { offered, readClosedDay, tickedOf } from '../../../src/diary/time/closed/closed-form.ts'
import { addDays } from '../../../src/diary/time/wall-clock.ts'
import { audited } from '../../clinic/manager.ts'
import { aClosedDay } from '../diary-world.ts'
import { aManagedDiary, janetAtNine, type ManagedDiary, today, wednesday, wordsOf } from './time-world.ts'

describe('a closed day as it is typed', () => {
  const readOn = (typed: Record<string, string>) => readClosedDay({ name: 'Training', ...typed }, '2026-11-25')
  it.each([
    [{ date: '' }, { date: 'Enter the day' }],
    [{ date: '2026-02-30' }, { date: 'The day must be a real date, like 3/12/2026' }],
    [{ date: '2026-11-24' }, { date: 'The day must be today or later' }],
    [{ date: '2036-11-24' }, { date: 'The day must be within the next three years' }],
    [{ date: '2026-12-01', name: ' ' }, { name: 'Enter a name, like Staff training' }],
  ])('%j is told in plain words', (typed, problems) => {
    expect(readOn(typed)).toEqual({ day: null, problems })
  })

  it.each(['2026-12-03', '3/12/2026', '03.12.2026'])('%s is the third of December', (date) => {
    expect(readOn({ date }).day).toEqual({ date: '2026-12-03', name: 'Training' })
  })
})

describe('bank holidays', () => {
  it('are those of the nation that are to come and not closed yet; only what is offered can be ticked', () => {
    const list = offered('scotland', '2026-11-25', [{ date: '2026-12-25' }])
    expect(list.slice(0, 3).map(({ date }) => date)).toEqual(['2026-11-30', '2026-12-28', '2027-01-01'])
    expect(tickedOf({ 'day_2026-11-30': 'on', 'day_2026-12-24': 'on' }, list)).toEqual([
      { date: '2026-11-30', name: 'St Andrew’s Day' },
    ])
    expect(offered('none', '2026-11-25', [])).toEqual([])
  })
})

describe('the page', () => {
  let diary: ManagedDiary
  beforeEach(async () => {
    diary = await aManagedDiary()
  })
  const room = '/riverside/settings/closed-days'
  const post = (fields: Record<string, string>, below = '') => diary.maya.post(`${room}${below}`, fields)
  const closed = async () => (await env.DB.prepare('SELECT date, name FROM closed_day ORDER BY date').all()).results

  it('closes a day with a name, and opens it again', async () => {
    expect((await post({ date: wednesday, name: 'Staff training' })).location).toBe(`${room}?done=added`)
    expect(wordsOf((await diary.maya.get(room)).body)).toContain('Staff training')
    await post({}, `/${wednesday}/removal`)
    await post({}, `/${wednesday}/removal`)
    expect(await closed()).toEqual([])
    expect(await audited()).toEqual([
      ['closed-day-added', { days: wednesday }],
      ['closed-day-removed', { date: wednesday }],
    ])
  })

  it('says what is wrong and keeps what was typed', async () => {
    const { status, body } = await post({ date: '', name: 'Moving <house>' })
    expect(status).toBe(422)
    expect(body).toContain('href="#date">Enter the day')
    expect(body).toContain('value="Moving &lt;house&gt;"')
  })

  it('does not close a day twice', async () => {
    await aClosedDay(diary.clinicId, wednesday, 'Training')
    const { status, body } = await post({ date: wednesday, name: 'Party' })
    expect([status, body]).toEqual([422, expect.stringContaining('This day is closed already: Training')])
  })

  it('lists what is booked on the day, and closes it when that is ticked; afterwards it is still to be seen', async () => {
    const id = await janetAtNine(diary)
    const asked = await post({ date: wednesday, name: 'Training' })
    expect(asked.status).toBe(422)
    expect(wordsOf(asked.body)).toMatch(/1 appointment is booked in this time.*9:00am, Janet Hall with Priya Nair/)
    expect(asked.body).toContain(`href="/riverside/diary/appointments/${id}"`)
    expect(await closed()).toEqual([])
    expect((await post({ date: wednesday, name: 'Training', anyway: 'on' })).status).toBe(303)
    expect(wordsOf((await diary.maya.get(room)).body)).toContain('1 appointment is booked on this day')
    await post({ date: addDays(wednesday, 1), name: 'The day after' })
    expect(wordsOf((await diary.maya.get(room)).body).match(/is booked on this day/g)).toHaveLength(1)
  })

  it('offers the bank holidays of the nation, ticked by nobody, and closes those that are ticked', async () => {
    await post({ nation: 'scotland' }, '/nation')
    const { body } = await diary.maya.get(room)
    const list = bankHolidays('scotland', Number(today.slice(0, 4)) + 1)
    const scottish = list.find(({ name }) => name.startsWith('St Andrew'))! // of no other nation
    expect(body).toContain(`name="day_${scottish.date}"`)
    expect(body).not.toMatch(/<input [^>]*type="checkbox"[^>]* checked/)
    expect(await closed(), 'nothing is closed by choosing a nation').toEqual([])
    await post({ nation: 'scotland', [`day_${scottish.date}`]: 'on', [`day_${wednesday}`]: 'on' }, '/bank-holidays')
    expect(await closed()).toEqual([scottish])
    const none = await post({ nation: 'scotland' }, '/bank-holidays')
    expect([none.status, none.body]).toEqual([422, expect.stringContaining('Tick the days to close')])
  })
})
