/** What people do with every page: show a password, press twice, go back, prefer it dark (ux.md checks 14, 23, 27). */
import { expect, jsOff, linkIn, type Page, test } from './fixtures.ts'
import { aPatientInside } from './given.ts'
import { cookiesOf } from './people.ts'

const password = (page: Page) => page.getByLabel('Password', { exact: true })

test('a password can be looked at, and is hidden again when it is sent', async ({ page }) => {
  await page.goto('/riverside')
  await password(page).fill('wrong but mine')
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(password(page)).toHaveAttribute('type', 'text')
  await expect(page.getByText('Your password is visible')).toBeAttached()
  await expect(page.getByRole('button', { name: 'Hide password' })).toHaveText('Hide')
  await page.evaluate(() => {
    const form = document.querySelector('form')
    form?.addEventListener('submit', (event) => event.preventDefault()) // it stays, to be looked at
  })
  await password(page).press('Enter')
  await expect(password(page)).toHaveAttribute('type', 'password')
  await expect(page.getByText('Your password is hidden')).toBeAttached()
})

test('what the script adds to the logon page moves nothing from under a finger', async ({ page, another }) => {
  const topOf = async (page: Page) => (await page.getByRole('link', { name: /^I am new/ }).boundingBox())?.y
  const passkey = (page: Page) => page.getByRole('button', { name: 'Log on with a passkey' })
  const early = await another() // before the script has come
  await early.route('**/*.js', (route) => route.fulfill({ body: '', contentType: 'text/javascript' }))
  await early.goto('/riverside')
  await expect(passkey(early)).toBeHidden()
  await page.goto('/riverside')
  await expect(passkey(page)).toBeVisible()
  expect(await topOf(early)).toBeGreaterThan(0)
  expect(await topOf(early)).toBe(await topOf(page))
})

test('a password that was shown is hidden again for whoever goes back', async ({ page }) => {
  await page.goto('/riverside')
  await password(page).fill('wrong but mine')
  await page.getByRole('button', { name: 'Show password' }).click()
  await page.getByRole('link', { name: 'I have forgotten my password' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set a new password')
  await page.goBack()
  await expect(password(page)).toHaveAttribute('type', 'password')
})

test('who presses again because nothing happens yet is answered once, not told that their link is dead', async ({
  page,
  origin,
  mailFrom,
}) => {
  const email = 'dilys@example.com'
  await aPatientInside(origin, { first: 'Dilys', last: 'Presses', email }, mailFrom)
  await page.goto('/riverside/password/forgotten')
  const mail = await mailFrom(email, /Set a new password/, async () => {
    await page.getByLabel('Email address or username').fill(email)
    await page.getByRole('button', { name: 'Send link' }).click()
  })
  await page.goto(linkIn(mail))
  let answers = () => {}
  const answered = new Promise<void>((resolve) => {
    answers = resolve
  })
  const arrived = new Promise<void>((resolve) => {
    void page.route('**/password/new/*', async (route) => {
      const response = await route.fetch({ maxRedirects: 0 })
      resolve()
      await answered
      await route.fulfill({ response })
    })
  })
  await page.getByLabel('Create a password').fill('seven small hedgehogs')
  await page.evaluate(() => {
    let presses = 0 // each comes five seconds after the one before
    addEventListener('mousedown', () => presses++, true)
    Object.defineProperty(Event.prototype, 'timeStamp', { get: () => presses * 5000 })
  })
  const { x, y } = (await page.getByRole('button', { name: 'Save password' }).boundingBox())!
  await page.mouse.click(x + 5, y + 5)
  await arrived
  await page.mouse.click(x + 5, y + 5)
  answers()
  await expect(page.getByText('Your password is set. Log on with it now.')).toBeVisible()
})

for (const { form, button, mend, after } of [
  {
    form: '/riverside/patients/new', // sent to the address at which it stands
    button: 'Add patient',
    mend: async (page: Page) => {
      await page.getByLabel('First name').fill('Bea')
      await page.getByLabel('Last name').fill('Goback')
    },
    after: 'Bea Goback',
  },
  {
    form: '/riverside/settings/look', // sent to another one, where no page is
    button: 'Save colour',
    mend: (page: Page) => page.getByLabel(/^Your colour/).fill('#0b6b60'),
    after: 'Look',
  },
]) {
  test(`Back after a mistake at ${form} opens the form, and asks nothing`, async ({ page, browser, context }) => {
    await context.addCookies(await cookiesOf(browser, '/riverside', 'maya'))
    await page.goto(form)
    if (after === 'Look') await page.getByLabel(/^Your colour/).fill('reddish')
    await page.getByRole('button', { name: button }).click()
    await expect(page).toHaveTitle(/^Error: /)
    await mend(page)
    await page.getByRole('button', { name: button }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(after)
    await expect(page).not.toHaveTitle(/^Error: /)
    const answer = await page.goBack()
    expect(answer?.request().method()).toBe('GET')
    expect(new URL(page.url()).pathname).toBe(form)
    await expect(page.getByRole('main').getByRole('button', { name: button })).toBeVisible()
    await expect(page.getByRole('banner')).toBeVisible()
    const again = await page.reload()
    expect(again?.request().method(), 'nothing is sent again').toBe('GET')
  })
}

for (const { way, use } of [
  { way: 'with JavaScript', use: {} },
  { way: 'without JavaScript', use: jsOff },
]) {
  test.describe(way, () => {
    test.use(use)

    test('who moves something up by keyboard goes on from its button, and reads where it stands', async ({
      page,
      browser,
      context,
    }) => {
      await context.addCookies(await cookiesOf(browser, '/riverside', 'maya'))
      await page.goto('/riverside/settings/appointment-types')
      const last = page.locator('.rows > li').last()
      const name = (await last.getByRole('link').textContent())!.trim()
      const count = await page.locator('.rows > li').count()
      await last.getByRole('button').focus()
      for (let place = count - 1; place > 1; place--) {
        await page.keyboard.press('Enter')
        await expect(page.getByRole('status').filter({ hasText: `${name} is now number ${place} of` })).toBeVisible()
        await expect(page.getByRole('button', { name: `Move up ${name}` })).toBeFocused()
        await expect(page.getByRole('button', { name: `Move up ${name}` })).toBeInViewport()
      }
      await page.keyboard.press('Enter')
      await expect(page.getByRole('link', { name })).toBeFocused()
      await expect(page.getByRole('status').filter({ hasText: `${name} is now the first` })).toBeVisible()
    })

    test('who presses twice adds one patient', async ({ page, browser, context, origin }) => {
      await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
      const last = way === 'with JavaScript' ? 'Doubletap' : 'Doublepress'
      await page.goto('/riverside/patients/new')
      await page.getByLabel('First name').fill('Dora')
      await page.getByLabel('Last name').fill(last)
      const posted = page.waitForRequest((request) => request.method() === 'POST')
      await page.getByRole('button', { name: 'Add patient' }).dblclick()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Dora ${last}`)
      // Chromium sends one of the two; other browsers and bad lines send the same form again.
      const again = await page.request.post((await posted).url(), {
        data: (await posted).postData() ?? '',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(again.url(), 'the same record').toBe(page.url())
      await page.reload()
      const list = await (await page.request.get(`/riverside/patients?q=${last}`)).text()
      expect(list).toContain('1 patient found')
    })

    test('who presses twice books once; Back and reload show whole pages and book nothing', async ({
      page,
      browser,
      context,
      origin,
      mailFrom,
    }) => {
      const first = way === 'with JavaScript' ? 'Dagny' : 'Dario'
      const email = `${first.toLowerCase()}@example.com`
      await aPatientInside(origin, { first, last: 'Twice', email }, mailFrom)
      await context.addCookies(await cookiesOf(browser, '/riverside', email))
      await page.goto('/riverside/book')
      await page.getByRole('link', { name: 'Blood test' }).click()
      await page.locator('.days a').last().click()
      await page.locator('.times a').last().click()
      await page.getByRole('button', { name: 'Book appointment' }).dblclick()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your appointment is booked')
      const booked = page.url()
      await page.reload()
      await page.goBack()
      await expect(page.locator('body > header')).toBeVisible()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^(Check and book|Your appointment is booked)$/)
      if (await page.getByRole('button', { name: 'Book appointment' }).count())
        await page.getByRole('button', { name: 'Book appointment' }).click()
      await expect(page, 'the same appointment').toHaveURL(booked)
      await page.goto('/riverside/appointments')
      await expect(page.locator('section.appointment')).toHaveCount(1)
    })

    test('dark stays dark, from the first paint on', async ({ page, browser, context }) => {
      await context.addCookies(await cookiesOf(browser, '/riverside', 'janet.hall@example.com'))
      await page.goto('/riverside/home')
      const light = await background(page)
      await page.locator('summary', { hasText: 'View' }).click()
      await page.getByRole('button', { name: 'Dark' }).click()
      await expect(page.locator('html')).toHaveAttribute('data-appearance', 'dark')
      const dark = await background(page)
      expect(dark).not.toBe(light)
      const answer = await page.reload()
      expect(await answer?.text(), 'no script has to say so').toContain('data-appearance="dark"')
      expect(await background(page)).toBe(dark)
      await page.goto('/riverside/details')
      expect(await background(page)).toBe(dark)
    })
  })
}

const background = (page: Page) => page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
