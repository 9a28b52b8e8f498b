/** A page that answers a form says where the form is, so that Back and reload never send it again (ux.md check 23). */
import { beforeEach, describe, expect, it } from 'vitest'
import { aManager } from '../clinic/manager.ts'
import { type Visitor, visitor } from '../support/world.ts'

let maya: Visitor
beforeEach(async () => {
  maya = (await aManager()).maya
})

const formOn = (page: string) => /<html[^>]* data-form="([^"]*)"/.exec(page)?.[1]

describe('a page that answers a form', () => {
  it('stands where it was sent to, where a page is', async () => {
    const { status, body } = await maya.post('/riverside/patients/new', {})
    expect(status).toBe(422)
    expect(formOn(body), 'the same address').toBe('')
  })

  it.each([
    ['/riverside/settings/look/colour', { colour: 'reddish' }, '/riverside/settings/look'],
    ['/riverside/logon', {}, '/riverside'],
  ])('stands on the page above where none is: %s', async (address, typed, form) => {
    const { status, body } = await maya.post(address, typed)
    expect(status).toBe(422)
    expect(formOn(body)).toBe(form)
  })
})

describe('a page that was asked for', () => {
  it('answers no form', async () => {
    expect(formOn((await maya.get('/riverside/patients/new')).body)).toBeUndefined()
    expect(formOn((await visitor().get('/riverside')).body)).toBeUndefined()
  })
})
