/** *View → Change my password* (M4), and the change that a temporary password asks for (D08, D09, D15, D16, E07). */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watched } from '../../support/counting.ts'
import { addressOf, nameOf, rooms } from '../../support/site-map.ts'
import { type Answer, goodPassword, loggedOn, mailbox, Visitor, visitor } from '../../support/world.ts'
import { all, change, day, janetsEmail, logOn, minute, one, refusals, riverside, start, tooMany } from '../people.ts'

const better = 'seven small hedgehogs'
let clinicId: string
let janet: { id: string }
let sam: { id: string }
let hers: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId, janet, sam } = await riverside())
  hers = await loggedOn({ clinicId, patientId: janet.id })
})
afterEach(() => {
  vi.useRealTimers()
})

const notSaved = '/riverside?next=%2Friverside%2Fpassword&notice=not-saved'
const where = ({ status, location }: Answer) => [status, location]
const save = (new_password: string, current_password = goodPassword, who = hers) =>
  who.post('/riverside/password', { current_password, new_password })
const hash = async () => (await one<{ h: string }>('SELECT password_hash AS h FROM online_access'))!.h

describe('changing one’s password', () => {
  it('needs the current one and a new one, and the new one is the one from then on', async () => {
    expect(where(await save(better))).toEqual([303, '/riverside/password?done=changed'])
    expect((await hers.get('/riverside/password?done=changed')).body).toContain('Your password is changed')
    expect((await logOn(visitor(), janetsEmail)).status).toBe(422)
    expect((await logOn(visitor(), janetsEmail, better)).status).toBe(303)
  })

  it('works for staff as it does for patients', async () => {
    const his = await loggedOn({ clinicId, staffId: sam.id })
    expect((await save(better, goodPassword, his)).status).toBe(303)
    expect((await logOn(visitor(), 'sam', better)).status).toBe(303)
    expect(await all("SELECT by_staff FROM audit WHERE act = 'password-changed'")).toEqual([{ by_staff: sam.id }])
  })

  it('E07 ends every other session, and this browser goes on with a new one', async () => {
    const phone = await loggedOn({ clinicId, patientId: janet.id })
    const old = visitor()
    old.cookies.set('__Host-session', hers.cookies.get('__Host-session')!)
    await save(better)
    expect(hers.cookies.get('__Host-session')).not.toBe(old.cookies.get('__Host-session'))
    expect((await hers.get('/riverside/home')).status).toBe(200)
    expect((await phone.get('/riverside/home')).status).toBe(303)
    expect((await old.get('/riverside/home')).status).toBe(303)
  })

  it('leaves everybody else’s session alone', async () => {
    const his = await loggedOn({ clinicId, staffId: sam.id })
    await save(better)
    expect((await his.get('/riverside/patients')).status).toBe(200)
  })

  it('tells the owner by mail, without the password', async () => {
    await save(better)
    const [mail, ...more] = await mailbox()
    expect(more).toEqual([])
    expect([mail!.to, mail!.subject]).toEqual([janetsEmail, 'Your password for Riverside Clinic was changed'])
    expect(mail!.text).toContain('If you did not do this, call Riverside Clinic on 01632 960 001')
    for (const secret of [better, goodPassword]) expect(JSON.stringify(mail)).not.toContain(secret)
  })

  it('is written down, without the password (D06)', async () => {
    await save(better)
    const rows = await all("SELECT * FROM audit WHERE act = 'password-changed'")
    expect(rows).toMatchObject([{ by_patient: janet.id, of_patient: janet.id, detail: '{}' }])
  })

  it('says what is wrong, and changes nothing', async () => {
    const before = await hash()
    const table: [wanted: string, current: string, says: string[]][] = [
      ['', '', ['Enter your current password', 'Enter a password']],
      [better, '', ['Enter your current password']],
      ['too short', goodPassword, ['Password must be 12 characters or more']],
      ['x'.repeat(11), goodPassword, ['Password must be 12 characters or more']],
      ['hedgehog '.repeat(30), goodPassword, ['Password must be 256 characters or fewer']],
      ['1qaz2wsx3edc', goodPassword, ['This password is used by many people']],
      ['riverside-2026-password', goodPassword, ['Password must not be made of the clinic’s name']],
      ['janet.hall@example.com', goodPassword, ['Password must not be made of the clinic’s name']],
      ['Janet Hall 1951', goodPassword, ['Password must not be made of the clinic’s name']],
      [goodPassword, goodPassword, ['Choose a password that you have not used here before']],
      [better, 'not my password', ['Check your current password and try again']],
    ]
    for (const [wanted, current, says] of table) {
      const { status, body } = await save(wanted, current)
      expect(status, wanted).toBe(422)
      expect(body).toContain('<title>Error: Change my password – Riverside Clinic</title>')
      for (const words of says) expect(body, wanted).toContain(words)
      for (const typed of [wanted, current].filter((text) => text.length > 8 && !text.includes('@'))) {
        expect(body, 'a password is never shown again').not.toContain(`value="${typed}`)
      }
    }
    expect(await hash()).toBe(before)
    expect((await hers.get('/riverside/home')).status).toBe(200)
  })

  it('D16 refuses a change without the current password, and counts a wrong one like one at the door', async () => {
    expect((await save(better, '')).status).toBe(422)
    for (let tries = 1; tries <= 5; tries++) expect((await save(better, 'a wild guess')).status).toBe(422)
    const refused = await save(better)
    expect([refused.status, refused.body.includes(tooMany)]).toEqual([429, true])
    expect((await logOn(visitor(), janetsEmail)).status).toBe(429) // one count for both doors
    vi.setSystemTime(start + minute + 1)
    expect((await save(better)).status).toBe(303)
  })

  it('starts the count again once it is right', async () => {
    for (let tries = 1; tries <= 4; tries++) await save(better, 'a wild guess')
    await save(better)
    for (let tries = 1; tries <= 4; tries++) expect((await save('nine old walnut trees', 'a guess')).status).toBe(422)
    expect((await save('nine old walnut trees', better)).status).toBe(303)
  })

  it('looks at no more than five passwords when fifty come at once (D16)', async () => {
    const many = await Promise.all(
      Array.from({ length: 50 }, () => {
        const tab = new Visitor()
        tab.cookies.set('__Host-session', hers.cookies.get('__Host-session')!)
        return save(better, 'a wild guess', tab)
      }),
    )
    expect(many.filter(({ status }) => status === 422)).toHaveLength(5)
    expect(many.filter(({ status }) => status === 429)).toHaveLength(45)
    expect(await refusals()).toEqual([])
  })

  it('is for nobody who is not logged on', async () => {
    expect(where(await visitor().get('/riverside/password'))).toEqual([303, '/riverside?next=%2Friverside%2Fpassword'])
    expect(where(await save(better, goodPassword, visitor()))).toEqual([303, notSaved])
    expect((await logOn(visitor(), janetsEmail)).status).toBe(303)
  })

  it('changes nobody whose access was stopped a moment before', async () => {
    const before = await hash()
    const { env: watchedEnv } = watched({
      d1: (_trip, sql) => {
        if (sql.some((text) => text.includes('INSERT INTO lockout'))) stopped = stop()
        return false
      },
    })
    let stopped: Promise<unknown> | undefined
    const stop = () => change("UPDATE online_access SET state = 'inactive', email = NULL")
    const tab = new Visitor(watchedEnv)
    tab.cookies.set('__Host-session', hers.cookies.get('__Host-session')!)
    const answer = await save(better, goodPassword, tab)
    await stopped
    expect(where(answer)).toEqual([303, notSaved])
    expect(await hash()).toBe(before)
  })

  it('is all or nothing when D1 fails on the way, and the try does not count (J03)', async () => {
    const before = await hash()
    await hers.get('/riverside/home') // the clinic is known by now
    const faults = ['the session', 'the count', 'the change']
    for (const [index, fault] of faults.entries()) {
      const tab = new Visitor(watched({ d1: (trip) => trip === index + 1 }).env)
      tab.cookies.set('__Host-session', hers.cookies.get('__Host-session')!)
      expect((await save(better, goodPassword, tab)).status, fault).toBe(503)
      expect(await hash(), fault).toBe(before)
      expect(await one('SELECT coalesce(sum(month_tries), 0) AS n FROM lockout'), fault).toEqual({ n: 0 })
    }
    expect((await hers.get('/riverside/home')).status).toBe(200)
  })
})

describe('somebody who has logged on with a temporary password', () => {
  let his: Visitor

  beforeEach(async () => {
    his = await loggedOn({ clinicId, staffId: sam.id })
    await change(
      "UPDATE online_access SET password_kind = 'temporary', temporary_expires_at = ?, temporary_used_at = ?",
      start + day,
      start,
    )
    await change("UPDATE staff SET password_kind = 'temporary', temporary_expires_at = ?", start + day)
  })

  it.each(['patient', 'staff'])(
    'D08 finds every room but this one shut, as a page, a fragment or JSON: %s',
    async (side) => {
      const who = side === 'staff' ? his : hers
      const open = [
        '/password',
        '/logoff',
        '/logon',
        '/register',
        '/registration',
        '/privacy',
        '/appearance',
        '/:file',
        '/calendar/',
        '/email/',
      ]
      const shut = rooms().filter(
        ({ path }) => /^\/:clinic\/./.test(path) && !open.some((start) => path.startsWith(`/:clinic${start}`)),
      )
      const others = shut.filter(({ path }) => !path.startsWith('/:clinic/registrations') || side === 'staff')
      expect(others.length).toBeGreaterThan(15)
      for (const room of others) {
        const path = addressOf(room.path, { clinic: 'riverside', id: janet.id, date: '2026-11-23' })
        const ask = (headers: Record<string, string>) =>
          room.method === 'GET' ? who.get(path, headers) : who.post(path, {}, headers)
        for (const accept of ['text/html', 'application/json'])
          expect(where(await ask({ accept })), nameOf(room)).toEqual([303, '/riverside/password'])
        const fragment = await ask({ 'hx-request': 'true' })
        expect([fragment.status, fragment.headers.get('hx-redirect'), fragment.body], nameOf(room)).toEqual([
          401,
          '/riverside/password',
          '',
        ])
      }
      expect(await all("SELECT act FROM audit WHERE act NOT LIKE 'logged%'")).toEqual([])
    },
  )

  it('finds the registration desk shut, which only looks like a public address', async () => {
    expect(where(await his.get('/riverside/registrations'))).toEqual([303, '/riverside/password'])
  })

  it('is sent there by a fragment too', async () => {
    const { status, headers } = await his.get('/riverside/patients', { 'hx-request': 'true' })
    expect([status, headers.get('hx-redirect')]).toEqual([401, '/riverside/password'])
  })

  it('is told why, and shown no way around it', async () => {
    const { status, body } = await hers.get('/riverside/password')
    expect(status).toBe(200)
    expect(body).toContain('Choose your own password')
    expect(body).toContain('Temporary password')
    expect(body).not.toContain('/riverside/details')
  })

  it('is told what is wrong with it by the name that stands above the field', async () => {
    expect((await save(better, '')).body).toContain('Enter your temporary password')
    expect((await save(better, 'not my password')).body).toContain('Check your temporary password and try again')
  })

  it('D08 can log off', async () => {
    expect((await hers.post('/riverside/logoff')).status).toBe(303)
  })

  it('D09 may not keep it', async () => {
    const { status, body } = await save(goodPassword)
    expect(status).toBe(422)
    expect(body).toContain('Choose a password that you have not used here before')
  })

  it('D09 goes on with a password of their own, and the temporary one is dead', async () => {
    expect((await save(better)).status).toBe(303)
    expect((await hers.get('/riverside/home')).status).toBe(200)
    expect((await logOn(visitor(), janetsEmail)).status).toBe(422)
    expect((await logOn(visitor(), janetsEmail, better)).location).toBe('/riverside/home')
    expect(await all('SELECT password_kind, temporary_expires_at, temporary_used_at FROM online_access')).toEqual([
      { password_kind: 'own', temporary_expires_at: null, temporary_used_at: null },
    ])
  })

  it('comes the whole way: generated at the desk, read out, used, changed (M6)', async () => {
    await change("UPDATE staff SET password_kind = 'own', temporary_expires_at = NULL")
    await his.post(`/riverside/patients/${janet.id}/online-access/password`)
    const panel = await his.get(`/riverside/patients/${janet.id}/online-access`)
    const [generated] = /\b([a-z]{4}-){4}\d\d\b/.exec(panel.body)!
    expect(generated.length).toBeGreaterThanOrEqual(15)

    const phone = visitor()
    expect((await logOn(phone, janetsEmail, generated)).location).toBe('/riverside/password')
    expect((await save(generated, generated, phone)).status).toBe(422)
    expect((await save(better, generated, phone)).status).toBe(303)
    expect((await phone.get('/riverside/home')).status).toBe(200)
    expect((await logOn(visitor(), janetsEmail, generated)).status).toBe(422)
  })
})
