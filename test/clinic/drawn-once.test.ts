/** The logon page is drawn once for everybody: never for one person, and never older than what was saved. */
import { beforeEach, describe, expect, it } from 'vitest'
import { aClinic, aStaffMember, loggedOn, visitor } from '../support/world.ts'

let clinicId: string
beforeEach(async () => {
  clinicId = (await aClinic({ allowExisting: false })).id
})

describe('the logon page', () => {
  it('is the same text for the second visitor', async () => {
    const [first, second] = [await visitor().get('/riverside'), await visitor().get('/riverside')]
    expect(first.status).toBe(200)
    expect(second.body).toBe(first.body)
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
  })

  it('keeps what one visitor brought to that visitor', async () => {
    const path = '/riverside/patients/somebody'
    expect((await visitor().get(`/riverside?next=${path}`)).body).toContain(path)
    expect((await visitor().get('/riverside')).body).not.toContain(path)
    expect((await visitor().get('/riverside?notice=logged-off')).body).toContain('You have logged off')
    expect((await visitor().get('/riverside')).body).not.toContain('You have logged off')
    expect((await visitor().get('/riverside?notice=constructor')).status).toBe(200)
  })

  it('is dark for whoever asked for dark, and for nobody else', async () => {
    const inTheDark = visitor()
    await inTheDark.post('/riverside/appearance', { appearance: 'dark' })
    expect((await inTheDark.get('/riverside')).body).toContain('data-appearance="dark"')
    expect((await visitor().get('/riverside')).body).toContain('data-appearance="system"')
  })

  it('shows a saved switch at once', async () => {
    expect((await visitor().get('/riverside')).body).not.toContain('/register/existing')
    const { id: staffId } = await aStaffMember({ clinicId, role: 'manager' })
    const maya = await loggedOn({ clinicId, staffId })
    await maya.post('/riverside/settings/registration', { allow_existing: 'on' })
    expect((await visitor().get('/riverside')).body).toContain('/register/existing')
  })
})
