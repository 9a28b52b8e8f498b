/** The manager decides who may register, and sees what the logon page becomes (rule M7). */
import { expect, type Page } from '../fixtures.ts'
import { heading, inEachWay, logOn, type Person } from './ways.ts'

const maya: Person = { name: 'Maya Lindqvist of Hillside', logonName: 'maya' }
const isNew = 'I am new to this clinic'
const preview = (page: Page) => page.locator('#preview')

inEachWay('the manager opens registration and closes it', [maya, maya, maya], async (given) => {
  const { page, hands, who, another, handsOn, demoPassword, hasScript } = given

  const phone = await another()
  const visitor = handsOn(phone)
  await phone.goto('/hillside')
  await expect(phone.getByRole('main')).toContainText('To get online access, call 01632 960 002.')
  for (const link of ['existing', 'new']) {
    await phone.goto(`/hillside/register/${link}`)
    await expect(heading(phone)).toHaveText('Please call the clinic')
    await expect(phone.getByRole('main')).toContainText('Call Hillside Physiotherapy on 01632 960 002')
  }

  await logOn(page, hands, '/hillside', who.logonName, demoPassword)
  await hands.follow('Settings')
  await hands.follow('Registration')
  await expect(preview(page)).toContainText(
    'This link is not shown, because registration of new patients is switched off.',
  )
  await hands.tick('New patients may register')
  if (hasScript) await expect(preview(page), 'before it is saved').toContainText(`Not saved yet`)
  if (hasScript) await expect(preview(page)).toContainText(isNew)
  await phone.goto('/hillside')
  await expect(phone.getByText(isNew)).toHaveCount(0)

  await hands.press('Save')
  await expect(preview(page)).toContainText(isNew)
  await expect(preview(page)).toContainText('This link is shown, because registration of new patients is switched on.')
  await phone.goto('/hillside')
  await visitor.follow(isNew)
  await expect(heading(phone)).toHaveText('Register as a new patient')

  await hands.tick('New patients may register')
  await hands.press('Save')
  await expect(preview(page)).not.toContainText(isNew)
  await visitor.type('Email address', 'late@example.com')
  await visitor.press('Continue')
  await expect(heading(phone), 'the form that was still open').toHaveText('Please call the clinic')
  await phone.goto('/hillside')
  await expect(phone.getByText(isNew)).toHaveCount(0)
})
