/** Whoever makes a mistake is told where, loses nothing they typed, and is led to the field (ux.md checks 11 and 12). */
import type { Browser, BrowserContext, Locator } from '@playwright/test'
import { appFrom } from './authenticator-app.ts'
import { axeProblems } from './checks.ts'
import { appMistakes, factorMistakes, lostFactorMistakes, stepMistakes } from './factor-mistakes.ts'
import { expect, type Given, linkIn, type Page, test } from './fixtures.ts'
import {
  aBooked,
  aChild,
  aColleague,
  aFamily,
  aFreeTime,
  aGap,
  familyAddress,
  loggedOn,
  sent,
  theAccount,
  theType,
} from './given.ts'
import { cancelMistakes, logonName, type Mistake, patientMistakes, publicMistakes } from './mistakes.ts'
import { cookiesOf } from './people.ts'
import { hoursMistakes, managerMistakes, receptionMistakes, timeMistakes } from './staff-mistakes.ts'
import { withAuthenticator } from './virtual-authenticator.ts'

const ways = [
  {
    way: 'with JavaScript',
    javaScriptEnabled: true,
    who: ['meera.patel', 'first.newcomer', 'eleanor.price'],
    colleague: { name: 'Frieda Factor', username: 'frieda' },
  },
  {
    way: 'without JavaScript',
    javaScriptEnabled: false,
    who: ['ruby.thompson', 'next.newcomer', 'imran.sheikh'],
    colleague: { name: 'Felix Factor', username: 'felix' },
  },
]

for (const { way, javaScriptEnabled, who, colleague } of ways) {
  test.describe(way, () => {
    test.use({ javaScriptEnabled })
    test.setTimeout(180_000)

    const expectAll = async (page: Page, mistakes: Mistake[]) => {
      for (const mistake of mistakes) await expectHelp(page, mistake, javaScriptEnabled)
    }

    test('everybody', async ({ page, origin, mailFrom }) => {
      const [existing = '', isNew = '', forgetful = ''] = who.map((mailbox) => `${mailbox}@example.com`)
      await expectAll(page, publicMistakes(await links(origin, mailFrom, existing, isNew, forgetful)))
    })

    test('a patient', async ({ page, browser, context, origin }) => {
      await enter(context, await cookiesOf(browser, '/riverside', janet))
      const hers = await loggedOn(origin, janet)
      const time = await aFreeTime(hers)
      await expectAll(page, patientMistakes(time))
      const choice = Object.fromEntries(new URL(time, origin).searchParams)
      const { pathname: appointment } = new URL(await sent(hers, '/riverside/book', choice), origin)
      await expectAll(page, cancelMistakes(appointment))
      await sent(hers, `${appointment}/cancellation`, {})
      await hers.dispose()
    })

    test('the manager', async ({ page, browser, context, origin }) => {
      await enter(context, await cookiesOf(browser, '/riverside', 'maya'))
      const manager = await loggedOn(origin, 'maya')
      const [own, other] = [await theAccount(manager, 'Maya Rossi'), await theAccount(manager, 'Sam Okoro')]
      const practitioner = (await theAccount(manager, 'Tom Becker')).replace('/staff/', '/settings/practitioners/')
      const time = timeMistakes({ type: await theType(manager), practitioner })
      await expectAll(page, [...managerMistakes({ own, other }), ...time])
      await manager.dispose()
    })

    test('a practitioner', async ({ page, browser, context }) => {
      await enter(context, await cookiesOf(browser, '/riverside', 'priya'))
      await expectAll(page, hoursMistakes('/riverside/hours', '/:clinic/hours'))
    })

    test('the reception', async ({ page, browser, context, origin }) => {
      await enter(context, await cookiesOf(browser, '/riverside', 'sam'))
      const desk = await loggedOn(origin)
      await sent(desk, '/riverside/register/existing', { email: `${who[0]}.unknown@example.com` })
      const shared = { shared: await aFamily(desk), sharedAddress: familyAddress, child: await aChild(desk) }
      const diary = { gap: await aGap(desk, 7), appointment: await aBooked(desk) }
      await desk.dispose()
      await expectAll(page, receptionMistakes({ ...shared, ...diary }))
    })

    test('staff with a second factor, and the manager who takes it away', async ({
      page,
      browser,
      context,
      origin,
      demoPassword,
      another,
    }) => {
      const account = await aColleague(origin, colleague.name, colleague.username)
      await logOn(page, colleague.username, demoPassword)
      const { cookies, passkey } = await withFactors(browser, context, demoPassword)
      await context.clearCookies()
      await logOn(page, colleague.username, demoPassword)
      await expectAll(page, stepMistakes)
      await enter(context, cookies)
      await expectAll(page, factorMistakes({ passkey }))
      await page.getByLabel('Current password').fill(demoPassword)
      await page.getByRole('button', { name: 'Go on' }).click()
      await page.getByLabel('Code that the app shows').waitFor()
      await expectAll(page, appMistakes)

      const office = await another()
      await enter(office.context(), await cookiesOf(browser, '/riverside', 'maya'))
      await expectAll(office, lostFactorMistakes(account, colleague.name))
    })
  })
}

const janet = 'janet.hall@example.com'
const enter = (context: BrowserContext, cookies: Awaited<ReturnType<typeof cookiesOf>>) => context.addCookies(cookies)

async function logOn(page: Page, identifier: string, password: string): Promise<void> {
  await page.goto('/riverside')
  await page.getByLabel(logonName).fill(identifier)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log on', exact: true }).click()
  await page.waitForURL(/\/(home|diary\/.*|second-factor)$/)
}

/** Adds a passkey and an authenticator app, as a browser with JavaScript does: passkeys need it. */
async function withFactors(browser: Browser, of: BrowserContext, password: string) {
  const context = await browser.newContext({ javaScriptEnabled: true })
  await context.addCookies(await of.cookies())
  const page = await context.newPage()
  const goOn = async (address: string) => {
    await page.goto(`/riverside/${address}`)
    await page.getByLabel('Current password').fill(password)
    const loaded = page.waitForEvent('load') // a passkey is asked for by a script
    await page.getByRole('button', { name: 'Go on' }).click()
    await loaded
  }
  await withAuthenticator(page)
  await goOn('passkeys/new')
  await page.getByRole('button', { name: 'Create the passkey' }).click()
  await expect(page.locator('#recovery-codes')).toBeVisible()
  await goOn('second-factor/app')
  await page.getByLabel('Code that the app shows').fill((await appFrom(page)).code())
  await page.getByRole('button', { name: 'Add the app' }).click()
  await page.goto('/riverside/passkeys')
  const passkey = (await page.getByRole('link', { name: /^Rename or remove/ }).getAttribute('href')) ?? ''
  const cookies = await context.cookies()
  await context.close()
  return { cookies, passkey }
}

async function links(origin: string, mailFrom: Given['mailFrom'], existing: string, isNew: string, forgetful: string) {
  const desk = await loggedOn(origin)
  const ask = (address: string, form: Record<string, string>) => () => sent(desk, `/riverside/${address}`, form)
  const path = {
    existing: linkIn(await mailFrom(existing, /^Set up/, ask('register/existing', { email: existing }))),
    isNew: linkIn(await mailFrom(isNew, /^Register/, ask('register/new', { email: isNew }))),
    password: linkIn(await mailFrom(forgetful, /^Set a new/, ask('password/forgotten', { identifier: forgetful }))),
  }
  await desk.dispose()
  return path
}

async function expectHelp(page: Page, mistake: Mistake, hasScript: boolean): Promise<void> {
  await test.step(mistake.is, async () => {
    await send(page, mistake)
    const summary = page.getByRole('alert')
    await expect.soft(page, mistake.is).toHaveTitle(/^Error: /)
    await expect.soft(summary, mistake.is).toBeFocused()
    await expect.soft(summary.getByRole('link'), mistake.is).toHaveText(mistake.says)
    await expect.soft(page.locator('.summary ~ h1, .summary ~ * h1'), 'the summary is above the heading').toHaveCount(1)
    await expectKept(page, mistake)
    for (const link of await summary.getByRole('link').all()) await expectLed(page, link, mistake)
    if (hasScript) expect.soft(await axeProblems(page, [390]), mistake.is).toEqual([]) // axe is a script itself
  })
}

async function send(page: Page, { address, room, typed, secret, ticked, press, is }: Mistake): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(address)
  for (const [label, text] of Object.entries({ ...typed, ...secret }))
    await page.getByLabel(label, { exact: true }).fill(text)
  for (const label of ticked ?? []) await page.getByLabel(label, { exact: true }).check()
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: press, exact: true }).first().click()
  const { pathname } = new URL((await answer).url())
  expect.soft(pathname, is).toMatch(new RegExp(`^${room.replace(/:\w+/g, '[^/]+')}$`))
  expect.soft((await answer).status(), is).toBe(422)
  await page.getByRole('alert').waitFor()
}

async function expectKept(page: Page, { typed, secret, ticked, is }: Mistake): Promise<void> {
  for (const [label, text] of Object.entries(typed))
    await expect.soft(page.getByLabel(label, { exact: true }), is).toHaveValue(text)
  for (const label of ticked ?? []) await expect.soft(page.getByLabel(label, { exact: true }), is).toBeChecked()
  for (const label of Object.keys(secret ?? {}))
    await expect.soft(page.getByLabel(label, { exact: true }), `${is}: a password is never sent back`).toHaveValue('')
}

/** The link goes to the field, and the field says the same words; of several to choose from, their group does. */
async function expectLed(page: Page, link: Locator, { is }: Mistake): Promise<void> {
  const words = await link.innerText()
  const field = page.locator((await link.getAttribute('href')) ?? '')
  await link.click()
  const isField = await field.evaluate((element) => /INPUT|TEXTAREA|SELECT/.test(element.tagName))
  if (!isField) return expect.soft(field, is).toBeInViewport()
  await expect.soft(field, `${is}: ${words}`).toBeFocused()
  const group = page.locator('fieldset.wrong', { has: field })
  const isOneOfSeveral = (await field.and(page.locator('.tick > input')).count()) + (await group.count()) === 2
  const says = isOneOfSeveral ? group : field
  await expect.soft(says, is).toHaveAccessibleDescription(new RegExp(words.replace(/[.+?()]/g, '\\$&')))
  if (!isOneOfSeveral) await expect.soft(field, is).toHaveAttribute('aria-invalid', 'true')
}
