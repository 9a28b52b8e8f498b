/** The privacy notice: the clinic's own text, its versions, and what new patients acknowledge. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { blocksOf, readNotice, standardNotice } from '../../src/clinic/privacy/notice-text.ts'
import { goodPassword, linkIn, mailbox, type Visitor, visitor } from '../support/world.ts'
import { aManager, audited, markOn } from './manager.ts'

const own = '# What we keep\n\nYour name.\n\n- Appointments\n- Letters'

describe('the text of a notice', () => {
  it('has headings, paragraphs and lists, by two rules', () => {
    expect(blocksOf('Hello\nthere\n\n# What\nWe keep <b>this</b>\n- one\n- two\n\n- three\n##  Who')).toEqual([
      { kind: 'paragraph', text: 'Hello\nthere' },
      { kind: 'heading', text: 'What' },
      { kind: 'paragraph', text: 'We keep <b>this</b>' },
      { kind: 'list', points: ['one', 'two'] },
      { kind: 'list', points: ['three'] },
      { kind: 'heading', text: 'Who' },
    ])
    expect(blocksOf(' \n#\n-\n')).toEqual([])
  })

  it('is refused when there is none, when it is too long, and with characters that cannot be seen', () => {
    expect(readNotice('# Only a heading').problem).toBe('Enter the text of the notice')
    expect(readNotice('x'.repeat(12_001)).problem).toMatch(/12000 characters or fewer. It has 12001/)
    expect(readNotice('a\u202eb').problem).toMatch(/cannot be seen/)
    expect(readNotice('One\r\nTwo')).toEqual({ body: 'One\nTwo' })
  })

  it('that we propose passes its own rules', () => {
    expect(readNotice(standardNotice({ name: 'Riverside Clinic', phone: '01632 960 001' })).problem).toBeUndefined()
  })
})

let maya: Visitor
let clinicId: string
beforeEach(async () => {
  const given = await aManager()
  maya = given.maya
  clinicId = given.clinicId
})

const page = async (path: string, who: Visitor = visitor()) => (await who.get(`/riverside${path}`)).body
const write = (body: string, more: Record<string, string> = {}) =>
  maya.post('/riverside/settings/privacy/draft', { body, ...more })
const publish = async (body: string) => {
  await write(body)
  return maya.post('/riverside/settings/privacy/publication')
}

describe('the manager', () => {
  it('begins with the text in force, saves a draft that nobody else sees, and reads it before publishing', async () => {
    expect(await page('/settings/privacy/draft', maya)).toContain('\nRiverside Clinic keeps what you tell us')
    expect((await write(own, { go: 'publish' })).location).toBe('/riverside/settings/privacy/publication')
    expect(await page('/privacy')).toContain('Riverside Clinic keeps what you tell us')
    const publication = await page('/settings/privacy/publication', maya)
    expect(publication).toContain('Publish version 2?')
    expect(publication).toContain('<h2>What we keep</h2>')
    const answer = await maya.post('/riverside/settings/privacy/publication', { opened_with: markOn(publication) })
    expect(answer.location).toBe('/riverside/settings/privacy?done=published')
    const notice = await page('/privacy')
    expect(notice).toContain('<h2>What we keep</h2><p class="lines">Your name.</p><ul><li>Appointments</li>')
    expect(notice).toContain('Version 2, of ')
    expect(await page('/settings/privacy/draft', maya)).toContain('\n# What we keep')
    expect(await audited()).toEqual([
      ['privacy-draft-changed', {}],
      ['privacy-notice-published', { version: 2 }],
    ])
  })

  it('keeps every version readable at its own address, and the list says who published it', async () => {
    await publish('Our second text')
    await publish('Our third text')
    expect(await page('/privacy')).toContain('Our third text')
    expect(await page('/privacy/2')).toContain('Our second text')
    expect(await page('/privacy/2')).toContain('This is an older version')
    expect(await page('/privacy/1')).toContain('Riverside Clinic keeps what you tell us')
    expect(await page('/privacy/3')).not.toContain('This is an older version')
    for (const path of ['/privacy/4', '/privacy/0', '/privacy/-1', '/privacy/x'])
      expect([path, (await visitor().get(`/riverside${path}`)).status]).toEqual([path, 404])
    const list = await page('/settings/privacy', maya)
    expect(list).toMatch(/privacy\/3">Version 3<\/a>, in force.*by Maya Rossi.*privacy\/2.*privacy\/1/s)
  })

  it('cannot change a version that was published, nor can anything else', async () => {
    await publish(own)
    for (const sql of ["UPDATE privacy_notice SET body = 'x'", 'DELETE FROM privacy_notice'])
      await expect(env.DB.prepare(sql).run()).rejects.toThrow('privacy_notice_is_kept')
  })

  it('previews as text, and saves nothing by it', async () => {
    const typed = { body: '# <script>x</script>\n\nWords' }
    const fragment = await maya.post('/riverside/settings/privacy/draft/preview', typed, { 'hx-request': 'true' })
    expect(fragment.body).toContain('<h2>&lt;script&gt;x&lt;/script&gt;</h2>')
    expect(fragment.body).not.toContain('<html')
    expect(await env.DB.prepare('SELECT count(*) AS n FROM privacy_draft').first('n')).toBe(0)
  })

  it('is told what is wrong, with the text kept', async () => {
    const { status, body } = await write('# Only this')
    expect([status, body.includes('href="#body">Enter the text of the notice')]).toEqual([422, true])
    expect(body).toContain('\n# Only this</textarea>')
  })

  it('of two at once is told of the other’s draft, and neither publishes what they have not read', async () => {
    const empty = markOn(await page('/settings/privacy/draft', maya))
    await write('Mine', { opened_with: empty })
    const second = await write('Yours', { opened_with: empty })
    expect(second.status).toBe(409)
    expect(second.body).toMatch(/Maya Rossi changed this just now.*Mine.*Yours/s)
    const read = markOn(await page('/settings/privacy/publication', maya))
    await write('Mine, but longer')
    const late = await maya.post('/riverside/settings/privacy/publication', { opened_with: read })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Mine, but longer')
    expect(await page('/privacy')).toContain('Version 1.')
  })

  it('throws a draft away', async () => {
    await write(own)
    const opened_with = markOn(await page('/settings/privacy/draft', maya))
    expect((await maya.post('/riverside/settings/privacy/draft/removal', { opened_with })).status).toBe(303)
    expect(await page('/settings/privacy', maya)).toContain('Write the next version')
    expect((await maya.get('/riverside/settings/privacy/publication')).status).toBe(303)
    expect((await maya.post('/riverside/settings/privacy/publication')).location).toBe('/riverside/settings/privacy')
  })
})

describe('a new patient', () => {
  const answers = {
    first_name: 'Ada',
    last_name: 'Byron',
    dob_day: '10',
    dob_month: '12',
    dob_year: '1985',
    phone: '07700 900 100',
    new_password: goodPassword,
    privacy_notice: 'on',
  }
  const acknowledged = () =>
    env.DB.prepare('SELECT privacy_notice_version FROM patient').first('privacy_notice_version')
  const theirLink = async () => {
    await visitor().post('/riverside/register/new', { email: 'ada@example.com' })
    return linkIn((await mailbox())[0])
  }

  it('acknowledges the version that the form shows, and the record keeps it', async () => {
    await publish(own)
    const link = await theirLink()
    const form = (await visitor().get(link)).body
    expect(form).toContain('name="privacy_version" value="2"')
    expect(form).toContain('href="/riverside/privacy/2"')
    expect((await visitor().post(link, { ...answers, privacy_version: '2' })).status).toBe(303)
    expect(await acknowledged()).toBe(2)
  })

  it('is shown the new notice and asked again when it changed meanwhile; nothing that was typed is lost', async () => {
    const link = await theirLink()
    await publish(own)
    const again = await visitor().post(link, { ...answers, privacy_version: '1' })
    expect(again.status).toBe(422)
    expect(again.body).toContain('We have just changed this notice. Read it as it is now, and tick the box again')
    expect(again.body).toContain('href="/riverside/privacy/2"')
    for (const words of ['Ada', 'Byron', '10', '12', '1985', '07700 900 100'])
      expect(again.body).toContain(`value="${words}"`)
    expect(again.body).not.toMatch(/id="privacy_notice"[^>]*checked/)
    expect(await acknowledged()).toBeNull()
    expect((await visitor().post(link, { ...answers, privacy_version: '2' })).status).toBe(303)
    expect(await acknowledged()).toBe(2)
  })

  it('acknowledges the version in force, whatever an isolate still remembers of the clinic', async () => {
    const link = await theirLink()
    await visitor().get(link) // the clinic is remembered with version 1
    await env.DB.prepare("INSERT INTO privacy_notice SELECT clinic_id, 2, 'x', 1, id FROM staff").run()
    await env.DB.prepare('UPDATE clinic SET privacy_notice_version = 2 WHERE id = ?').bind(clinicId).run()
    expect((await visitor().post(link, { ...answers, privacy_version: '1' })).status).toBe(422)
    await visitor().post(link, answers)
    expect(await acknowledged()).toBe(2)
  })
})
