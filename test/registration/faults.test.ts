/** D1 fails at the k-th round trip, for every k (J03): nothing half done, no access granted, no request lost. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { everyMinute } from '../../src/every-minute.ts'
import { atEveryTrip } from '../support/every-trip.ts'
import { aClinic, aPatient, goodPassword, linkIn, mailbox, type Visitor, visitor } from '../support/world.ts'

const born = { dob_day: '3', dob_month: '5', dob_year: '1951' }
const newcomer = {
  first_name: 'Oliver',
  last_name: 'Grant',
  ...born,
  phone: '07700 900 123',
  privacy_notice: 'on',
  new_password: goodPassword,
}

const state = (email: string) =>
  env.DB.prepare('SELECT state FROM online_access WHERE email = ?').bind(email).first<string>('state')

describe('asking to register', () => {
  it('is answered with 503 and not written down, or answered as always and worked on by the next minute', async () => {
    const { id: clinicId } = await aClinic()
    const ask = async (who: Visitor, k: number) => {
      await aPatient({ clinicId, email: `patient${k}@example.com` })
      who.headers = { 'cf-connecting-ip': `198.51.100.${k}` }
      return who.post('/riverside/register/existing', { email: `patient${k}@example.com` })
    }
    await atEveryTrip(ask, async (answer, k) => {
      const email = `patient${k}@example.com`
      const written = await env.DB.prepare('SELECT count(*) AS c FROM registration WHERE email = ?')
        .bind(email)
        .first<number>('c')
      expect([k, answer.status, written]).toEqual(answer.status === 503 ? [k, 503, 0] : [k, 303, 1])
      await everyMinute(env, Date.now() + 3 * 60_000) // past the lease of a delivery that was cut off
      const mails = (await mailbox()).filter(({ to }) => to === email)
      expect([k, mails.length]).toEqual([k, written])
      expect([k, await state(email)]).toEqual([k, written ? 'invited' : null])
    })
  })
})

describe.each(['existing', 'new'] as const)('the end of the registration of %s patients', (kind) => {
  it('is answered with 503, leaves nothing half done, and works when it is sent again', async () => {
    const { id: clinicId } = await aClinic()
    const links = new Map<number, string>()
    const finish = async (who: Visitor, k: number) => {
      const email = `patient${k}@example.com`
      if (kind === 'existing') await aPatient({ clinicId, email })
      const asking = visitor()
      asking.headers = { 'cf-connecting-ip': `198.51.100.${k}` }
      await asking.post(`/riverside/register/${kind}`, { email })
      links.set(k, linkIn((await mailbox()).find(({ to }) => to === email)))
      return who.post(links.get(k)!, kind === 'existing' ? { ...born, new_password: goodPassword } : newcomer)
    }
    await atEveryTrip(finish, async (answer, k) => {
      const email = `patient${k}@example.com`
      expect([k, answer.status]).toEqual([k, 503])
      expect([k, await state(email)]).toEqual([k, kind === 'existing' ? 'invited' : null])
      const again = await visitor().post(
        links.get(k)!,
        kind === 'existing' ? { ...born, new_password: goodPassword } : newcomer,
      )
      expect([k, again.status, await state(email)]).toEqual([k, 303, 'active'])
    })
  })
})
