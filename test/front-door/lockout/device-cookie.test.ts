/** Strangers who try a name elsewhere do not lock its owner out of her own device (C08). */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { goodPassword, type Visitor, visitor } from '../../support/world.ts'
import {
  guess,
  isIn,
  janetsEmail,
  lock,
  logOn,
  minute,
  newPassword,
  riverside,
  setNewPassword,
  start,
  stranger,
  wait,
} from '../people.ts'

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  await riverside()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a device from which the owner logged on before', () => {
  let hers: Visitor

  beforeEach(async () => {
    hers = visitor()
    await logOn(hers, janetsEmail)
    await hers.post('/riverside/logoff')
  })

  it('C08 lets her in while a stranger elsewhere keeps her name locked', async () => {
    await lock(janetsEmail)
    expect((await logOn(stranger(), janetsEmail)).status).toBe(429)
    expect((await logOn(hers, janetsEmail)).status).toBe(303)
  })

  it('has its own count: ten wrong tries, then a wait of 15 minutes', async () => {
    for (let tries = 1; tries <= 10; tries++) expect((await guess(janetsEmail, hers)).status, `try ${tries}`).toBe(422)
    expect((await logOn(hers, janetsEmail)).status).toBe(429)
    expect(await isIn()).toBe(true) // elsewhere nothing was counted
    wait(15 * minute)
    expect((await logOn(hers, janetsEmail)).status).toBe(303)
  })

  it('is no help with other names, nor with one that is made up', async () => {
    for (const name of ['sam', 'nobody']) {
      await lock(name, hers)
      expect((await logOn(hers, name)).status).toBe(429)
    }
  })

  it('is known by a cookie that nobody can write themselves', async () => {
    await lock(janetsEmail)
    const mark = hers.cookies.get('__Host-device')!
    expect(decodeURIComponent(mark)).not.toContain('janet')
    for (const forged of [`x${mark}`, mark.slice(0, -8), 'a.b', '{}', encodeURIComponent(btoa('{"known":[]}'))]) {
      const liar = stranger()
      liar.cookies.set('__Host-device', forged)
      expect((await logOn(liar, janetsEmail)).status, forged.slice(0, 12)).toBe(429)
    }
  })

  it('is free again, like every other, once she has set a new password (C09)', async () => {
    for (let tries = 0; tries < 11; tries++) await guess(janetsEmail, hers)
    await setNewPassword()
    expect((await logOn(hers, janetsEmail, newPassword)).status).toBe(303)
  })

  it('lets her change her password while a stranger keeps her name locked (C08)', async () => {
    await logOn(hers, janetsEmail)
    await lock(janetsEmail)
    const answer = await hers.post('/riverside/password', {
      current_password: goodPassword,
      new_password: newPassword,
    })
    expect([answer.status, answer.location]).toEqual([303, '/riverside/password?done=changed'])
  })
})
