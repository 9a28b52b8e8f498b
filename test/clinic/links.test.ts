/** `/settings/links`: the addresses to put on the clinic's website, as links, buttons and QR codes. */
import { encode } from 'uqr'
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
    for (const { html } of links.flatMap(snippetsOf)) {
      expect(html).toMatch(/^<a href="https:\/\/diary\.test\/riverside[^"]*"[^<>]*>[^<>]+<\/a>$/)
      expect(html).not.toMatch(/<script|<img|<iframe|@import|url\(/)
    }
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

  it('draws the QR code of exactly that address', async () => {
    const { body } = await maya.get('/riverside/settings/links/poster?for=new')
    const { data } = encode('https://diary.test/riverside/register/new', { ecc: 'M', border: 4 })
    const drawn = [...body.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`)
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])))
    expect(drawn).toEqual(dark)
    expect(dark.length).toBeGreaterThan(200)
  })

  it('prints a poster with the clinic’s name, address and phone; there is none for another word', async () => {
    const { body } = await maya.get('/riverside/settings/links/poster')
    for (const words of ['Riverside &amp; Sons', 'diary.test/riverside', '01632 960 001']) expect(body).toContain(words)
    expect((await maya.get('/riverside/settings/links/poster?for=evil')).status).toBe(404)
  })
})
