/** Rule M4: the manager sees who has no password, and gives them a way to log on. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Staff } from '../../src/schema.ts'
import { may, permissions, roles } from '../../src/staff/role.ts'
import {
  aClinic,
  aStaffMember,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../support/world.ts'

let clinicId: string
let maya: Visitor
let mayaRow: Staff
let tom: Staff

beforeEach(async () => {
  clinicId = (await aClinic()).id
  mayaRow = await aStaffMember({
    clinicId,
    username: 'maya',
    name: 'Maya Rossi',
    role: 'manager',
    password: goodPassword,
  })
  tom = await aStaffMember({
    clinicId,
    username: 'tom',
    name: 'Tom Becker',
    role: 'practitioner',
    email: 'tom@riverside.example.com',
  })
  maya = await loggedOn({ clinicId, staffId: mayaRow.id })
})

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const page = async () => (await maya.get('/riverside/staff')).body
const logOn = (password: string, who = visitor()) => who.post('/riverside/logon', { identifier: 'tom', password })

describe('the staff page', () => {
  it('says who has no password and cannot log on', async () => {
    const text = textOf(await page())
    expect(text).toContain('Tom Becker has no password and cannot log on.')
    expect(text).toContain('Maya Rossi Manager · logs on as maya')
    expect(text).toContain('This is you.')
  })

  it('shows only those who have none, when asked', async () => {
    await aStaffMember({ clinicId, username: 'uma', name: 'Uma Gone', deactivatedAt: 1 })
    const { body } = await maya.get('/riverside/staff?password=none')
    const cards = [...body.matchAll(/<li class="panel"><h2><a [^>]*>([^<]+)</g)].map(([, name]) => name)
    expect(cards).toEqual(['Tom Becker'])
    expect(textOf(body)).toContain('Everybody (2) Without a password (1)')
    expect(body).toMatch(/href="\/riverside\/staff\?password=none" aria-current="true"/)
  })

  it('says so when everybody has one, and offers no filter then', async () => {
    await maya.post(`/riverside/staff/${tom.id}/deactivation`)
    expect(await page()).not.toContain('Without a password')
    expect((await maya.get('/riverside/staff?password=none')).body).toContain('Everybody has a password.')
  })

  it('shows nobody of another clinic', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await aStaffMember({ clinicId: hillside.id, name: 'Mary Stone' })
    expect(await page()).not.toContain('Mary Stone')
  })
})

describe('a set-up link', () => {
  it('goes to the address of the account, sets the password, and the account can log on', async () => {
    expect((await logOn('')).status).toBe(422)
    expect((await maya.post(`/riverside/staff/${tom.id}/email`)).location).toBe(`/riverside/staff?sent=${tom.id}`)
    const [mail] = await mailbox()
    expect(mail!.to).toBe('tom@riverside.example.com')
    expect(mail!.text).toContain('your username, tom')
    expect((await visitor().post(linkIn(mail), { new_password: goodPassword })).location).toBe(
      '/riverside?notice=password-set',
    )
    expect((await logOn(goodPassword)).location).toBe('/riverside/diary')
  })
})

describe('a temporary password', () => {
  it('is shown once, works once, and must be changed first', async () => {
    const { location } = await maya.post(`/riverside/staff/${tom.id}/password`)
    const shown = /class="secret"[^>]*>\s*([^<\s]+)/.exec((await maya.get(location!)).body)![1]!
    expect((await maya.get(location!)).body).not.toContain(shown)
    const desk = visitor()
    expect((await logOn(shown, desk)).location).toBe('/riverside/password')
    expect((await desk.get('/riverside/patients')).location).toBe('/riverside/password')
    expect((await logOn(shown)).status).toBe(422)
    await desk.post('/riverside/password', { current_password: shown, new_password: goodPassword })
    expect((await desk.get('/riverside/patients')).status).toBe(200)
  })

  it('ends the sessions that the account has', async () => {
    const desk = await loggedOn({ clinicId, staffId: tom.id })
    await maya.post(`/riverside/staff/${tom.id}/password`)
    expect((await desk.get('/riverside/diary')).status).toBe(303)
  })

  it('is not for oneself: that is *Change my password*', async () => {
    expect((await maya.post(`/riverside/staff/${mayaRow.id}/password`)).location).toBe('/riverside/password')
    expect((await maya.get('/riverside/staff')).status).toBe(200)
  })
})

describe('staff of another clinic', () => {
  it('are not there', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aStaffMember({ clinicId: hillside.id, email: 'x@example.com' })
    expect((await maya.post(`/riverside/staff/${foreign.id}/password`)).status).toBe(404)
    expect((await maya.post(`/riverside/staff/${foreign.id}/email`)).status).toBe(404)
    expect(await mailbox()).toEqual([])
  })
})

describe('the table of roles', () => {
  it('lets the manager do everything, and nobody else manage staff or settings', () => {
    const acts = Object.keys(permissions) as (keyof typeof permissions)[]
    expect(acts.every((act) => may('manager', act))).toBe(true)
    const others = roles.filter((role) => role !== 'manager')
    expect(others.some((role) => may(role, 'manage staff') || may(role, 'change settings'))).toBe(false)
    expect(may('practitioner', 'change online access')).toBe(false)
  })
})
