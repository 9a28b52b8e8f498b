/** A patient asks to register: the public sees one answer, the mailbox gets the truth it may have, the desk all of it. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  type Answer,
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  linkIn,
  loggedOn,
  mailbox,
  Visitor,
  visitor,
} from '../support/world.ts'

const email = 'oliver.grant@example.com'
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

const ask = (link: 'existing' | 'new', typed = email, who = visitor()) =>
  who.post(`/riverside/register/${link}`, { email: typed })
const oliver = (given: object = {}) => aPatient({ clinicId, firstName: 'Oliver', lastName: 'Grant', email, ...given })
const desk = async () => {
  const sam = await aStaffMember({ clinicId })
  return (await (await loggedOn({ clinicId, staffId: sam.id })).get('/riverside/registrations')).body
}
const rows = async () =>
  (await env.DB.prepare('SELECT link, outcome, because, desk_since IS NOT NULL AS onDesk FROM registration').all())
    .results

/** Each row of the table: who has the address, and what comes of it. */
const table: [
  words: string,
  link: 'existing' | 'new',
  world: () => Promise<unknown>,
  outcome: string,
  because: string | null,
][] = [
  ['nobody has the address', 'existing', async () => undefined, 'refused', 'unknown'],
  ['one patient without access', 'existing', () => oliver(), 'invited', null],
  [
    'one patient who is invited',
    'existing',
    async () => anAccess(await oliver(), { state: 'invited' }),
    'invited',
    null,
  ],
  ['one patient who is active', 'existing', async () => anAccess(await oliver()), 'refused', 'already-active'],
  [
    'one patient whose access is inactive',
    'existing',
    async () => anAccess(await oliver(), { state: 'inactive' }),
    'refused',
    'inactive',
  ],
  ['one patient under 16', 'existing', () => oliver({ dateOfBirth: '2015-02-01' }), 'refused', 'under-age'],
  ['one archived patient', 'existing', () => oliver({ archivedAt: 1 }), 'refused', 'archived'],
  ['two patients', 'existing', async () => [await oliver(), await oliver({ firstName: 'Ada' })], 'refused', 'shared'],
  ['nobody has the address', 'new', async () => undefined, 'invited', null],
  ['one patient has it', 'new', () => oliver(), 'refused', 'known'],
  ['an archived patient has it', 'new', () => oliver({ archivedAt: 1 }), 'refused', 'known'],
  [
    'a patient of another clinic has it',
    'new',
    async () => aPatient({ clinicId: (await aClinic({ slug: 'hillside' })).id, email }),
    'invited',
    null,
  ],
]

describe.each(table)('%s, by the link for %s patients', (_words, link, world, outcome, because) => {
  beforeEach(async () => {
    await world()
  })

  it('answers like always, mails the one answer that fits, and tells the desk what staff must know', async () => {
    const answer = await ask(link)
    expect([answer.status, answer.location, answer.body]).toEqual([303, '/riverside/register/sent', ''])
    expect(await rows()).toEqual([{ link, outcome, because, onDesk: outcome === 'refused' ? 1 : 0 }])

    const mails = await mailbox()
    expect(mails.map(({ to }) => to)).toEqual([email])
    const subject = link === 'existing' ? 'Set up your online access' : 'Register as a new patient'
    expect(mails[0]!.subject).toBe(
      outcome === 'invited' ? `${subject} – Riverside Clinic` : 'Please call Riverside Clinic',
    )
    expect(mails[0]!.text).toContain('01632 960 001')
    expect((await desk()).includes(email)).toBe(outcome === 'refused')
  })
})

describe('the public page', () => {
  it('asks for the email address and for nothing else', async () => {
    for (const link of ['existing', 'new']) {
      const { body } = await visitor().get(`/riverside/register/${link}`)
      expect([...body.matchAll(/<(?:input|textarea|select)[^>]* name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
        'email',
      ])
    }
  })

  it('answers everyone with the same page, which says to call the clinic if nothing arrives (M10)', async () => {
    const sent = await visitor().get('/riverside/register/sent')
    expect(sent.status).toBe(200)
    expect(sent.body).toContain('Check your email')
    expect(sent.body).toMatch(/If nothing arrives within 10 minutes, please call the clinic on <a[^>]*>01632 960 001</)
  })

  it('says what is wrong with an address, keeps what was typed, and writes nothing down', async () => {
    const empty = await ask('existing', '')
    expect([empty.status, empty.body.includes('Enter your email address')]).toEqual([422, true])
    const wrong = await ask('new', 'oliver at example.com')
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('Enter an email address in the correct format, like name@example.com')
    expect(wrong.body).toContain('value="oliver at example.com"')
    expect(wrong.body).toContain('<title>Error: Register as a new patient – Riverside Clinic</title>')
    expect(await rows()).toEqual([])
  })

  it('looks the same through htmx (A18)', async () => {
    const headers = { 'hx-request': 'true' }
    const known = async () => visitor().post('/riverside/register/existing', { email }, headers)
    const before = await known()
    await oliver()
    expect(visible(await known())).toEqual(visible(before))
  })
})

const visible = ({ status, headers, body }: Answer) => ({ status, headers: [...headers], body })

describe('a switch that is off', () => {
  it('makes its address the generic message with the phone number, for GET and POST; the other link stays (M7, B13)', async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy', phone: '01632 960 002', allowNew: false })
    for (const answer of [
      await visitor().get('/hillside/register/new'),
      await visitor().post('/hillside/register/new', { email }),
    ]) {
      expect(answer.status).toBe(404)
      expect(answer.body).toContain('01632 960 002')
      expect(answer.body).not.toContain(email)
    }
    expect((await visitor().get('/hillside/register/existing')).status).toBe(200)
    expect(await mailbox()).toEqual([])
    expect(await rows()).toEqual([])
  })

  it('B14 never lags in the rules: asked while the page still showed the link, it mails nothing (M7)', async () => {
    await oliver()
    await visitor().get('/riverside/register/existing') // the page may know the switch for five seconds
    await env.DB.prepare('UPDATE clinic SET allow_existing = 0').run()
    expect((await ask('existing')).location).toBe('/riverside/register/sent')
    expect(await mailbox()).toEqual([])
    expect(await rows()).toEqual([{ link: 'existing', outcome: 'refused', because: 'closed', onDesk: 0 }])
  })
})

describe('asking again and again', () => {
  it('mails one address once a minute, by whichever link, and the answer stays the same (C11)', async () => {
    await oliver()
    const first = await ask('existing')
    const again = [await ask('existing'), await ask('new'), await ask('existing', ' OLIVER.GRANT@example.com ')]
    for (const answer of again) expect(visible(answer)).toEqual(visible(first))
    expect(await mailbox()).toHaveLength(1)
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(['invited', 'limited', 'refused', 'limited'])
  })

  it('tells the desk what it must know once, when the mailbox has had its mail', async () => {
    await oliver()
    for (const link of ['existing', 'new', 'new', 'new'] as const) await ask(link)
    expect(await mailbox()).toHaveLength(1)
    expect(await rows()).toEqual([
      { link: 'existing', outcome: 'invited', because: null, onDesk: 0 },
      { link: 'new', outcome: 'refused', because: 'known', onDesk: 1 },
      { link: 'new', outcome: 'limited', because: 'too-many', onDesk: 0 },
      { link: 'new', outcome: 'limited', because: 'too-many', onDesk: 0 },
    ])
    const { results } = await env.DB.prepare("SELECT act FROM audit WHERE act LIKE 'registration-%' ORDER BY id").all()
    expect(results).toEqual([{ act: 'registration-invited' }, { act: 'registration-refused' }])
  })

  it('tells the desk nothing of the many addresses that one network asks for', async () => {
    for (let who = 0; who < 21; who++) await ask('existing', `somebody${who}@example.com`)
    expect((await rows()).filter(({ onDesk }) => onDesk)).toHaveLength(20)
  })

  it('mails one address five times a day at most', async () => {
    for (let time = 0; time < 7; time++) {
      await ask('new')
      await env.DB.prepare('UPDATE registration SET mailed_at = mailed_at - 61000').run()
    }
    expect(await mailbox()).toHaveLength(5)
  })

  it('mails for one network twenty times a minute at most, and the answer stays the same (C10)', async () => {
    const answers = []
    for (let who = 0; who < 25; who++) answers.push(await ask('new', `somebody${who}@example.com`))
    expect(new Set(answers.map((answer) => JSON.stringify(visible(answer)))).size).toBe(1)
    expect(await mailbox()).toHaveLength(20)
    const elsewhere = new Visitor()
    elsewhere.headers = { 'cf-connecting-ip': '198.51.100.9' }
    await ask('new', 'somebody-else@example.com', elsewhere)
    expect(await mailbox()).toHaveLength(21)
  })

  it('makes the older link dead with the newer one (decision 6)', async () => {
    for (const link of ['existing', 'new'] as const) {
      const address = `${link}@example.com`
      if (link === 'existing') await oliver({ email: address })
      await ask(link, address)
      await env.DB.prepare('UPDATE registration SET mailed_at = mailed_at - 61000').run()
      await ask(link, address)
      const [newer, older] = (await mailbox()).filter(({ to }) => to === address).map(linkIn)
      expect([link, (await visitor().get(newer!)).status, (await visitor().get(older!)).status]).toEqual([
        link,
        200,
        404,
      ])
    }
  })
})

describe('the mail', () => {
  it('names nobody and holds nothing of the record, for the address is not proven yet (B09, F08)', async () => {
    await oliver({ firstName: 'http://evil.example', lastName: '<b>Grant</b>' })
    await ask('existing')
    const [mail] = await mailbox()
    expect(`${mail!.subject}${mail!.text}${mail!.html}`).not.toMatch(/evil\.example|Grant|1951/)
    expect(mail!.html).not.toMatch(/<img|<script|style=/)
    expect(mail!.text).toContain('24 hours')
  })

  it('that asks to call is one text for every reason', async () => {
    await oliver()
    await anAccess(await oliver({ email: 'active@example.com' }))
    const texts = new Set<string>()
    for (const [link, address] of [
      ['existing', 'nobody@example.com'],
      ['new', email],
      ['existing', 'active@example.com'],
    ] as const) {
      await ask(link, address)
      texts.add((await mailbox()).find(({ to }) => to === address)!.text)
    }
    expect(texts.size).toBe(1)
  })

  it('carries a link of the configured origin, whatever Host the request had (F06)', async () => {
    await oliver()
    await visitor().post(
      '/riverside/register/existing',
      { email },
      { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    )
    expect((await mailbox())[0]!.text).toContain('https://diary.test/riverside/registration/')
    expect((await mailbox())[0]!.text).not.toContain('evil')
  })
})
