/** What the deployment's one secret does, and random names and secrets. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { hashToken, newReference, newToken } from '../../src/web/random.ts'
import { keyedHash, seal, unseal } from '../../src/web/secret.ts'

describe('sealing', () => {
  it('gives the text back to the same deployment for the same purpose only', async () => {
    const sealed = await seal(env, 'mail', 'Dear Janet, żółć 🌿')
    expect(await unseal(env, 'mail', sealed)).toBe('Dear Janet, żółć 🌿')
    expect(await unseal(env, 'cookie', sealed)).toBeNull()
    const other = { ...env, DIARY_SECRET: btoa('another secret of thirty-two bytes or more') }
    expect(await unseal(other, 'mail', sealed)).toBeNull()
  })

  it('knows each of more purposes than it keeps keys for', async () => {
    const purposes = Array.from({ length: 250 }, (_, n) => `mail ${n}`)
    const sealed = await Promise.all(purposes.map((purpose) => seal(env, purpose, `for ${purpose}`)))
    const opened = await Promise.all(purposes.map((purpose, n) => unseal(env, purpose, sealed[n]!)))
    expect(opened).toEqual(purposes.map((purpose) => `for ${purpose}`))
    expect(await unseal(env, purposes[0]!, sealed[1]!)).toBeNull()
  })

  it('never gives the same seal twice, and notices every change', async () => {
    const sealed = await seal(env, 'mail', 'hello')
    expect(await seal(env, 'mail', 'hello')).not.toBe(sealed)
    const changed = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2)
    expect(await unseal(env, 'mail', changed)).toBeNull()
    for (const rubbish of ['', '.', 'x.y', 'no dot', '%%.%%']) expect(await unseal(env, 'mail', rubbish)).toBeNull()
  })

  it('does not begin with a secret that is too short', async () => {
    await expect(seal({ ...env, DIARY_SECRET: btoa('short') }, 'mail', 'x')).rejects.toThrow('at least 32 bytes')
  })
})

describe('random names', () => {
  it('hashes by key: one name for one value, another for another purpose', async () => {
    const [one, again, other, elsewhere] = await Promise.all([
      keyedHash(env, 'lockout', 'janet'),
      keyedHash(env, 'lockout', 'janet'),
      keyedHash(env, 'lockout', 'oliver'),
      keyedHash(env, 'device', 'janet'),
    ])
    expect(one).toBe(again)
    expect(new Set([one, other, elsewhere]).size).toBe(3)
  })

  it('makes tokens of 256 bits that never meet, and keeps only their hash', () => {
    const tokens = Array.from({ length: 10_000 }, newToken)
    expect(new Set(tokens).size).toBe(10_000)
    for (const token of tokens.slice(0, 100)) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('makes references that can be said on the phone', () => {
    for (let i = 0; i < 500; i++) expect(newReference()).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{4}$/)
  })
})
