/** What becomes of online access when two records are merged: who logs on afterwards, with what, and who is told. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { aPasskey } from '../../front-door/passkeys/passkeys.ts'
import { anAccess, aPatient, goodPassword, loggedOn, mailbox, visitor } from '../../support/world.ts'
import { listed, wordsOf } from '../reading.ts'
import { aLinkOf, aMailTo, merge, newer, older, pageOf, rowsOf, twoJanets, type World } from './merge-world.ts'

const otherPassword = 'seven small hedgehogs'
let world: World

beforeEach(async () => {
  world = await twoJanets()
})

const mayLogOn = async (identifier: string, password = goodPassword) =>
  (await visitor().post('/riverside/logon', { identifier, password })).location === '/riverside/home'
const accesses = () => rowsOf('SELECT patient_id AS of, state, email FROM online_access')
const keysOf = async (id: string) => (await rowsOf('SELECT 1 FROM passkey WHERE patient_id = ?', id)).length

describe('only the record that goes has online access', () => {
  beforeEach(async () => {
    await anAccess(world.second, { password: goodPassword })
    await aPasskey({ clinicId: world.clinicId, patientId: world.second.id })
  })

  it('it goes over with password and passkeys, when its address is kept', async () => {
    await merge(world.sam, world.first, world.second)
    expect(await accesses()).toEqual([{ of: world.first.id, state: 'active', email: newer }])
    expect([await mayLogOn(newer), await mayLogOn(older)]).toEqual([true, false])
    expect([await keysOf(world.first.id), await keysOf(world.second.id)]).toEqual([1, 0])
    expect(await mailbox()).toEqual([])
    expect(listed((await world.sam.get('/riverside/patients?access=active')).body)).toEqual(['Janet Hall'])
  })

  it('with the other address it is a logon name that moves: same password, no passkeys, both addresses told', async () => {
    await merge(world.sam, world.first, world.second, { email: 'stays' })
    expect(await accesses()).toEqual([{ of: world.first.id, state: 'active', email: older }])
    expect([await mayLogOn(newer), await mayLogOn(older)]).toEqual([false, true])
    expect(await keysOf(world.first.id)).toBe(0)
    expect((await mailbox()).map(({ to }) => to).sort()).toEqual([newer, older])
  })

  it('goes over to a record that shares its address', async () => {
    const third = await aPatient({ clinicId: world.clinicId, email: newer, createdAt: 1 })
    expect((await merge(world.sam, third, world.second)).status).toBe(303)
    expect(await accesses()).toEqual([{ of: third.id, state: 'active', email: newer }])
    expect([await mayLogOn(newer), await keysOf(third.id)]).toEqual([true, 1])
  })

  it('takes the place of an invitation that nobody has answered, whose links end', async () => {
    await anAccess(world.first, { state: 'invited' })
    await aLinkOf(world.first)
    await merge(world.sam, world.first, world.second)
    expect(await accesses()).toEqual([{ of: world.first.id, state: 'active', email: newer }])
    expect(await rowsOf('SELECT 1 FROM one_time_link WHERE ended_at IS NULL')).toEqual([])
  })

  it('is not left without an address', async () => {
    const without = await aPatient({ clinicId: world.clinicId, createdAt: 1 })
    const refused = await merge(world.sam, without, world.second, { email: 'stays' })
    expect([refused.status, wordsOf(refused.body)]).toEqual([422, expect.stringContaining('Choose an email address')])
    expect(refused.body).toContain('<a href="#email">')
  })

  it('gets no address that a further record has', async () => {
    await aPatient({ clinicId: world.clinicId, firstName: 'Una', lastName: 'Reed', email: older })
    const refused = await merge(world.sam, world.first, world.second, { email: 'stays' })
    expect(refused.status).toBe(422)
    expect(wordsOf(refused.body)).toContain('This is also the email address of Una Reed')
    expect(await accesses()).toMatchObject([{ of: world.second.id }])
  })
})

describe('both have online access', () => {
  beforeEach(async () => {
    await anAccess(world.first, { password: goodPassword })
    await anAccess(world.second, { password: otherPassword })
    await aPasskey({ clinicId: world.clinicId, patientId: world.first.id })
  })

  it('that of the record that stays goes on as it is, the other ends', async () => {
    const atHome = await loggedOn({ clinicId: world.clinicId, patientId: world.first.id })
    await aLinkOf(world.first)
    await merge(world.sam, world.first, world.second)
    expect(await accesses()).toEqual([{ of: world.first.id, state: 'active', email: older }])
    expect([await mayLogOn(older), await mayLogOn(newer, otherPassword)]).toEqual([true, false])
    expect([(await atHome.get('/riverside/home')).status, await keysOf(world.first.id)]).toEqual([200, 1])
    expect(await rowsOf('SELECT ended_at AS at FROM one_time_link')).toEqual([{ at: null }])
  })

  it('with the address of the other it is a logon name that moves', async () => {
    await aLinkOf(world.first)
    await merge(world.sam, world.first, world.second, { email: 'goes' })
    expect(await accesses()).toEqual([{ of: world.first.id, state: 'active', email: newer }])
    expect([await mayLogOn(newer), await mayLogOn(newer, otherPassword), await keysOf(world.first.id)]).toEqual([
      true,
      false,
      0,
    ])
    expect((await mailbox()).map(({ to }) => to).sort()).toEqual([newer, older])
    expect(await rowsOf('SELECT 1 FROM one_time_link WHERE ended_at IS NULL')).toEqual([])
  })

  it('the newer record stays when staff say so, with its own access', async () => {
    await merge(world.sam, world.first, world.second, { stays: world.second.id, email: 'goes' })
    expect(await accesses()).toEqual([{ of: world.second.id, state: 'active', email: older }])
    expect(await mayLogOn(older, otherPassword)).toBe(true)
  })
})

describe('what staff have stopped', () => {
  it('stays stopped, whichever of the two records it was on', async () => {
    await anAccess(world.first, { state: 'inactive', password: goodPassword })
    await anAccess(world.second, { password: otherPassword })
    await merge(world.sam, world.first, world.second)
    expect(await accesses()).toEqual([{ of: world.first.id, state: 'inactive', email: null }])
    expect([await mayLogOn(older), await mayLogOn(newer, otherPassword)]).toEqual([false, false])
  })

  it('goes over, so that nobody comes round it by a second record', async () => {
    await anAccess(world.second, { state: 'inactive', password: goodPassword })
    await merge(world.sam, world.first, world.second)
    expect(await accesses()).toEqual([{ of: world.first.id, state: 'inactive', email: null }])
    expect(listed((await world.sam.get('/riverside/patients?access=inactive')).body)).toEqual(['Janet Hall'])
  })
})

describe('mails that still wait', () => {
  it('go to the address that is kept; one that lets somebody in is given up', async () => {
    await aMailTo(world.second, { state: 'queued' })
    await aMailTo(world.second, { state: 'queued', kind: 'access-link' })
    await merge(world.sam, world.first, world.second)
    const mails = await rowsOf('SELECT kind, state, to_address AS "to", patient_id AS of FROM mail ORDER BY kind')
    expect(mails).toEqual([
      { kind: 'access-link', state: 'abandoned', to: newer, of: world.first.id },
      { kind: 'appointment-booked', state: 'queued', to: older, of: world.first.id },
    ])
  })
})

describe('the privacy notice', () => {
  it('that was read last is the one that was read', async () => {
    await env.DB.prepare('UPDATE patient SET privacy_notice_version = 1, privacy_acknowledged_at = 5 WHERE id = ?')
      .bind(world.second.id)
      .run()
    await merge(world.sam, world.first, world.second)
    expect(
      await rowsOf(
        'SELECT privacy_notice_version AS version, privacy_acknowledged_at AS at FROM patient WHERE id = ?',
        world.first.id,
      ),
    ).toEqual([{ version: 1, at: 5 }])
  })
})

describe('the page', () => {
  it('says that the access of the record that goes ends', async () => {
    await anAccess(world.first, { password: goodPassword })
    await anAccess(world.second, { password: otherPassword })
    const words = wordsOf((await world.sam.get(pageOf(world.first, world.second))).body)
    expect(words).toContain('The online access of the record that goes ends, with its password and passkeys')
    expect(words).toContain(`If ${older} is kept: Janet logs on with ${older}, with the same password as before.`)
  })
})
