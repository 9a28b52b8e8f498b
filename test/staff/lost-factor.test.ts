/** Somebody has lost their second factor, and the manager takes it away (ASVS 6.4.4). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { withoutFactor } from '../../scripts/operator/statements.mjs'
import { deliverDue } from '../../src/mail/outbox.ts'
import type { Staff } from '../../src/schema.ts'
import { type App, anApp, halfway, isInside, typeCode, typeRecovery } from '../front-door/second-factor/factors.ts'
import { aClinic, aStaffMember, goodPassword, loggedOn, mailbox, type Visitor, visitor } from '../support/world.ts'
import { auditOf, mainOf, theStaff } from './staff-world.ts'

let clinicId: string
let maya: Staff
let sam: Staff
let app: App
let browser: Visitor

beforeEach(async () => {
  ;({ clinicId, maya, browser } = await theStaff())
  sam = await aStaffMember({ clinicId, password: goodPassword, email: 'sam@riverside.example.com' })
  app = await anApp({ clinicId, staffId: sam.id })
})

const page = async (of: Staff) => mainOf((await browser.get(`/riverside/staff/${of.id}`)).body)
const removal = (of: Staff) => `/riverside/staff/${of.id}/second-factor/removal`
const remove = (of = sam, form: Record<string, string> = { known: 'on' }) => browser.post(removal(of), form)

describe('the page of somebody of the staff', () => {
  it('says what they have besides the password', async () => {
    expect(await page(sam)).toMatch(/Second factor Authenticator app since .*, 10 of 10 recovery codes left/)
    const tom = await aStaffMember({ clinicId, username: 'tom2', name: 'Tom Reed' })
    expect(await page(tom)).toContain('None. The password alone lets in.')
    expect(await page(tom)).not.toContain('Remove lost second factor')
  })

  it('leads the manager to their own page about their own', async () => {
    expect(await page(maya)).toContain('Set up my second factor')
    await anApp({ clinicId, staffId: maya.id })
    expect((await remove(maya)).location).toBe('/riverside/second-factor')
    expect((await browser.get(removal(maya))).location).toBe('/riverside/second-factor')
    expect(await page(maya)).toContain('Authenticator app since')
  })
})

describe('removing a lost second factor', () => {
  it('asks first, and asks to make sure who it is', async () => {
    expect(mainOf((await browser.get(removal(sam))).body)).toContain(
      'A thief who knows the password may ask for this too',
    )
    const { status, body } = await remove(sam, {})
    expect([status, mainOf(body).includes('Make sure first that it is Sam Okoro who asks')]).toEqual([422, true])
    expect(await page(sam)).toContain('Authenticator app since')
  })

  it('ends it, the recovery codes, every session and every half logon; tells the owner; writes it down once', async () => {
    const his = await loggedOn({ clinicId, staffId: sam.id })
    const half = await halfway()
    expect((await remove()).location).toBe(`/riverside/staff/${sam.id}?done=factor-removed`)
    expect(await isInside(his)).toBe(false)
    expect((await typeCode(half, app.code())).location).toBe('/riverside?notice=start-again')
    expect((await typeRecovery(half, app.recoveryCodes[0]!)).location).toBe('/riverside?notice=start-again')
    expect(await page(sam)).toContain('None. The password alone lets in.')
    expect((await mailbox())[0]).toMatchObject({
      to: 'sam@riverside.example.com',
      subject: 'Your second factor at Riverside Clinic was removed',
    })
    await remove()
    expect(await auditOf('staff-second-factor-removed')).toEqual([['staff-second-factor-removed', maya.id, sam.id, {}]])
    const answer = await visitor().post('/riverside/logon', { identifier: 'sam', password: goodPassword })
    expect(answer.location).toBe('/riverside/diary')
  })

  it('leads them to set up a new one where the clinic asks for it', async () => {
    await anApp({ clinicId, staffId: maya.id })
    await browser.post('/riverside/settings/second-factor', { required: 'on' })
    await remove()
    const his = visitor()
    await his.post('/riverside/logon', { identifier: 'sam', password: goodPassword })
    expect((await his.get('/riverside/diary')).location).toBe('/riverside/second-factor')
  })

  it('is not for reception, and not for the manager of another clinic', async () => {
    const desk = await loggedOn({ clinicId, staffId: sam.id })
    expect((await desk.post(removal(sam), { known: 'on' })).status).toBe(403)
    const hillside = (await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })).id
    const other = await aStaffMember({ clinicId: hillside, username: 'maya', role: 'manager' })
    const abroad = await loggedOn({ clinicId: hillside, staffId: other.id })
    expect((await abroad.post(`/hillside/staff/${sam.id}/second-factor/removal`, { known: 'on' })).status).toBe(404)
    expect((await halfway()).cookies.has('__Host-half-logon')).toBe(true)
  })
})

describe('removed by the operator', () => {
  const byOperator = async (staffId: string) => {
    const sql = withoutFactor({ clinicId, staffId }, Date.now())
    await env.DB.batch(sql.split(';\n').flatMap((text) => (text.trim() ? [env.DB.prepare(text)] : [])))
    await deliverDue(env, Date.now())
  }
  const told = async () => (await mailbox()).filter(({ subject }) => subject.includes('second factor'))

  it('is told to its owner by mail, once, and the clinic sees that the mail went out', async () => {
    for (let time = 0; time < 2; time++) await byOperator(sam.id)
    expect(await told()).toEqual([
      expect.objectContaining({
        to: 'sam@riverside.example.com',
        subject: 'Your second factor at Riverside Clinic was removed',
        text: expect.stringMatching(
          /The operator of the diary has removed[\s\S]*call Riverside Clinic on 01632 960 001/,
        ),
      }),
    ])
    const { results } = await env.DB.prepare(
      "SELECT of_staff, detail ->> 'kind' AS kind FROM audit WHERE act = 'mail-sent'",
    ).all()
    expect(results).toEqual([{ of_staff: sam.id, kind: 'second-factor-removed' }])
  })

  it('is told to nobody where there is no address', async () => {
    const tom = await aStaffMember({ clinicId, username: 'tom2', name: 'Tom Reed' })
    await anApp({ clinicId, staffId: tom.id })
    await byOperator(tom.id)
    expect(await page(tom)).toContain('None. The password alone lets in.')
    expect(await told()).toEqual([])
  })
})
