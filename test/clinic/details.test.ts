/** `/settings/clinic`: what the clinic is called, how it is reached, and what time it is there. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { changedDetails, readDetails, zones } from '../../src/clinic/details/clinic-details.ts'
import { aClinic, type Visitor, visitor } from '../support/world.ts'
import { aManager, audited, markOn } from './manager.ts'

const riverside = {
  name: 'Riverside Clinic',
  phone: '01632 960 001',
  timezone: 'Europe/London',
  address: '',
  email: '',
  website: '',
}
const problemsOf = (typed: Record<string, string>) =>
  readDetails({ ...riverside, ...typed }, { timezone: 'Europe/London' }).problems

describe('the details of a clinic', () => {
  it('are read with spaces tidied, line breaks of the address kept, and a website made a whole address', () => {
    const { details, problems } = readDetails(
      { ...riverside, name: '  Riverside   Clinic ', address: '1 Mill Lane\r\nRiverton', website: 'www.example.com' },
      { timezone: 'Europe/London' },
    )
    expect(problems).toEqual({})
    expect(details).toEqual({
      ...riverside,
      name: 'Riverside Clinic',
      address: '1 Mill Lane\nRiverton',
      website: 'https://www.example.com',
    })
    expect(changedDetails(riverside, details)).toEqual(['address', 'website'])
  })

  it.each([
    [{ name: ' ' }, { name: 'Enter the name of the clinic' }],
    [{ name: 'x'.repeat(121) }, { name: 'Name of the clinic must be 120 characters or fewer' }],
    [{ name: 'River\u202eside' }, { name: 'Name of the clinic has characters that cannot be seen. Type it again' }],
    [{ phone: '' }, { phone: 'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192' }],
    [{ timezone: 'Europe/Atlantis' }, { timezone: 'Select a time zone from the list' }],
    [{ timezone: 'GMT+1' }, { timezone: 'Select a time zone from the list' }],
    [{ email: 'desk at home' }, { email: 'Enter an email address in the correct format, like name@example.com' }],
    [{ website: 'javascript:alert(1)' }, { website: 'Enter the address of your website, like www.example.com' }],
    [{ website: 'https://user:secret@example.com' }, { website: expect.stringContaining('address of your website') }],
    [{ website: 'localhost' }, { website: expect.stringContaining('address of your website') }],
  ])('%j is told in plain words', (typed, problems) => {
    expect(problemsOf(typed)).toEqual(problems)
  })

  it('take every zone of the list, and the one that the clinic has', () => {
    expect(zones()).toEqual(expect.arrayContaining(['UTC', 'Europe/London', 'America/New_York', 'Pacific/Auckland']))
    expect(problemsOf({ timezone: 'Pacific/Auckland' })).toEqual({})
    expect(readDetails({ ...riverside, timezone: 'US/Old' }, { timezone: 'US/Old' }).problems).toEqual({})
  })
})

describe('the page', () => {
  let maya: Visitor
  beforeEach(async () => {
    maya = (await aManager()).maya
  })
  const save = (typed: Record<string, string>) => maya.post('/riverside/settings/clinic', { ...riverside, ...typed })

  it('changes what every page shows, at once', async () => {
    expect((await visitor().get('/riverside')).body).toContain('Log on to Riverside Clinic') // kept by the isolate
    const answer = await save({
      name: 'Riverside & Sons',
      phone: '01632 960 077',
      address: '1 Mill Lane\nRiverton',
      email: 'desk@example.com',
      website: 'www.example.com',
    })
    expect(answer.location).toBe('/riverside/settings/clinic?saved=yes')
    const { body } = await visitor().get('/riverside')
    for (const words of ['Log on to Riverside &amp; Sons', '01632 960 077', '1 Mill Lane, Riverton'])
      expect(body).toContain(words)
    expect(body).toContain('href="mailto:desk@example.com"')
    expect(body).toContain('href="https://www.example.com"')
  })

  it('says what is wrong, keeps what was typed and changes nothing', async () => {
    const { status, body } = await save({ name: '', address: '5 <b>Mill</b> Lane', timezone: 'Europe/Atlantis' })
    expect(status).toBe(422)
    expect(body).toContain('<title>Error: Clinic details – Riverside Clinic</title>')
    expect(body).toContain('href="#name">Enter the name of the clinic')
    expect(body).toContain('href="#timezone">Select a time zone from the list')
    expect(body).toContain('5 &lt;b&gt;Mill&lt;/b&gt; Lane')
    expect(await audited()).toEqual([])
  })

  it('offers the zones of the whole world, with the clinic’s own chosen', async () => {
    const { body } = await maya.get('/riverside/settings/clinic')
    expect(body).toMatch(/<optgroup label="Europe">.*<option value="Europe\/London" selected="">London</s)
    expect(body.match(/<option /g)!.length).toBeGreaterThan(300)
  })

  it('writes down which fields were changed, and nothing when none was', async () => {
    await save({ phone: '01632 960 077', address: '1 Mill Lane' })
    await save({ phone: '01632 960 077', address: '1 Mill Lane' })
    expect(await audited()).toEqual([['clinic-details-changed', { fields: 'phone address' }]])
    expect((await maya.get('/riverside/settings/clinic')).body).toContain('Last changed just now by Maya Rossi')
  })

  it('tells the second of two managers, and overwrites nothing', async () => {
    const opened_with = markOn((await maya.get('/riverside/settings/clinic')).body)
    await save({ phone: '01632 960 077', opened_with })
    const second = await save({ name: 'Riverside Practice', opened_with })
    expect(second.status).toBe(409)
    expect(second.body).toContain('Somebody else changed the clinic’s details')
    expect(second.body).toContain('Maya Rossi changed this just now')
    expect(second.body).toMatch(/Phone number.*01632 960 077.*01632 960 001/s)
    expect(second.body).toContain('value="Riverside Practice"')
    expect(await env.DB.prepare('SELECT name, phone FROM clinic').first()).toEqual({
      name: 'Riverside Clinic',
      phone: '01632 960 077',
    })
    const again = await save({ name: 'Riverside Practice', opened_with: markOn(second.body) })
    expect(again.status).toBe(303)
  })

  it('changes this clinic and no other', async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await save({ name: 'Riverside Practice' })
    expect(await env.DB.prepare("SELECT name FROM clinic WHERE slug = 'hillside'").first('name')).toBe(
      'Hillside Physiotherapy',
    )
  })
})
