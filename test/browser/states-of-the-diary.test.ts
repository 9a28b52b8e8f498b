/**
 * What a patient meets in the diary after something was done, or because of what the clinic has set: each page passes the
 * same checks as the others (ux.md §8).
 */

import type { Locator } from '@playwright/test'
import { pageProblems, targets } from './checks.ts'
import { type APIRequestContext, expect, type Given, linkIn, type Page, test } from './fixtures.ts'
import { aPatientInside, loggedOn, sent } from './given.ts'
import { cookiesOf } from './people.ts'
import { asSent, heading, press } from './usable.ts'
import { weightProblems } from './weight-of-page.ts'

test.setTimeout(300_000) // ms: many pages, each looked at in six ways

/** @param title its heading */
async function looksRight(page: Page, title: string, is = title): Promise<void> {
  await expect(heading(page)).toHaveText(title)
  const html = await asSent(page)
  const problems = [
    ...(await pageProblems(page, html, targets.patient)),
    ...(await weightProblems(page, html, 'patient')),
  ]
  expect.soft(problems, is).toEqual([])
}

const times = (page: Page) => page.locator('#times a[href*="at="]')
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()

/** Somebody of this test's own, whose browser this page is. */
async function somebody(page: Page, given: Pick<Given, 'origin' | 'mailFrom'>, first: string): Promise<void> {
  const email = `${first.toLowerCase()}@example.com`
  await aPatientInside(given.origin, { first, last: 'Booker', email }, given.mailFrom)
  const browser = page.context().browser()
  if (browser) await page.context().addCookies(await cookiesOf(browser, '/riverside', email))
}

/** Follows the link, and waits until its page stands. */
async function open(page: Page, link: Locator): Promise<void> {
  const href = await link.getAttribute('href')
  await link.click()
  await page.waitForURL(({ pathname, search }) => pathname + search === href)
}

/** To the last free time of the last of the fourteen days: far enough ahead to be changed online. */
async function toCheck(page: Page): Promise<void> {
  await open(page, page.locator('.days a').last())
  await open(page, times(page).last())
}

/** To Tom's free times for a blood test; where others do it too, somebody asks whom. */
async function aBloodTest(page: Page): Promise<void> {
  await page.goto('/riverside/book')
  const loaded = page.waitForEvent('load')
  await follow(page, 'Blood test')
  await loaded
  if ((await heading(page).textContent()) === 'Who would you like to see?') await follow(page, 'Tom Becker')
  await expect(heading(page)).toHaveText('Choose a time')
}

/** Books a blood test. @returns the path of the appointment */
async function booked(page: Page): Promise<string> {
  await aBloodTest(page)
  await toCheck(page)
  await press(page, 'Book appointment')
  await expect(heading(page)).toHaveText('Your appointment is booked')
  return new URL(page.url()).pathname
}

/** Janet takes the time that stands on the page. @returns her appointment */
async function taken(page: Page, janet: APIRequestContext): Promise<string> {
  const type = await typeOf(janet)
  const at = await page.locator('main [name=at]').inputValue()
  const who = await page.locator('main [name=with]').inputValue()
  return (await sent(janet, '/riverside/book', { type, who, with: who, at })).replace(/\?.*/, '')
}

const typeOf = async (janet: APIRequestContext): Promise<string> =>
  /book\?type=([a-z2-7]+)">Blood test/.exec(await (await janet.get('/riverside/book')).text())?.[1] ?? ''

test('booking, looking at it, changing and cancelling it', async ({ page, origin, mailFrom }) => {
  await somebody(page, { origin, mailFrom }, 'Wilma')
  await page.goto('/riverside/book')
  await follow(page, 'Health check')
  await looksRight(page, 'Who would you like to see?')
  await follow(page, 'First available')
  await looksRight(page, 'Choose a time', 'the next free times')
  await follow(page, 'Later days')
  await looksRight(page, 'Choose a time', 'a day of the next fortnight')
  await follow(page, 'Earlier days')
  await toCheck(page)
  await looksRight(page, 'Check and book')
  await page.getByLabel(/^Anything the clinic/).fill('x'.repeat(501))
  await press(page, 'Book appointment')
  await expect(page.getByRole('alert')).toBeFocused()
  await looksRight(page, 'Check and book', 'a note that is too long')
  await page.getByLabel(/^Anything the clinic/).fill('I come by bus')
  await press(page, 'Book appointment')
  await looksRight(page, 'Your appointment is booked')

  const own = new URL(page.url()).pathname
  await page.goto(own)
  await looksRight(page, 'Your appointment', 'an appointment to come')
  await page.goto('/riverside/home')
  await looksRight(page, 'Hello Wilma', 'home, with an appointment')
  await page.goto('/riverside/appointments')
  await looksRight(page, 'My appointments', 'one to come, none over')

  await page.goto(`${own}/move`)
  await looksRight(page, 'Choose a new time')
  await toCheck(page)
  await looksRight(page, 'Check the new time')
  await press(page, 'Change to this time')
  await looksRight(page, 'Your appointment has a new time')

  await follow(page, /^Cancel/)
  await looksRight(page, 'Do you want to cancel this appointment?')
  await page.getByLabel(/^Why are you cancelling/).fill('x'.repeat(201))
  await press(page, 'Cancel appointment')
  await expect(page.getByRole('alert')).toBeFocused()
  await looksRight(page, 'Do you want to cancel this appointment?', 'a reason that is too long')
  await page.getByLabel(/^Why are you cancelling/).fill('Away')
  await press(page, 'Cancel appointment')
  await looksRight(page, 'Your appointment is cancelled')
})

test('a time that somebody else takes meanwhile', async ({ page, origin, mailFrom }) => {
  await somebody(page, { origin, mailFrom }, 'Wendel')
  const janet = await loggedOn(origin, 'janet.hall@example.com')
  await aBloodTest(page)
  await toCheck(page)
  const first = await taken(page, janet)
  await press(page, 'Book appointment')
  await expect(page.getByRole('alert')).toContainText(/Someone has just booked \d+:\d\d[ap]m\. Choose another time/)
  await expect(page.getByRole('alert')).toBeFocused()
  await looksRight(page, 'Choose a time', 'taken meanwhile, with fresh times')

  const own = await booked(page)
  await page.goto(`${own}/move`)
  await toCheck(page)
  const second = await taken(page, janet)
  await press(page, 'Change to this time')
  await expect(page.getByRole('alert')).toBeFocused()
  await looksRight(page, 'Choose a new time', 'a new time that is taken meanwhile')
  for (const appointment of [first, second]) await sent(janet, `${appointment}/cancellation`, {})
  await janet.dispose()
})

/** The booking rules of the demo clinic, as its form sends them. */
const usual = {
  ...{ is_online: 'on', offline_message: '', notice_hours: '2', ahead_days: '56', most_upcoming: '3', new_only: '' },
  ...{ slot_rule: 'every', grid: '10', cancel_hours: '24', reminder_hours: '24' },
}

test('what the clinic’s rules allow nobody: too many, no free time, too late, switched off', async ({
  page,
  browser,
  origin,
  mailFrom,
  another,
}) => {
  const manager = await loggedOn(origin, 'maya')
  const rules = (changed: Partial<typeof usual>) =>
    sent(manager, '/riverside/settings/booking-rules', { ...usual, ...changed })
  await somebody(page, { origin, mailFrom }, 'Waldo')
  const own = await booked(page)
  try {
    await rules({ most_upcoming: '1' })
    await page.goto('/riverside/book')
    await looksRight(page, 'You have as many appointments as you can book online')

    await rules({ notice_hours: '480' })
    await aBloodTest(page)
    await expect(page.getByText('No times in the next 14 days.')).toBeVisible()
    await looksRight(page, 'Choose a time', 'no times in the next 14 days')
    await page.locator('.notice a').first().click()
    await looksRight(page, 'Choose a time', 'the next date with a free time')
    const later = new URL(page.url())
    await rules({ ahead_days: '7' })
    await page.goto(later.pathname + later.search)
    await expect(page.getByText('There is no free time that can be booked online.')).toBeVisible()
    await looksRight(page, 'Choose a time', 'no times at all')

    await rules({ is_online: '', offline_message: 'Our diary moves to another room this week.' })
    for (const [address, title] of [
      ['/riverside/book', 'Call to book an appointment'],
      [`${own}/move`, 'Call to change this appointment'],
      ['/riverside/appointments', 'My appointments'],
      ['/riverside/home', 'Hello Waldo'],
      [own, 'Your appointment'],
    ] as const) {
      await page.goto(address)
      await looksRight(page, title, `online booking off: ${address}`)
    }

    await rules({ cancel_hours: '336' })
    const hers = await another()
    await hers.context().addCookies(await cookiesOf(browser, '/riverside', 'janet.hall@example.com'))
    await hers.goto('/riverside/appointments')
    await looksRight(hers, 'My appointments', 'too late to change, and one that is over')
    const over = hers.locator('ul.days > li').filter({ hasNotText: 'Cancelled' })
    const [next, past] = await Promise.all(
      [hers.locator('section.appointment a'), over.locator('a')].map((link) => link.first().getAttribute('href')),
    )
    for (const [address, title] of [
      [next, 'Your appointment'],
      [`${next}/cancellation`, 'It is too late to cancel online'],
      [`${next}/move`, 'It is too late to change online'],
      [past, 'Your appointment'],
      [`${past}/cancellation`, 'This cannot be cancelled online'],
      [`${past}/move`, 'This cannot be changed online'],
    ] as const) {
      await hers.goto(address ?? '')
      await looksRight(hers, title, `too late: ${address}`)
    }
  } finally {
    await rules({})
    await manager.dispose()
  }
})

test('the link that proves a new email address, while it works and when it does not', async ({
  page,
  origin,
  mailFrom,
  demoPassword,
}) => {
  await somebody(page, { origin, mailFrom }, 'Wanja')
  await page.goto('/riverside/details/email')
  await page.getByLabel('New email address').fill('wanja.new@example.com')
  await page.getByLabel('Your password', { exact: true }).fill('not the password')
  await press(page, 'Send the link')
  await expect(page.getByRole('alert')).toBeFocused()
  await looksRight(page, 'Change my email address', 'a wrong password')
  await page.getByLabel('Your password', { exact: true }).fill(demoPassword)
  const mail = await mailFrom('wanja.new@example.com', /^Confirm/, () => press(page, 'Send the link'))
  await page.goto(linkIn(mail))
  await looksRight(page, 'Confirm your new email address')
  await press(page, 'Confirm this address')
  await expect(page.getByRole('status').first()).toContainText('Your email address is changed.')
  await looksRight(page, 'My details', 'the address changed')
  const answer = await page.goto(linkIn(mail))
  expect(answer?.status()).toBe(404)
  await looksRight(page, await heading(page).innerText(), 'a link that was used')
})
