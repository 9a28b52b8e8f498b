/** The manager gives the diary the clinic's colour and logo, and everybody who opens the logon page sees them. */
import type { Page } from '@playwright/test'
import { expect } from '../fixtures.ts'
import { expectProblem, heading, inEachWay, logOn, type Person } from './ways.ts'

const maya: Person = { name: 'Maya Lindqvist of Hillside', logonName: 'maya' }
const green = 'rgb(11, 107, 96)'
const yellow = 'rgb(255, 212, 0)'

const logo = (page: Page) => page.getByRole('banner').getByRole('img', { name: 'Hillside Physiotherapy' })
const buttonColour = (page: Page) =>
  page
    .getByRole('button', { name: 'Log on', exact: true })
    .evaluate((button) => getComputedStyle(button).backgroundColor)
const linkColour = (page: Page) =>
  page.getByRole('link', { name: 'I have forgotten my password' }).evaluate((link) => getComputedStyle(link).color)

inEachWay('the manager chooses a colour and a logo', [maya, maya, maya], async (given) => {
  const { page, hands, who, another, hasScript, demoPassword } = given

  const phone = await another()
  await phone.goto('/hillside')
  expect(await buttonColour(phone)).toBe(green)
  await expect(logo(phone)).toHaveCount(0)

  await logOn(page, hands, '/hillside', who.logonName, demoPassword)
  await hands.follow('Settings')
  await hands.follow('Look')
  await hands.type('Your colour (optional)', '#ffd400')
  const sample = page.locator('#sample')
  if (hasScript) await expect(sample, 'before it is saved').toContainText('Not saved yet')
  if (hasScript) await expect(sample).toContainText('Your yellow is too light for text, so links use #826b00')
  await hands.press('Save colour')
  await expect(sample).toContainText(
    'Your yellow is too light for text, so links use #826b00; white on it reads at 5.1 to 1.',
  )

  await phone.goto('/hillside')
  expect(await buttonColour(phone)).toBe(yellow)
  expect(await linkColour(phone)).toBe('rgb(130, 107, 0)')
  await phone.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => linkColour(phone)).toBe(yellow)
  await phone.emulateMedia({ colorScheme: 'light' })

  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 180, height: 60 } }) // some real picture
  await chooseLogo(page, Buffer.alloc(40 * 1024))
  await hands.press('Save logo')
  await expectProblem(page, 'The logo must be 30 KB or smaller. Yours is 40 KB')
  await chooseLogo(page, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
  await hands.press('Save logo')
  await expectProblem(page, 'The logo must be a PNG, JPEG or WebP picture')
  await chooseLogo(page, picture)
  await hands.press('Save logo')
  await expect(logo(page)).toBeVisible()

  await phone.goto('/hillside')
  await expect(logo(phone)).toBeVisible()
  expect(await logo(phone).evaluate((image: HTMLImageElement) => image.naturalWidth), 'it was drawn').toBe(180)
  await expect(heading(phone)).toHaveText('Log on to Hillside Physiotherapy')

  await hands.press('Remove the logo')
  await page.getByLabel('Your colour (optional)').press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await hands.press('Save colour')
  await phone.goto('/hillside')
  expect(await buttonColour(phone)).toBe(green)
  await expect(logo(phone)).toHaveCount(0)
})

const chooseLogo = (page: Page, buffer: Buffer) =>
  page.getByLabel('Your logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer })
