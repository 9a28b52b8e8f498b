/** A practitioner's calendar feed over HTTP: a secret address, shown once, ended at will. */
import ICAL from 'ical.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetAllClinics } from '../../../src/clinic/clinic-store.ts'
import { clinic } from '../../../src/schema.ts'
import { aStaffMember, loggedOn, type Visitor, visitor } from '../../support/world.ts'
import { aBooking, aDiary, book, type Diary, db } from '../diary-world.ts'

let diary: Diary
let priya: Visitor
beforeEach(async () => {
  diary = await aDiary()
  priya = await loggedOn({ clinicId: diary.clinicId, staffId: diary.priya })
})

async function newAddress(form: Record<string, string> = {}): Promise<string> {
  expect((await priya.post('/riverside/calendar-feed', form)).status).toBe(303)
  const page = await priya.get('/riverside/calendar-feed')
  return /https:\/\/diary\.test(\/riverside\/calendar\/[\w-]{43}\.ics)/.exec(page.body)?.[1] ?? ''
}

const tomorrow = () => Math.ceil(Date.now() / 300_000) * 300_000 + 86_400_000
const summaries = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event).summary)

describe('a feed', () => {
  it('is read without logging on, by who has the address', async () => {
    await book(aBooking(diary, { startAt: tomorrow() }), {}, Date.now())
    const answer = await visitor().get(await newAddress())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(summaries(answer.body)).toHaveLength(1)
    expect(answer.body).not.toContain('Follow-up')
  })

  it('says "not modified" until something changed', async () => {
    const address = await newAddress()
    const etag = (await visitor().get(address)).headers.get('etag')!
    for (const held of [etag, `W/${etag}`, `"other", W/${etag}`, '*'])
      expect((await visitor().get(address, { 'if-none-match': held })).status).toBe(304)
    for (const held of ['', '"other"', etag.slice(1, -1)])
      expect((await visitor().get(address, { 'if-none-match': held })).status).toBe(200)
    await book(aBooking(diary, { startAt: tomorrow() }), {}, Date.now())
    expect((await visitor().get(address, { 'if-none-match': etag })).status).toBe(200)
  })

  it('has news when the clinic has another name, which stands in it', async () => {
    const address = await newAddress()
    const etag = (await visitor().get(address)).headers.get('etag')!
    await db().update(clinic).set({ name: 'Seaside Clinic' })
    forgetAllClinics()
    const answer = await visitor().get(address, { 'if-none-match': etag })
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.stringContaining('X-WR-CALNAME:Priya Nair at Seaside Clinic'),
    ])
  })

  it('has an address that is shown once, of which only the hash is kept', async () => {
    const address = await newAddress()
    expect(address).not.toBe('')
    expect((await priya.get('/riverside/calendar-feed')).body).not.toContain('.ics')
  })

  it('gets a new address: the old one shows nothing any more', async () => {
    const [old, newer] = [await newAddress(), await newAddress()]
    expect((await visitor().get(old)).status).toBe(404)
    expect((await visitor().get(newer)).status).toBe(200)
  })

  it('ends at will, and with the account', async () => {
    const address = await newAddress()
    await priya.post('/riverside/calendar-feed/ending')
    expect((await visitor().get(address)).status).toBe(404)
  })

  it('does not come back with an account that was deactivated: whoever returns makes a new address', async () => {
    const { clinicId } = diary
    const { id: staffId } = await aStaffMember({ clinicId, role: 'manager', username: 'maya' })
    const maya = await loggedOn({ clinicId, staffId })
    const address = await newAddress({ shows_names: 'on' })
    await maya.post(`/riverside/staff/${diary.priya}/deactivation`)
    expect((await visitor().get(address)).status).toBe(404)
    await maya.post(`/riverside/staff/${diary.priya}/activation`)
    expect((await visitor().get(address)).status).toBe(404)
    priya = await loggedOn({ clinicId, staffId: diary.priya })
    expect((await priya.get('/riverside/calendar-feed')).body).toContain('Make an address')
    expect((await visitor().get(await newAddress())).status).toBe(200)
  })

  it('is of one clinic, and not to be guessed', async () => {
    const address = await newAddress()
    expect((await visitor().get(address.replace('/riverside/', '/hillside/'))).status).toBe(404)
    expect((await visitor().get(address.replace(/.\.ics$/, '.ics'))).status).toBe(404)
    expect((await visitor().get('/riverside/calendar/anything.ics')).status).toBe(404)
  })

  it('is found under one’s name on every page, and on My hours; by nobody else', async () => {
    const link = '<a href="/riverside/calendar-feed">'
    for (const address of ['/riverside/diary', '/riverside/patients', '/riverside/hours']) {
      const { body, location } = await priya.get(address)
      expect([address, (body || (await priya.get(location!)).body).includes(`${link}My calendar feed`)]).toEqual([
        address,
        true,
      ])
    }
    expect((await priya.get('/riverside/hours')).body).toContain(`${link}My appointments in my own calendar`)
    const { id: staffId } = await aStaffMember({ clinicId: diary.clinicId, role: 'reception', username: 'sam' })
    expect(
      (await (await loggedOn({ clinicId: diary.clinicId, staffId })).get('/riverside/patients')).body,
    ).not.toContain('calendar-feed')
  })

  it('is for those who see patients', async () => {
    const { clinicId } = diary
    const { id: staffId } = await aStaffMember({ clinicId, role: 'reception', username: 'sam' })
    expect((await (await loggedOn({ clinicId, staffId })).get('/riverside/calendar-feed')).status).toBe(404)
  })
})
