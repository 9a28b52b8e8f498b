/** `/settings/look`: one colour and a logo, on every page, from our own addresses. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { themeCss, themeOf } from '../../src/clinic/look/theme.ts'
import { everyMinute } from '../../src/every-minute.ts'
import { watched } from '../support/counting.ts'
import { aClinic, origin, type Visitor, visitor } from '../support/world.ts'
import { aManager, audited, markOn } from './manager.ts'
import { aPng, aWebp } from './pictures.ts'

let maya: Visitor
beforeEach(async () => {
  maya = (await aManager()).maya
})

const colour = (typed: string, more: Record<string, string> = {}) =>
  maya.post('/riverside/settings/look/colour', { colour: typed, ...more })
const logo = (bytes: Uint8Array, more: Record<string, string> = {}, name = 'logo.png') => {
  const body = new FormData()
  body.set('logo', new File([bytes as Uint8Array<ArrayBuffer>], name, { type: 'image/png' }))
  for (const [field, value] of Object.entries(more)) body.set(field, value)
  return maya.send('/riverside/settings/look/logo', {
    method: 'POST',
    body,
    headers: { origin, 'sec-fetch-site': 'same-origin' },
  })
}
const logonPage = async () => (await visitor().get('/riverside')).body
const themeOn = (page: string) => /<link rel="stylesheet" href="(\/riverside\/theme[^"]+)"/.exec(page)?.[1]
const logoOn = (page: string) => /<img class="logo" src="([^"]+)" alt="([^"]*)" width="(\d+)" height="(\d+)"/.exec(page)
const forEver = 'public, max-age=31536000, immutable'

describe('the colour', () => {
  it('becomes a style sheet of its own, which every page loads, and which browsers keep', async () => {
    expect(themeOn(await logonPage())).toBeUndefined()
    expect((await colour('#FFD400')).location).toBe('/riverside/settings/look?done=colour')
    const address = themeOn(await logonPage())!
    expect(address).toMatch(/^\/riverside\/theme\.[0-9a-f]{10}\.css$/)
    const sheet = await visitor().get(address)
    expect(sheet.body).toBe(themeCss(themeOf('#ffd400')))
    expect(sheet.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(sheet.headers.get('cache-control')).toBe(forEver)
    expect(sheet.headers.get('x-content-type-options')).toBe('nosniff')
    expect(sheet.headers.get('vary')).toBeNull()
    expect((await visitor().get('/riverside/no-such-page')).body, 'where something is wrong, too').toContain(address)
  })

  it('has another address when it is another one, and the page of a moment ago still finds its own', async () => {
    await colour('#ffd400')
    const yellow = themeOn(await logonPage())!
    await colour('#0b2b5f')
    const blue = themeOn(await logonPage())!
    expect(blue).not.toBe(yellow)
    expect((await visitor().get(yellow)).status).toBe(200)
    await everyMinute(env, Date.now() + 2 * 60 * 60_000)
    expect((await visitor().get(yellow)).status).toBe(404)
    expect((await visitor().get(blue)).status).toBe(200)
  })

  it('goes when the field is empty', async () => {
    await colour('#ffd400')
    await colour('')
    expect(themeOn(await logonPage())).toBeUndefined()
    expect(await audited()).toEqual([
      ['colour-changed', { from: 'none', to: '#ffd400' }],
      ['colour-changed', { from: '#ffd400', to: 'none' }],
    ])
  })

  it('is refused in words when it is none, and kept on the page', async () => {
    const { status, body } = await colour('sunny"yellow')
    expect(status).toBe(422)
    expect(body).toContain('Enter a colour as # and six letters or figures, like #0b6b60')
    expect(body).toContain('value="sunny&quot;yellow"')
  })

  it('is shown before it is saved, with its ratios in words; without a script, after it', async () => {
    const sample = await maya.get('/riverside/settings/look/sample?colour=%23ffd400', { 'hx-request': 'true' })
    expect(sample.body).toContain('Your yellow is too light for text, so links use #826b00')
    expect(sample.body).toContain('fill="#ffd400"')
    expect(sample.body).not.toMatch(/<html|style=/)
    expect(themeOn(await logonPage())).toBeUndefined()
    await colour('#ffd400')
    expect((await maya.get('/riverside/settings/look')).body).toContain('so links use #826b00')
  })

  it('of two managers at once is told to the second', async () => {
    const opened_with = markOn((await maya.get('/riverside/settings/look')).body)
    await colour('#ffd400', { opened_with })
    const second = await colour('#0b2b5f', { opened_with })
    expect(second.status).toBe(409)
    expect(second.body).toMatch(/Maya Rossi changed this just now.*#ffd400.*#0b2b5f/s)
    expect(await env.DB.prepare('SELECT colour FROM clinic').first('colour')).toBe('#ffd400')
  })
})

describe('the logo', () => {
  it('is served from our own origin under the hash of its bytes, as what it is', async () => {
    expect((await logo(aWebp.lossy(320, 80), {}, 'logo.svg')).location).toBe('/riverside/settings/look?done=logo')
    const [, src = '', alt, width, height] = logoOn(await logonPage())!
    expect([alt, width, height]).toEqual(['Riverside Clinic', '320', '80'])
    expect(src).toMatch(/^\/riverside\/logo\.[0-9a-f]{10}\.webp$/)
    const { status, headers } = await visitor().get(src)
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'image/webp', forEver])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('comes back byte for byte', async () => {
    const bytes = aPng(100, 100, 30 * 1024).map((byte, index) => (index < 33 ? byte : index % 251))
    await logo(bytes)
    const [, src = ''] = logoOn(await logonPage())!
    const { content } = (await env.DB.prepare('SELECT content FROM look_file').first<{ content: number[] }>())!
    expect(content).toEqual([...bytes])
    expect((await visitor().get(src)).status).toBe(200)
  })

  it('is refused in words when it is too large, or no such picture, and nothing changes', async () => {
    for (const [bytes, words] of [
      [aPng(320, 80, 31 * 1024), 'The logo must be 30 KB or smaller. Yours is 31 KB'],
      [
        new TextEncoder().encode('<svg><script>alert(1)</script></svg>'),
        'The logo must be a PNG, JPEG or WebP picture',
      ],
      [new Uint8Array(), 'Choose the file of your logo'],
    ] as const) {
      const { status, body } = await logo(bytes)
      expect(status).toBe(422)
      expect(body).toContain(`href="#logo">${words}`)
    }
    expect(logoOn(await logonPage())).toBeNull()
    expect(await audited()).toEqual([])
  })

  it('that is far too large is refused before it is read, and only to who may send one', async () => {
    const huge = new Uint8Array(100)
    const headers = { origin, 'sec-fetch-site': 'same-origin', 'content-length': String(3 * 1024 * 1024) }
    const address = '/riverside/settings/look/logo'
    const mine = await maya.send(address, { method: 'POST', body: huge, headers })
    expect([mine.status, mine.body.includes('Yours is 3.0 MB')]).toEqual([422, true])
    const stranger = await visitor().send(address, { method: 'POST', body: huge, headers })
    expect([stranger.status, stranger.location]).toEqual([
      303,
      '/riverside?next=%2Friverside%2Fsettings%2Flook&notice=not-saved',
    ])
  })

  it('can be removed again', async () => {
    await logo(aPng(320, 80))
    await maya.post('/riverside/settings/look/logo/removal')
    expect(logoOn(await logonPage())).toBeNull()
    expect((await audited()).map(([act]) => act)).toEqual(['logo-changed', 'logo-removed'])
  })

  it('of two managers at once is told to the second', async () => {
    const [, opened_with = ''] = /logo" enctype.*?opened_with" value="([0-9a-f]+)"/s.exec(
      (await maya.get('/riverside/settings/look')).body,
    )!
    await logo(aPng(320, 80), { opened_with })
    expect((await logo(aPng(100, 100), { opened_with })).status).toBe(409)
    expect(logoOn(await logonPage())![3]).toBe('320')
  })

  it('says the clinic’s name once: a wide one shows it, beside another it is written', async () => {
    await logo(aPng(320, 80))
    expect(await logonPage()).not.toContain('<span aria-hidden="true">Riverside Clinic</span>')
    await logo(aPng(100, 100))
    expect(await logonPage()).toContain('<span aria-hidden="true">Riverside Clinic</span>')
  })
})

describe('the files of a look', () => {
  it('are nothing at another clinic', async () => {
    await colour('#ffd400')
    const address = themeOn(await logonPage())!
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    expect((await visitor().get(address.replace('riverside', 'hillside'))).status).toBe(404)
  })

  it('cost the logon page no trip to D1', async () => {
    await colour('#ffd400')
    await logo(aPng(320, 80))
    await logonPage()
    const { env: environment, work } = watched()
    const { body } = await visitor(environment).get('/riverside')
    expect(themeOn(body)).toBeDefined()
    expect(logoOn(body)).not.toBeNull()
    expect(work.trips).toEqual([])
  })
})
