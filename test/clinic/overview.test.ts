/** `/settings`: what is set, in words, and what a new clinic still has to set up. */
import { beforeEach, describe, expect, it } from 'vitest'
import { nextStep, type SetUpFacts, setUpSteps } from '../../src/clinic/set-up.ts'
import { workingHours } from '../../src/schema.ts'
import { aClosedDay, aPractitioner, aType, db, nineToFive, setRules } from '../diary/diary-world.ts'
import { anAccess, aPatient, aStaffMember, type Visitor } from '../support/world.ts'
import { aManager } from './manager.ts'

const day = 24 * 60 * 60_000 // ms
const nothing: SetUpFacts = {
  address: '',
  colour: null,
  logoFile: null,
  allowExisting: false,
  allowNew: false,
  createdAt: 0,
  staff: 1,
  hasDecidedRegistration: false,
  practitioners: 0,
  withHours: 0,
  types: 0,
  isOnline: false,
  hasDecidedBooking: false,
  hasPatientLoggedOn: false,
}
const everything: SetUpFacts = {
  ...nothing,
  address: '1 Mill Lane',
  colour: '#ffd400',
  hasDecidedRegistration: true,
  staff: 2,
  practitioners: 2,
  withHours: 2,
  types: 1,
  hasDecidedBooking: true,
  hasPatientLoggedOn: true,
}

describe('setting up', () => {
  it('leads from one step to the next', () => {
    expect(setUpSteps(nothing, day).map(({ key, isDone }) => [key, isDone])).toEqual([
      ['clinic', false],
      ['look', false],
      ['registration', false],
      ['staff', false],
      ['practitioners', false],
      ['hours', false],
      ['appointment-types', false],
      ['booking-rules', false],
      ['links', false],
    ])
    expect(nextStep(setUpSteps({ ...nothing, address: '1 Mill Lane', logoFile: 'logo.png' }, day))?.key).toBe(
      'registration',
    )
  })

  it('takes a clinic that wants neither link at its word', () => {
    expect(nextStep(setUpSteps({ ...everything, staff: 1 }, day))?.key).toBe('staff')
  })

  it('waits until each practitioner has hours, and takes a clinic that wants no online booking at its word', () => {
    expect(nextStep(setUpSteps({ ...everything, withHours: 1 }, day))?.key).toBe('hours')
    expect(nextStep(setUpSteps({ ...everything, hasDecidedBooking: false }, day))?.key).toBe('booking-rules')
    expect(setUpSteps({ ...everything, hasDecidedBooking: false, isOnline: true }, day)).toEqual([])
  })

  it('is no more to be seen when all is done, or when patients use the diary and it is a month old', () => {
    const withoutLook = { ...everything, colour: null }
    expect(setUpSteps(everything, day)).toEqual([])
    expect(setUpSteps(withoutLook, 29 * day)).toHaveLength(9)
    expect(setUpSteps(withoutLook, 30 * day)).toEqual([])
    expect(setUpSteps(nothing, 400 * day), 'nobody uses it yet').toHaveLength(9)
  })
})

describe('the page', () => {
  let maya: Visitor
  let clinicId: string
  beforeEach(async () => {
    const given = await aManager({ allowExisting: false, allowNew: false })
    maya = given.maya
    clinicId = given.clinicId
  })
  const page = async () => (await maya.get('/riverside/settings')).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

  it('of a new clinic says what is missing, and what comes next', async () => {
    const words = await page()
    for (const state of [
      '0 of 9 done. Next: add the clinic’s address.',
      'No postal address',
      'The diary’s own green',
      'No logo',
      'No opening words',
      'Our standard words for registration',
      'Off: new patients may register',
      'The standard notice',
      'No patient has logged on yet',
      'Nobody sees patients yet',
      'Nothing can be booked yet',
      'Online booking is off',
      'None are to come',
    ])
      expect(words).toContain(state)
  })

  it('says what is set, and leaves the set-up out when all is done', async () => {
    const save = (room: string, fields: Record<string, string>) => maya.post(`/riverside/settings/${room}`, fields)
    await save('clinic', {
      name: 'Riverside Clinic',
      phone: '01632 960 001',
      timezone: 'Europe/London',
      address: '1 Mill Lane\nRiverton',
    })
    await save('look/colour', { colour: '#ffd400' })
    await save('texts', { opening_words: 'Hello', new_words: 'Welcome' })
    await save('registration', { allow_new: 'on' })
    await save('privacy/draft', { body: 'Our text' })
    await save('privacy/publication', {})
    await save('privacy/draft', { body: 'Our next text' })
    await aStaffMember({ clinicId })
    const priya = await aPractitioner({ clinicId, username: 'priya', name: 'Priya Nair' })
    await db()
      .insert(workingHours)
      .values(nineToFive(clinicId, priya, 1))
    await aType({ clinicId, doneBy: [priya] })
    await setRules(clinicId, { isOnline: true })
    await aClosedDay(clinicId, '2099-12-24', 'Moving house')
    await anAccess(await aPatient({ clinicId, email: 'janet.hall@example.com' }), { lastLogonAt: 1 })
    const words = await page()
    for (const state of [
      '1 Mill Lane, Riverton',
      'Your colour, #ffd400',
      'Opening words on the logon page',
      'Your own words for registration',
      'On: new patients may register',
      'Your own, version 2 of ',
      'A draft waits to be published',
      'Patients have found the way',
      '1 practitioner',
      'All have working hours',
      '1 of them online',
      'Online booking is on',
      '1 closed day, the next on 24 December 2099',
    ])
      expect(words).toContain(state)
    expect(words).not.toContain('Setting up')
  })
})
