/** `/settings/links`: the addresses to put on the clinic's website, as links, buttons and QR codes. */
import jsQR from 'jsqr'
import { beforeEach, describe, expect, it } from 'vitest'
import { linksOf, snippetsOf } from '../../src/clinic/links.ts'
import { aClinic, aStaffMember, loggedOn, type Visitor } from '../support/world.ts'

describe('the links of a clinic', () => {
  const links = linksOf('https://diary.test/riverside', { allowExisting: true, allowNew: false })

  it('are its logon page and the two registration pages, each saying whether it is on', () => {
    expect(links.map(({ url, isOn }) => [url, isOn])).toEqual([
      ['https://diary.test/riverside', true],
      ['https://diary.test/riverside/register/existing', true],
      ['https://diary.test/riverside/register/new', false],
    ])
  })

  it('can be pasted as they are, and load nothing from anywhere', () => {
    for (const { html } of links.flatMap((link) => snippetsOf(link, '#ffd400'))) {
      expect(html).toMatch(/^<a href="https:\/\/diary\.test\/riverside[^"]*"[^<>]*>[^<>]+<\/a>$/)
      expect(html).not.toMatch(/<script|<img|<iframe|@import|url\(/)
    }
  })

  it('come as a plain link, a styled link and a button, in the clinic’s colour where it can be read', () => {
    const [plain, styled, button] = snippetsOf(links[0]!, '#ffd400')
    expect(plain!.html).toBe('<a href="https://diary.test/riverside">Log on to our online diary</a>')
    expect(styled!.html).toContain('color:#826b00')
    expect(button!.html).toContain('background:#ffd400;color:#000000')
    expect(snippetsOf(links[0]!, null)[2]!.html).toContain('background:#0b6b60;color:#ffffff')
  })
})

describe('the page', () => {
  let maya: Visitor
  beforeEach(async () => {
    const { id: clinicId } = await aClinic({ name: 'Riverside & Sons', allowNew: false })
    const manager = await aStaffMember({ clinicId, username: 'maya', role: 'manager' })
    maya = await loggedOn({ clinicId, staffId: manager.id })
  })

  it('shows each address with the configured origin, and which link is switched off', async () => {
    const { body } = await maya.get('/riverside/settings/links', { host: 'evil.example' })
    expect(body).toContain('>https://diary.test/riverside/register/existing<')
    expect(body).not.toContain('evil.example')
    expect(body.match(/This page asks people to call you/g)).toHaveLength(1)
  })

  it.each(['logon', 'existing', 'new'])('draws a QR code that a camera reads: %s', async (key) => {
    const { body } = await maya.get(`/riverside/settings/links/poster?for=${key}`)
    const path = key === 'logon' ? '' : `/register/${key}`
    expect(readByCamera(body)).toBe(`https://diary.test/riverside${path}`)
  })

  it('prints a poster with the clinic’s name, address and phone; there is none for another word', async () => {
    const { body } = await maya.get('/riverside/settings/links/poster')
    for (const words of ['Riverside &amp; Sons', 'diary.test/riverside', '01632 960 001']) expect(body).toContain(words)
    expect((await maya.get('/riverside/settings/links/poster?for=evil')).status).toBe(404)
  })

  it('says over the poster of a link that is switched off that it leads nobody in', async () => {
    const said = 'This page asks people to call you'
    const isSaid = async (key: string) =>
      (await maya.get(`/riverside/settings/links/poster?for=${key}`)).body.includes(said)
    expect([await isSaid('existing'), await isSaid('new')]).toEqual([false, true])
  })

  it('offers every address, link and button of a page to copy', async () => {
    const { body } = await maya.get('/riverside/settings/links')
    const ids = [...body.matchAll(/data-copy="#([a-z0-9-]+)"/g)].map(([, id]) => id)
    expect(ids).toHaveLength(3 * 4)
    for (const id of ids) expect(body).toContain(`<textarea id="${id}"`)
  })
})

const pixels = 4 // a module's width in the picture

/** The drawing as a camera sees it, read by a decoder that is not the encoder's. */
function readByCamera(page: string): string | undefined {
  const size = Number(/class="qr" viewBox="0 0 (\d+) \1"/.exec(page)![1])
  const [, drawn = ''] = /<path d="([^"]+)" fill="#000"/.exec(page)!
  const dark = new Set([...drawn.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`))
  const width = size * pixels
  const seen = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let at = 0; at < width * width; at++) {
    const [x, y] = [Math.floor((at % width) / pixels), Math.floor(at / width / pixels)]
    if (dark.has(`${x} ${y}`)) seen.fill(0, at * 4, at * 4 + 3)
  }
  return jsQR(seen, width, width)?.data
}
