/** Whoever makes a mistake is told where, loses nothing they typed, and is led to the field (ux.md checks 11 and 12). */
import type { BrowserContext } from '@playwright/test'
import { axeProblems } from './checks.ts'
import { expect, type Given, linkIn, type Page, test } from './fixtures.ts'
import { aFamily, loggedOn, sent } from './given.ts'
import {
  type Mistake,
  managerMistakes,
  patientMistakes,
  publicMistakes,
  receptionMistakes,
  timeMistakes,
} from './mistakes.ts'
import { cookiesOf } from './people.ts'

const ways = [
  { way: 'with JavaScript', javaScriptEnabled: true, who: ['meera.patel', 'first.newcomer', 'eleanor.price'] },
  { way: 'without JavaScript', javaScriptEnabled: false, who: ['ruby.thompson', 'next.newcomer', 'imran.sheikh'] },
]

for (const { way, javaScriptEnabled, who } of ways) {
  test.describe(way, () => {
    test.use({ javaScriptEnabled })
    test.setTimeout(120_000)

    test('everybody', async ({ page, origin, mailFrom }) => {
      const [existing = '', isNew = '', forgetful = ''] = who.map((mailbox) => `${mailbox}@example.com`)
      for (const mistake of publicMistakes(await links(origin, mailFrom, existing, isNew, forgetful))) {
        await expectHelp(page, mistake, javaScriptEnabled)
      }
    })

    test('a patient', async ({ page, browser, context }) => {
      await enter(context, await cookiesOf(browser, '/riverside', 'janet.hall@example.com'))
      for (const mistake of patientMistakes) await expectHelp(page, mistake, javaScriptEnabled)
    })

    test('the manager', async ({ page, browser, context }) => {
      await enter(context, await cookiesOf(browser, '/riverside', 'maya'))
      for (const mistake of [...managerMistakes, ...timeMistakes]) await expectHelp(page, mistake, javaScriptEnabled)
    })

    test('the reception', async ({ page, browser, context, origin }) => {
      await enter(context, await cookiesOf(browser, '/riverside', 'sam'))
      const desk = await loggedOn(origin)
      await sent(desk, '/riverside/register/existing', { email: `${who[0]}.unknown@example.com` })
      const shared = await aFamily(desk)
      await desk.dispose()
      for (const mistake of receptionMistakes(shared)) await expectHelp(page, mistake, javaScriptEnabled)
    })
  })
}

const enter = (context: BrowserContext, cookies: Awaited<ReturnType<typeof cookiesOf>>) => context.addCookies(cookies)

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

async function send(page: Page, { address, typed, secret, press, is }: Mistake): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(address)
  for (const [label, text] of Object.entries({ ...typed, ...secret }))
    await page.getByLabel(label, { exact: true }).fill(text)
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: press, exact: true }).first().click()
  expect.soft((await answer).status(), is).toBe(422)
  await page.getByRole('alert').waitFor()
}

async function expectKept(page: Page, { typed, secret, is }: Mistake): Promise<void> {
  for (const [label, text] of Object.entries(typed))
    await expect.soft(page.getByLabel(label, { exact: true }), is).toHaveValue(text)
  for (const label of Object.keys(secret ?? {}))
    await expect.soft(page.getByLabel(label, { exact: true }), `${is}: a password is never sent back`).toHaveValue('')
}

/** The link goes to the field, and the field says the same words. */
async function expectLed(page: Page, link: ReturnType<Page['locator']>, { is }: Mistake): Promise<void> {
  const words = await link.innerText()
  const field = page.locator((await link.getAttribute('href')) ?? '')
  await link.click()
  const isField = await field.evaluate((element) => /INPUT|TEXTAREA/.test(element.tagName))
  if (!isField) return expect.soft(field, is).toBeInViewport()
  await expect.soft(field, `${is}: ${words}`).toBeFocused()
  await expect.soft(field, is).toHaveAccessibleDescription(new RegExp(words.replace(/[.+?()]/g, '\\$&')))
  await expect.soft(field, is).toHaveAttribute('aria-invalid', 'true')
}
