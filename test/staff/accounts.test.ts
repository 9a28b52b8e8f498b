/** The manager adds staff and changes their accounts (product.md M4; security.md E06). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Staff } from '../../src/schema.ts'
import { readAccount, readNewAccount } from '../../src/staff/account.ts'
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
import { aSecondManager, auditOf, mainOf, managersLeft, rowOf, staffCount, theStaff } from './staff-world.ts'

let clinicId: string
let maya: Staff
let tom: Staff
let browser: Visitor

beforeEach(async () => {
  ;({ clinicId, maya, tom, browser } = await theStaff())
})

const mia = { name: 'Mia Lund', username: 'mia', role: 'reception', email: 'mia@riverside.example.com' }
const add = (fields: Record<string, string> = {}) => browser.post('/riverside/staff/new', { ...mia, ...fields })
const idIn = (location: string | null) => /\/staff\/([a-z0-9]+)/.exec(location ?? '')?.[1] ?? ''
const edit = (member: Staff, fields: Record<string, string>, who = browser) =>
  who.post(`/riverside/staff/${member.id}/edit`, {
    name: member.name,
    role: member.role,
    email: member.email ?? '',
    ...fields,
  })

describe('a new account', () => {
  it('has no password and cannot log on, and the next page says so', async () => {
    const { status, location } = await add()
    expect([status, location]).toEqual([303, `/riverside/staff/${idIn(location)}?done=added`])
    const page = mainOf((await browser.get(location!)).body)
    expect(page).toContain('Mia Lund was added. There is no password yet')
    expect(page).toContain('No password: cannot log on')
    expect(await rowOf(idIn(location))).toMatchObject({ ...mia, clinic_id: clinicId, password_hash: null })
    for (const password of ['', goodPassword])
      expect((await visitor().post('/riverside/logon', { identifier: 'mia', password })).status).toBe(422)
  })

  it('logs on once its set-up link was used', async () => {
    const id = idIn((await add()).location)
    await browser.post(`/riverside/staff/${id}/email`)
    const [mail] = await mailbox()
    await visitor().post(linkIn(mail), { new_password: goodPassword })
    const { location } = await visitor().post('/riverside/logon', { identifier: 'Mia', password: goodPassword })
    expect(location).toBe('/riverside/diary')
  })

  it('needs no email address', async () => {
    const { location } = await add({ email: '' })
    expect(await rowOf(idIn(location))).toMatchObject({ email: null })
    const page = (await browser.get(location!)).body
    expect(page).not.toContain('Send set-up link')
    expect(page).toContain('Generate temporary password')
  })

  it('is told who has the username, when another form asks for it', async () => {
    await add()
    const { status, body } = await add({ name: 'Mia Lund-Becker' })
    expect(status).toBe(422)
    expect(mainOf(body)).toContain('Mia Lund has the username mia already. Choose another')
    expect(await staffCount()).toBe(3)
  })

  it('is added once when the form is sent ten times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add()))
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`)).size).toBe(1)
    expect(answers[0]!.status).toBe(303)
    expect(await staffCount()).toBe(3)
    expect(await auditOf('staff-added')).toHaveLength(1)
  })

  it('does not take the username of somebody who has left', async () => {
    await browser.post(`/riverside/staff/${tom.id}/deactivation`)
    const { status, body } = await add({ username: 'tom' })
    expect(status).toBe(422)
    expect(mainOf(body)).toContain('Tom Becker, whose account is deactivated, has the username tom. Restore that')
  })

  it('may have the username of somebody at another clinic, who is another person', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await aStaffMember({ clinicId: hillside.id, username: 'mia' })
    expect((await add()).status).toBe(303)
  })

  it('is written down with who added it', async () => {
    const id = idIn((await add()).location)
    expect(await auditOf('staff-added')).toEqual([['staff-added', maya.id, id, { role: 'reception' }]])
  })

  it('shows what is wrong beside the field, and keeps what was typed', async () => {
    const { status, body } = await add({ name: '', username: 'mia@lund', role: 'owner', email: 'mia' })
    expect(status).toBe(422)
    const summary = [...body.matchAll(/<a href="#(\w+)">([^<]+)</g)].map(([, field, words]) => [field, words])
    expect(summary).toEqual([
      ['name', 'Enter a name'],
      ['username', 'Username must not contain @. Only patients log on with an email address'],
      ['role', 'Choose a role'],
      ['email', 'Enter an email address in the correct format, like name@example.com'],
    ])
    expect(body).toContain('value="mia@lund"')
    expect(await staffCount()).toBe(2)
  })
})

describe('a username', () => {
  const problemOf = (username: string) => readNewAccount({ ...mia, username }).problems.username

  it.each(['mia', 'm2', 'mia.lund-2_b', '7up', 'a'.repeat(32)])('may be %s', (username) => {
    expect(readNewAccount({ ...mia, username }).account?.username).toBe(username)
  })

  it('is kept in small letters, without spaces around it', () => {
    expect(readNewAccount({ ...mia, username: ' Mia ' }).account?.username).toBe('mia')
  })

  it.each([
    ['', 'Enter a username'],
    ['m', 'Username must be between 2 and 32 characters'],
    ['a'.repeat(33), 'Username must be between 2 and 32 characters'],
    ['.mia', 'Username must start with a letter or figure'],
    ['mia lund', 'Username must start with a letter or figure'],
    ['mía', 'Username must start with a letter or figure'],
  ])('may not be "%s"', (username, words) => {
    expect(problemOf(username)).toContain(words)
  })
})

describe('a name', () => {
  it('keeps the joiners inside it', () => {
    expect(readAccount({ ...mia, name: 'علی\u200cرضا' }).account?.name).toBe('علی\u200cرضا')
  })

  it.each([
    [' '.repeat(3), 'Enter a name'],
    ['M'.repeat(121), 'Name must be 120 characters or fewer'],
    ['Mia\u202eLund', 'Name has characters that cannot be seen. Type it again'],
    ['Mia\u200dLund\u200d', 'Name has characters that cannot be seen. Type it again'],
    ['Mia \u200cLund', 'Name has characters that cannot be seen. Type it again'],
    ['Mia\nLund', 'Name has characters that cannot be seen. Type it again'],
  ])('is not %j', (name, words) => {
    expect(readAccount({ ...mia, name }).problems).toEqual({ name: words })
  })
})

describe('the page of an account', () => {
  it('says who it is, how they log on and where they are logged on', async () => {
    await loggedOn({ clinicId, staffId: tom.id })
    const page = mainOf((await browser.get(`/riverside/staff/${tom.id}`)).body)
    for (const words of ['Tom Becker', 'Username tom', 'Role Practitioner', 'Last logon Never', 'In one browser'])
      expect(page).toContain(words)
  })

  it('offers oneself no link and no temporary password', async () => {
    const { body } = await browser.get(`/riverside/staff/${maya.id}`)
    expect(mainOf(body)).toContain('This is you. Change my password')
    expect(body).not.toMatch(/Send set-up link|Generate temporary/)
  })
})

describe('a changed account', () => {
  it('has its new name and address, and the audit says which fields', async () => {
    const { status, location } = await edit(tom, { name: 'Tom Baker', email: 'Tom.Baker@Riverside.example.com' })
    expect([status, location]).toEqual([303, `/riverside/staff/${tom.id}?done=saved`])
    expect(await rowOf(tom.id)).toMatchObject({ name: 'Tom Baker', email: 'tom.baker@riverside.example.com' })
    expect(await auditOf('staff-changed')).toEqual([['staff-changed', maya.id, tom.id, { fields: 'name email' }]])
  })

  it('keeps its username: nothing else of the row can be set by the form', async () => {
    await edit(tom, { name: 'Tom Baker', username: 'tommy', password_hash: 'x', clinic_id: 'x', deactivated_at: '1' })
    expect(await rowOf(tom.id)).toMatchObject({ username: 'tom', password_hash: null, deactivated_at: null })
  })

  it('that is as it was is saved without a trace', async () => {
    expect((await edit(tom, {})).status).toBe(303)
    expect(await auditOf('staff-changed')).toEqual([])
  })

  it('shows what is wrong, and nothing is saved', async () => {
    const { status, body } = await edit(tom, { name: '', role: '' })
    expect(status).toBe(422)
    expect(body).toMatch(/Enter a name[\s\S]*Choose a role/)
    expect(await rowOf(tom.id)).toMatchObject({ name: 'Tom Becker', role: 'practitioner' })
  })

  it('with another address: open links end, and the old address is told', async () => {
    await browser.post(`/riverside/staff/${tom.id}/email`)
    const link = linkIn((await mailbox())[0])
    await edit(tom, { email: 'tom.new@riverside.example.com' })
    const [notice] = await mailbox()
    expect([notice!.to, notice!.subject]).toEqual([
      'tom@riverside.example.com',
      'The email address of your account at Riverside Clinic was changed',
    ])
    expect(notice!.text).not.toMatch(/Tom|tom\.new/)
    await visitor().post(link, { new_password: goodPassword })
    expect(await rowOf(tom.id)).toMatchObject({ password_hash: null })
  })

  it('is not taken back by a form that was opened before the change', async () => {
    const { body } = await browser.get(`/riverside/staff/${tom.id}/edit`)
    const opened_with = /name="opened_with" value="([^"]+)"/.exec(body)![1]!
    await edit(tom, { role: 'reception' })
    const { status, body: answer } = await edit(tom, { name: 'Tom Baker', opened_with })
    expect(status).toBe(409)
    expect(mainOf(answer)).toContain('Somebody else changed this account meanwhile')
    expect(await rowOf(tom.id)).toMatchObject({ name: 'Tom Becker', role: 'reception' })
    expect((await edit({ ...tom, role: 'reception' }, { name: 'Tom Baker' })).status).toBe(303)
  })
})

describe('a changed role', () => {
  it('E06 counts at the next request, up and down', async () => {
    const sam = await aStaffMember({ clinicId })
    const his = await loggedOn({ clinicId, staffId: sam.id })
    const may = async () => (await his.get('/riverside/registrations')).status
    expect(await may()).toBe(200)
    await edit(sam, { role: 'practitioner' })
    expect(await may()).toBe(403)
    expect((await his.get('/riverside/patients')).status).toBe(200)
    await edit({ ...sam, role: 'practitioner' }, { role: 'manager' })
    expect((await his.get('/riverside/staff')).status).toBe(200)
    expect((await auditOf('staff-changed')).map(([, , , detail]) => detail)).toEqual([
      { fields: 'role', from: 'reception', to: 'practitioner' },
      { fields: 'role', from: 'practitioner', to: 'manager' },
    ])
  })

  it('of oneself leads to the diary, for the staff page is closed now', async () => {
    await aSecondManager(clinicId)
    expect((await edit(maya, { role: 'reception' })).location).toBe('/riverside/diary')
    expect((await browser.get('/riverside/staff')).status).toBe(403)
  })
})

describe('the last manager', () => {
  const refusal = 'Maya Rossi is the only manager with a password of their own. First make somebody else a manager'

  it('keeps the role, and the page says why', async () => {
    const { status, body } = await edit(maya, { role: 'reception', name: 'Maya R.' })
    expect(status).toBe(422)
    expect(mainOf(body)).toContain(refusal)
    expect(await rowOf(maya.id)).toMatchObject({ role: 'manager', name: 'Maya Rossi' })
    expect(await auditOf('staff-changed')).toEqual([])
  })

  it('may change their name', async () => {
    expect((await edit(maya, { name: 'Maya R.' })).status).toBe(303)
  })

  it('is whoever could run the clinic alone: a manager who never chose a password does not count', async () => {
    const nina = await aSecondManager(clinicId, '')
    expect((await edit(maya, { role: 'reception' })).status).toBe(422)
    expect((await edit(nina, { role: 'reception' })).status).toBe(303)
  })

  it('of another clinic does not count either', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await aSecondManager(hillside.id)
    expect((await edit(maya, { role: 'reception' })).status).toBe(422)
  })

  it('cannot be taken away by the database’s own hand either, in any of three ways (M4)', async () => {
    for (const change of ["role = 'reception'", 'deactivated_at = 1', 'password_kind = NULL, password_hash = NULL']) {
      const take = env.DB.prepare(`UPDATE staff SET ${change} WHERE id = ?`).bind(maya.id).run()
      await expect(take, change).rejects.toThrow('last_manager')
    }
    await aSecondManager(clinicId)
    await env.DB.prepare("UPDATE staff SET role = 'reception' WHERE id = ?").bind(maya.id).run()
    expect(await managersLeft()).toBe(1)
  })

  it('is left when two managers demote each other at the same time: one is refused, and told why', async () => {
    const nina = await aSecondManager(clinicId)
    const hers = await loggedOn({ clinicId, staffId: nina.id })
    const answers = await Promise.all([edit(nina, { role: 'reception' }), edit(maya, { role: 'reception' }, hers)])
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => [403, 422].includes(status))).toHaveLength(1) // 403: they were no manager any more
    expect(await managersLeft()).toBe(1)
  })

  it('is left when fifty at once take the role from both of two managers', async () => {
    const nina = await aSecondManager(clinicId)
    const hers = await loggedOn({ clinicId, staffId: nina.id })
    await Promise.all(
      Array.from({ length: 50 }, (_one, index) =>
        edit(index % 2 ? maya : nina, { role: 'reception' }, index % 4 < 2 ? browser : hers),
      ),
    )
    expect(await managersLeft()).toBe(1)
    expect(await auditOf('staff-changed')).toHaveLength(1)
  })
})

describe('accounts of another clinic', () => {
  it('are not there', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aStaffMember({ clinicId: hillside.id })
    const before = await rowOf(foreign.id)
    const here = `/riverside/staff/${foreign.id}`
    for (const path of ['', '/edit', '/deactivation']) expect((await browser.get(here + path)).status).toBe(404)
    for (const path of ['/edit', '/deactivation', '/activation', '/sessions/ending'])
      expect((await browser.post(here + path, { name: 'X', role: 'manager' })).status).toBe(404)
    expect(await rowOf(foreign.id)).toEqual(before)
  })
})
