/**
 * The two-world test (security.md A16): the same requests by a stranger, once in a world where Ines is a patient of the
 * clinic and once in a world where nobody has heard of her. Every answer must be the same, byte for byte: status,
 * headers, cookies and body. This holds messages, codes, counters and lock-outs to rule M10 at once.
 *
 * Each run takes other sequences: 4 of 30 steps for each of the nine ways (2,160 requests, half a minute).
 * `TWO_WORLDS=23 npx vitest run test/two-worlds.test.ts` takes 207 (12,420 requests, two minutes).
 */
import { env } from 'cloudflare:workers'
import { sha256 } from '@oslojs/crypto/sha2'
import fc from 'fast-check'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import type { Bindings } from '../src/environment.ts'
import type { Answer, Visitor as Stranger } from './support/world.ts'

/** What is compared is bytes, not time: a hash that costs nothing lets twelve thousand requests pass in a minute. */
vi.mock('../src/front-door/passwords/argon2.ts', () => ({
  argon2idOf: () => (password: Uint8Array, salt: Uint8Array, _cost: unknown, length: number) =>
    sha256(new Uint8Array([...salt, ...password])).slice(0, length),
}))
vi.resetModules() // the app was loaded before this file: here is another one, on that hash
const { emptyWorld } = await import('./support/empty-world.ts')
const { aClinic, anAccess, aPatient, goodPassword, Visitor } = await import('./support/world.ts')

const ines = 'ines.moreau@example.com'
const start = Date.parse('2026-11-23T09:00:00Z')

/** How the clinic may know her. */
const ways: Record<string, (clinicId: string) => Promise<unknown>> = {
  'a patient without online access': (clinicId) => aPatient({ clinicId, firstName: 'Ines', email: ines }),
  'a patient with online access': async (clinicId) =>
    anAccess(await aPatient({ clinicId, email: ines }), { password: 'a password of her own' }),
  'a patient who is invited': async (clinicId) =>
    anAccess(await aPatient({ clinicId, email: ines }), { state: 'invited' }),
  'a patient whose access was stopped': async (clinicId) =>
    anAccess(await aPatient({ clinicId, email: ines }), { state: 'inactive', password: goodPassword }),
  'a patient whose access has no password': async (clinicId) => anAccess(await aPatient({ clinicId, email: ines })),
  'one of two patients with this address': async (clinicId) => {
    await aPatient({ clinicId, email: ines })
    await aPatient({ clinicId, firstName: 'Luc', email: ines })
  },
  'a patient under 16': (clinicId) => aPatient({ clinicId, email: ines, dateOfBirth: '2015-02-01' }),
  'an archived patient': (clinicId) => aPatient({ clinicId, email: ines, archivedAt: start }),
  'a patient of another clinic': async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await anAccess(await aPatient({ clinicId: hillside.id, email: ines }), { password: goodPassword })
  },
}

/** What a stranger may do. `goodPassword` is right for those whom it must not help. */
type Step =
  | { get: string; htmx: boolean }
  | { post: string; fields: Record<string, string>; htmx: boolean }
  | { wait: number }

const names = fc.constantFrom(ines, ines.toUpperCase(), ` ${ines} `, 'nobody@example.com', 'ines', 'maya')
const htmx = fc.boolean()
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    get: fc.constantFrom(
      '/riverside',
      '/riverside/register/existing',
      '/riverside/register/sent',
      '/riverside/password/forgotten',
    ),
    htmx,
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      post: fc.constant('/riverside/logon'),
      fields: fc.record({ identifier: names, password: fc.constantFrom(goodPassword, 'wrong', '') }),
      htmx,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      post: fc.constantFrom('/riverside/register/existing', '/riverside/register/new'),
      fields: fc.record({ email: names }),
      htmx,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      post: fc.constant('/riverside/password/forgotten'),
      fields: fc.record({ identifier: names }),
      htmx,
    }),
  },
  fc.record({ wait: fc.constantFrom(1_000, 65_000, 400_000) }),
)

describe('a stranger who tries things', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each(Object.keys(ways))('A16 cannot tell whether Ines is %s or nobody', { timeout: 300_000 }, async (way) => {
    const plan = fc.record({
      steps: fc.array(step, { minLength: 30, maxLength: 30 }),
      allowExisting: fc.boolean(),
      allowNew: fc.boolean(),
      mailIsDown: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(plan, async ({ steps, mailIsDown, ...switches }) => {
        const known = await live(steps, switches, mailIsDown, ways[way])
        const unknown = await live(steps, switches, mailIsDown)
        expect(known).toEqual(unknown)
      }),
      { numRuns: inject('sequencesOfEachWay') },
    )
  })
})

async function live(
  steps: Step[],
  switches: { allowExisting: boolean; allowNew: boolean },
  mailIsDown: boolean,
  way?: (clinicId: string) => Promise<unknown>,
): Promise<object[]> {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  await emptyWorld()
  const clinic = await aClinic(switches)
  await way?.(clinic.id)
  const stranger = new Visitor(mailIsDown ? withoutMail : env)
  const seen: object[] = []
  for (const step of steps) {
    const answer = await take(stranger, step)
    if (answer) seen.push(visible(answer))
  }
  return seen
}

async function take(stranger: Stranger, step: Step): Promise<Answer | null> {
  if ('wait' in step) {
    vi.setSystemTime(Date.now() + step.wait)
    return null
  }
  const headers: Record<string, string> = step.htmx ? { 'hx-request': 'true' } : {}
  return 'get' in step ? stranger.get(step.get, headers) : stranger.post(step.post, step.fields, headers)
}

const visible = ({ status, headers, body }: Answer) => ({ status, headers: [...headers].sort(), body })

/** A mail service that is down. */
const withoutMail: Bindings = {
  ...env,
  MAILBOX: new Proxy(env.MAILBOX!, {
    get: () => () => Promise.reject(new Error('the mail service does not answer')),
  }),
}
