/** Rule M7: two switches, the links on the logon page, and why each is shown or not. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { aClinic, aStaffMember, goodPassword, loggedOn, type Visitor, visitor } from '../support/world.ts'

describe('the manager opens and closes registration', () => {
  let maya: Visitor
  let clinicId: string

  beforeEach(async () => {
    const clinic = await aClinic({ allowExisting: false, allowNew: false })
    clinicId = clinic.id
    const manager = await aStaffMember({
      clinicId,
      username: 'maya',
      name: 'Maya Rossi',
      role: 'manager',
      password: goodPassword,
    })
    maya = await loggedOn({ clinicId, staffId: manager.id })
  })

  const save = (fields: Record<string, string>) => maya.post('/riverside/settings/registration', fields)
  const logonPage = async () => (await visitor().get('/riverside')).body

  it('B14 shows a link on the logon page as soon as its switch is saved, and takes it away as soon as it is off', async () => {
    expect(await logonPage()).not.toContain('/register/')

    await save({ allow_existing: 'on' })
    expect(await logonPage()).toContain('href="/riverside/register/existing"')
    expect(await logonPage()).not.toContain('/register/new')

    await save({ allow_new: 'on' })
    expect(await logonPage()).toContain('href="/riverside/register/new"')
    expect(await logonPage()).not.toContain('/register/existing')

    await save({})
    expect(await logonPage()).not.toContain('/register/')
    expect(await logonPage()).toContain('To get online access, call')
  })

  it('answers a closed link with the clinic’s phone number and no form, without waiting for anybody’s memory', async () => {
    await save({ allow_existing: 'on' })
    expect((await visitor().get('/riverside/register/existing')).body).toContain('name="email"')
    await save({})
    const closed = await visitor().get('/riverside/register/existing')
    expect(closed.body).toContain('01632 960 001')
    expect(closed.body).not.toContain('name="email"')
  })

  it('says for each link why it is shown or not, and previews the logon page', async () => {
    await save({ allow_new: 'on' })
    const page = (await maya.get('/riverside/settings/registration')).body
    expect(page).toContain('not shown, because registration of existing patients is switched off')
    expect(page).toContain('is shown, because registration of new patients is switched on')
    expect(page).toContain('I am new to this clinic')
    expect(page).toContain('Last changed just now by Maya Rossi')
  })

  it('draws the preview of switches that are not saved yet, as a fragment only for the page’s own script', async () => {
    const address = '/riverside/settings/registration/preview?allow_existing=on'
    const fragment = await maya.get(address, { 'hx-request': 'true' })
    expect(fragment.body).toContain('I have been to this clinic before')
    expect(fragment.body).toContain('Not saved yet')
    expect(fragment.body).not.toContain('<html')
    expect((await maya.get(address)).location).toBe('/riverside/settings/registration')
    expect(await logonPage()).not.toContain('/register/')
  })

  it('writes down who changed what, once for each real change', async () => {
    await save({ allow_new: 'on' })
    await save({ allow_new: 'on' })
    const { results } = await env.DB.prepare('SELECT act, detail FROM audit').all()
    expect(results).toEqual([
      { act: 'registration-settings-changed', detail: '{"allowExisting":false,"allowNew":true}' },
    ])
  })

  it('is for managers only, and for this clinic only', async () => {
    const reception = await aStaffMember({ clinicId, username: 'sam', role: 'reception' })
    const sam = await loggedOn({ clinicId, staffId: reception.id })
    expect((await sam.post('/riverside/settings/registration', { allow_new: 'on' })).status).toBe(403)

    const hillside = await aClinic({
      slug: 'hillside',
      name: 'Hillside Physiotherapy',
      allowExisting: false,
      allowNew: false,
    })
    await save({ allow_new: 'on' })
    const { results } = await env.DB.prepare('SELECT allow_new FROM clinic WHERE id = ?').bind(hillside.id).all()
    expect(results).toEqual([{ allow_new: 0 }])
    expect(await logonPage()).toContain('/register/new')
  })
})
