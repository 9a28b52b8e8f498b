/** Somebody leaves the clinic, or comes back (security.md E05). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { practitioner, type Staff } from '../../src/schema.ts'
import { aBooking, aType, book, type Diary, days, db } from '../diary/diary-world.ts'
import {
  aClinic,
  aPatient,
  aStaffMember,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../support/world.ts'
import { aSecondManager, auditOf, mainOf, managersLeft, rowOf, theStaff } from './staff-world.ts'

let clinicId: string
let maya: Staff
let tom: Staff
let sam: Staff
let browser: Visitor

beforeEach(async () => {
  ;({ clinicId, maya, tom, browser } = await theStaff())
  sam = await aStaffMember({ clinicId, password: goodPassword, email: 'sam@riverside.example.com' })
})

const post = (member: Staff, act: string, who = browser) => who.post(`/riverside/staff/${member.id}/${act}`)
const page = async (member: Staff) => mainOf((await browser.get(`/riverside/staff/${member.id}`)).body)
const logOn = (identifier: string, password = goodPassword) =>
  visitor().post('/riverside/logon', { identifier, password })

describe('deactivating somebody', () => {
  it('is asked about first', async () => {
    const { status, body } = await browser.get(`/riverside/staff/${sam.id}/deactivation`)
    expect(status).toBe(200)
    expect(mainOf(body)).toContain('Sam Okoro is logged off everywhere at once and cannot log on')
    expect(await rowOf(sam.id)).toMatchObject({ deactivated_at: null })
  })

  it('E05 logs them off everywhere at their next request', async () => {
    const his = [await loggedOn({ clinicId, staffId: sam.id }), await loggedOn({ clinicId, staffId: sam.id })]
    expect((await post(sam, 'deactivation')).location).toBe(`/riverside/staff/${sam.id}?done=deactivated`)
    for (const one of his) expect((await one.get('/riverside/patients')).status).toBe(303)
    expect((await his[0]!.get('/riverside/patients', { 'hx-request': 'true' })).status).toBe(401)
  })

  it('lets them log on no more, with nothing to tell them apart from nobody', async () => {
    await post(sam, 'deactivation')
    const [his, nobodys] = [await logOn('sam'), await logOn('nobody')]
    expect([his.status, nobodys.status]).toEqual([422, 422])
    expect(his.body.replaceAll('sam', 'X')).toBe(nobodys.body.replaceAll('nobody', 'X'))
  })

  it('ends the links they were sent, and sends them no more', async () => {
    await post(sam, 'email')
    const link = linkIn((await mailbox())[0])
    await post(sam, 'deactivation')
    const { passwordHash } = sam
    await visitor().post(link, { new_password: 'seven small hedgehogs' })
    await visitor().post('/riverside/password/forgotten', { identifier: 'sam' })
    expect(await rowOf(sam.id)).toMatchObject({ password_hash: passwordHash })
    expect(await mailbox()).toHaveLength(1)
    for (const act of ['email', 'password']) expect((await post(sam, act)).status).toBe(404)
  })

  it('is written down with who and when, once', async () => {
    await post(sam, 'deactivation')
    const first = await rowOf(sam.id)
    expect(first).toMatchObject({ deactivated_by: maya.id, deactivated_at: expect.any(Number) })
    expect((await post(sam, 'deactivation')).location).toBe(`/riverside/staff/${sam.id}`)
    expect(await rowOf(sam.id)).toEqual(first)
    expect(await auditOf('staff-deactivated')).toEqual([['staff-deactivated', maya.id, sam.id, {}]])
  })

  it('takes a temporary password with it, used or not', async () => {
    await post(tom, 'password')
    await post(tom, 'deactivation')
    expect(await rowOf(tom.id)).toMatchObject({ password_hash: null, password_kind: null, temporary_expires_at: null })
  })

  it('closes their account to changes', async () => {
    await post(sam, 'deactivation')
    expect((await browser.get(`/riverside/staff/${sam.id}/edit`)).location).toBe(`/riverside/staff/${sam.id}`)
    await browser.post(`/riverside/staff/${sam.id}/edit`, { name: 'X', role: 'manager' })
    expect(await rowOf(sam.id)).toMatchObject({ name: 'Sam Okoro', role: 'reception' })
  })

  it('and a set-up link at the same moment: whoever comes later finds nobody', async () => {
    await Promise.all([post(sam, 'deactivation'), ...Array.from({ length: 5 }, () => post(sam, 'email'))])
    const open = 'SELECT count(*) AS c FROM one_time_link WHERE used_at IS NULL AND ended_at IS NULL'
    expect(await env.DB.prepare(open).first('c')).toBe(0)
  })
})

describe('deactivating somebody with whom patients are booked', () => {
  let appointment: string
  beforeEach(async () => {
    const patientId = (await aPatient({ clinicId })).id
    const type = await aType({ clinicId })
    await db().insert(practitioner).values({ clinicId, staffId: tom.id, addedAt: 1 })
    const of = { clinicId, patientId, typeId: type.id, priya: tom.id } as Diary
    const row = aBooking(of, { startAt: Math.ceil(Date.now() / days) * days + 2 * days })
    expect(await book(row, {}, Date.now())).toEqual({ ok: true })
    appointment = `/riverside/diary/appointments/${row.id}`
  })

  it('lists them on the page that asks, so that no patient comes in vain', async () => {
    const { body } = await browser.get(`/riverside/staff/${tom.id}/deactivation`)
    expect(mainOf(body)).toContain('1 appointment is booked with Tom Becker')
    expect(body).toContain(`href="${appointment}"`)
  })

  it('lists them afterwards on the account, until they are moved or cancelled', async () => {
    const path = `/riverside/staff/${tom.id}`
    expect((await post(tom, 'deactivation')).location).toBe(`${path}?done=deactivated`)
    const { body } = await browser.get(path)
    expect(mainOf(body)).toContain('1 appointment is booked with Tom Becker, who is not there any more')
    expect(body).toContain(`href="${appointment}"`)
    await env.DB.prepare("UPDATE appointment SET status = 'cancelled', version = 2").run()
    expect(await page(tom)).not.toContain('is booked with')
  })
})

describe('the staff page', () => {
  it('keeps those who were deactivated in a list of their own, folded', async () => {
    await post(sam, 'deactivation')
    const { body } = await browser.get('/riverside/staff')
    const folded = /<details class="panel more">([\s\S]*?)<\/details>/.exec(body)![1]!
    expect(mainOf(`<main>${folded}</main>`)).toMatch(/Deactivated \(1\) Sam Okoro Reception · logged on as sam/)
    expect(body.replace(folded, '')).not.toContain('Sam Okoro')
  })

  it('counts nobody who was deactivated among those without a password', async () => {
    await post(tom, 'deactivation')
    expect((await browser.get('/riverside/staff')).body).not.toContain('no password and cannot log on')
  })

  it('asks for colleagues while there is nobody else', async () => {
    expect((await browser.get('/riverside/staff')).body).not.toContain('Add your colleagues')
    for (const member of [sam, tom]) await post(member, 'deactivation')
    expect((await browser.get('/riverside/staff')).body).toContain('Add your colleagues')
  })
})

describe('restoring somebody', () => {
  let his: Visitor
  let link: string
  beforeEach(async () => {
    his = await loggedOn({ clinicId, staffId: sam.id })
    await post(sam, 'email')
    link = linkIn((await mailbox())[0])
    await post(sam, 'deactivation')
  })

  it('lets them log on with their own password again', async () => {
    expect((await post(sam, 'activation')).location).toBe(`/riverside/staff/${sam.id}?done=activated`)
    expect((await logOn('sam')).location).toBe('/riverside/diary')
  })

  it('E05 brings back no session and no link', async () => {
    await post(sam, 'activation')
    expect((await his.get('/riverside/patients')).status).toBe(303)
    await visitor().post(link, { new_password: 'seven small hedgehogs' })
    expect(await rowOf(sam.id)).toMatchObject({ password_hash: sam.passwordHash })
  })

  it('is offered on their page, and changes it back', async () => {
    expect(await page(sam)).toMatch(/Deactivated: cannot log on.*Restore the account/)
    await post(sam, 'activation')
    expect(await page(sam)).toContain('Has a password')
    expect(await rowOf(sam.id)).toMatchObject({ deactivated_at: null, deactivated_by: null })
  })

  it('twice is harmless and written down once', async () => {
    await post(sam, 'activation')
    expect((await post(sam, 'activation')).location).toBe(`/riverside/staff/${sam.id}`)
    expect(await auditOf('staff-activated')).toEqual([['staff-activated', maya.id, sam.id, {}]])
  })
})

describe('the last manager', () => {
  it('cannot be deactivated, and the page says why', async () => {
    const { status, body } = await post(maya, 'deactivation')
    expect(status).toBe(422)
    expect(mainOf(body)).toContain('Maya Rossi is the only manager with a password of their own')
    expect(body).toMatch(/<title>Error: Deactivate Maya Rossi/)
    expect(await rowOf(maya.id)).toMatchObject({ deactivated_at: null })
    expect((await browser.get('/riverside/staff')).status).toBe(200)
  })

  it('is whoever remains: with a second one Maya may go, and is logged off', async () => {
    await aSecondManager(clinicId)
    expect((await post(maya, 'deactivation')).location).toBe('/riverside')
    expect((await browser.get('/riverside/staff')).status).toBe(303)
  })

  it.each([
    ['never chose a password', "UPDATE staff SET password_hash = NULL, password_kind = NULL WHERE username = 'nina'"],
    ['is deactivated', "UPDATE staff SET deactivated_at = 1 WHERE username = 'nina'"],
    ['is none any more', "UPDATE staff SET role = 'reception' WHERE username = 'nina'"],
  ])('is Maya when the other one %s', async (_words, sql) => {
    await aSecondManager(clinicId)
    await env.DB.prepare(sql).run()
    expect((await post(maya, 'deactivation')).status).toBe(422)
  })

  it('and a manager of another clinic: each clinic has its own', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await aSecondManager(hillside.id)
    expect((await post(maya, 'deactivation')).status).toBe(422)
  })

  it('is left when two managers deactivate each other, fifty at once', async () => {
    const nina = await aSecondManager(clinicId)
    const hers = await loggedOn({ clinicId, staffId: nina.id })
    await Promise.all(
      Array.from({ length: 50 }, (_one, index) =>
        index % 2 ? post(maya, 'deactivation', hers) : post(nina, 'deactivation'),
      ),
    )
    expect(await managersLeft()).toBe(1)
    expect(await auditOf('staff-deactivated')).toHaveLength(1)
  })

  it('keeps a password of their own when two managers reset each other', async () => {
    const nina = await aSecondManager(clinicId)
    const hers = await loggedOn({ clinicId, staffId: nina.id })
    await Promise.all([post(maya, 'password', hers), post(nina, 'password')])
    const own = "SELECT count(*) AS c FROM staff WHERE role = 'manager' AND password_kind = 'own'"
    expect(await env.DB.prepare(own).first('c')).toBe(1)
  })
})

describe('logging somebody off everywhere (E11)', () => {
  it('ends their sessions at once and leaves the account as it is', async () => {
    const his = await loggedOn({ clinicId, staffId: sam.id })
    expect((await post(sam, 'sessions/ending')).location).toBe(`/riverside/staff/${sam.id}?done=logged-off`)
    expect((await his.get('/riverside/patients')).status).toBe(303)
    expect((await logOn('sam')).location).toBe('/riverside/diary')
    expect(await auditOf('staff-sessions-ended')).toEqual([['staff-sessions-ended', maya.id, sam.id, {}]])
  })

  it('is harmless when they are logged on nowhere', async () => {
    expect((await post(sam, 'sessions/ending')).status).toBe(303)
    expect(await auditOf('staff-sessions-ended')).toEqual([])
    expect((await browser.get('/riverside/staff')).status).toBe(200)
  })

  it('is not for oneself: that is *Where I am logged on*', async () => {
    expect((await post(maya, 'sessions/ending')).location).toBe('/riverside/sessions')
    expect((await browser.get('/riverside/staff')).status).toBe(200)
  })
})
