/** Pages that only come after something was done: they pass the same checks as the others (ux.md §8). */
import { appFrom } from './authenticator-app.ts'
import { targets } from './checks.ts'
import { expect, linkIn, test } from './fixtures.ts'
import { aColleague, anAccess, aPatient, loggedOn, sent } from './given.ts'
import { cookiesOf } from './people.ts'
import { expectUsable, heading, press } from './usable.ts'
import { withAuthenticator } from './virtual-authenticator.ts'

test.setTimeout(120_000)

test('behind the links of mails', async ({ page, mailFrom, origin }) => {
  const desk = await loggedOn(origin)
  await aPatient(desk, { first: 'Greta', last: 'Linkwood', email: 'greta@example.com', born: ['5', '5', '1955'] })
  const asked: [string, string, RegExp, Record<string, string>][] = [
    ['register/existing', 'greta@example.com', /^Set up/, { email: 'greta@example.com' }],
    ['register/new', 'henk@example.com', /^Register/, { email: 'henk@example.com' }],
    ['password/forgotten', 'raj.patel@example.com', /^Set a new/, { identifier: 'raj.patel@example.com' }],
  ]
  for (const [address, to, subject, form] of asked) {
    const mail = await mailFrom(to, subject, () => sent(desk, `/riverside/${address}`, form))
    await page.goto(linkIn(mail))
    await expect(page.getByLabel('Create a password')).toBeVisible()
    await expectUsable(page, address, targets.patient)
  }
  await desk.dispose()
})

test('a temporary password: shown to the reception, and then the patient’s to change', async ({
  page,
  browser,
  context,
  origin,
  another,
}) => {
  const desk = await loggedOn(origin)
  const record = await aPatient(desk, { first: 'Ines', last: 'Temple', email: 'ines@example.com' })
  await anAccess(desk, record)
  await desk.dispose()
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  await page.goto(`${record}/online-access`)
  await press(page, 'Generate password')
  const password = await page.locator('#temporary-password').innerText()
  await expectUsable(page, 'the slip', targets.staff)

  const phone = await another()
  await phone.goto('/riverside')
  await phone.getByLabel('Email address or username').fill('ines@example.com')
  await phone.getByLabel('Password', { exact: true }).fill(password)
  await press(phone, 'Log on')
  await expect(heading(phone)).toHaveText('Choose your own password')
  await expectUsable(phone, 'choose your own', targets.patient)

  await page.goto(`${record}/online-access`)
  await press(page, 'Send email with the password')
  await expect(page.getByText('are on their way')).toBeVisible()
  await expectUsable(page, 'what was mailed', targets.staff)
})

test('the counter’s screen and the patient’s phone, while it lasts and when it is over', async ({
  page,
  browser,
  context,
  origin,
  another,
}) => {
  const desk = await loggedOn(origin)
  const born: [string, string, string] = ['2', '2', '1950']
  const record = await aPatient(desk, { first: 'Carla', last: 'Counter', email: 'carla@example.com', born })
  await anAccess(desk, record)
  await desk.dispose()
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  await page.goto(`${record}/online-access`)
  await press(page, 'Set up at the counter')
  await expect(page.locator('.qr')).toBeVisible()
  await expectUsable(page, 'the code', targets.staff)

  const phone = await another()
  await phone.goto(await page.locator('figcaption').innerText())
  await expectUsable(phone, 'the phone', targets.patient)
  await press(phone, 'Save password')
  await expect(phone.getByRole('alert')).toBeVisible()
  await expectUsable(phone, 'the phone, with what is wrong', targets.patient)

  await press(page, 'Cancel')
  await expect(page.getByText('The code at the counter is cancelled.')).toBeVisible()
  await page.goBack()
  await expect(page.getByText('The code was cancelled')).toBeVisible()
  await expectUsable(page, 'cancelled', targets.staff)
})

test('records that are alike, and a record that somebody else has changed', async ({
  page,
  browser,
  context,
  origin,
}) => {
  const desk = await loggedOn(origin)
  const record = await aPatient(desk, { first: 'Jonas', last: 'Alike' })
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  await page.goto('/riverside/patients/new')
  await page.getByLabel('First name').fill('Jonas')
  await page.getByLabel('Last name').fill('Alike')
  await press(page, 'Add patient')
  await expect(page.getByLabel('Add anyway')).toBeVisible()
  await expectUsable(page, 'alike', targets.staff)

  await page.goto(`${record}/edit`)
  const version = await page.locator('[name=version]').inputValue()
  await sent(desk, `${record}/edit`, { version, first_name: 'Jonas', last_name: 'Alike', mobile: '07700 900 999' })
  await desk.dispose()
  await page.getByLabel('Postcode').fill('RV1 1AA')
  await press(page, 'Save changes')
  await expect(heading(page)).toHaveText('Somebody else changed this record')
  await expectUsable(page, 'changed meanwhile', targets.staff)
})

test('the manager’s staff list with a new password, and a switch not saved yet', async ({ page, browser, context }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'maya'))
  await page.goto('/riverside/settings/registration')
  await page.getByLabel('New patients may register').click()
  await expect(page.locator('#preview')).toContainText('Not saved yet')
  await expect(page.locator('#status')).toHaveText('Preview changed. Not saved yet')
  await expectUsable(page, 'not saved yet', targets.staff)
  await page.goto('/riverside/staff')
  await press(page, /^Generate temporary password for Tom Becker/)
  await expect(page.locator('#temporary-password')).toBeVisible()
  await expectUsable(page, 'staff', targets.staff)
})

test('a second factor: its key, its codes, the step after the password, and the lost one', async ({
  page,
  browser,
  context,
  origin,
  another,
  demoPassword,
}) => {
  const colleague = await aColleague(origin, 'Vera Stone', 'vera')
  await context.addCookies(await cookiesOf(browser, '/riverside', 'vera'))
  await page.goto('/riverside/second-factor/app')
  await page.getByLabel('Current password').fill(demoPassword)
  await press(page, 'Go on')
  await expectUsable(page, 'the key', targets.staff)
  const app = await appFrom(page)
  await page.getByLabel('Code that the app shows').fill(app.code())
  await press(page, 'Add the app')
  await expect(page.locator('#recovery-codes')).toBeVisible()
  await expectUsable(page, 'recovery codes', targets.staff)
  for (const address of ['', '?done=app-added', '/app/removal', '/recovery-codes']) {
    await page.goto(`/riverside/second-factor${address}`)
    await expectUsable(page, `second factor ${address}`, targets.staff)
  }

  const phone = await another()
  await phone.goto('/riverside')
  await phone.getByLabel('Email address or username').fill('vera')
  await phone.getByLabel('Password', { exact: true }).fill(demoPassword)
  await press(phone, 'Log on')
  await expectUsable(phone, 'one more step', targets.patient)
  await phone.getByLabel('Code from your authenticator app').fill('12345')
  await press(phone, 'Log on')
  await expect(phone.getByRole('alert')).toContainText('The code has 6 figures')
  await expectUsable(phone, 'no code', targets.patient)
  await phone.goto('/riverside/logon/second-factor/recovery')
  await expectUsable(phone, 'recovery', targets.patient)

  const office = await another()
  await office.context().addCookies(await cookiesOf(browser, '/riverside', 'maya'))
  await office.goto(colleague)
  await expectUsable(office, 'who has one', targets.staff)
  await office.goto(`${colleague}/second-factor/removal`)
  await expectUsable(office, 'lost?', targets.staff)
  await press(office, 'Remove lost second factor')
  await expect(office.getByRole('alert')).toContainText('Make sure first')
  await expectUsable(office, 'not made sure', targets.staff)
})

test('passkeys: the list, one of them, and one that was refused', async ({ page, origin, another, demoPassword }) => {
  await aColleague(origin, 'Pia Lind', 'pia')
  await withAuthenticator(page)
  await page.goto('/riverside')
  await page.getByLabel('Email address or username').fill('pia')
  await page.getByLabel('Password', { exact: true }).fill(demoPassword)
  await press(page, /^Log on$/)
  await page.goto('/riverside/passkeys/new')
  await page.getByLabel('Current password').fill(demoPassword)
  await press(page, 'Go on')
  await expect(heading(page)).toHaveText('Create a passkey')
  await press(page, 'Create the passkey')
  await expect(heading(page)).toHaveText('Keep these recovery codes')
  await page.goto('/riverside/passkeys?done=added')
  await expectUsable(page, 'the list', targets.staff)
  await page.getByRole('link', { name: /^Rename or remove/ }).click()
  await expect(page.getByLabel('Name')).toBeVisible()
  await expectUsable(page, 'one of them', targets.staff)

  const stranger = await another()
  await stranger.goto('/riverside')
  await press(stranger, 'Log on with a passkey')
  await expect(heading(stranger)).toHaveText('Use your passkey')
  await stranger.locator('[name=credential]').evaluate((field: HTMLInputElement) => field.form?.submit())
  await expect(stranger.getByRole('alert')).toContainText('This passkey does not let you in here')
  await expectUsable(stranger, 'refused', targets.patient)
})

test('the live search says what it found, and leaves the focus where it is', async ({ page, browser, context }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  await page.goto('/riverside/patients')
  const asked: string[] = []
  page.on('request', (request) => request.url().includes('/results') && asked.push(request.url()))
  await page.getByLabel('Find a patient').pressSequentially('sheikh', { delay: 30 })
  await expect(page.locator('#status')).toHaveText('2 patients found')
  await expect(page.getByLabel('Find a patient')).toBeFocused()
  expect(asked.length).toBeLessThanOrEqual(2)
  await expectUsable(page, 'found', targets.staff)
})

test('the settings while they are being changed, by two at once, and a notice about to be published', async ({
  page,
  browser,
  context,
  origin,
}) => {
  await context.addCookies(await cookiesOf(browser, '/hillside', 'maya'))
  const colleague = await loggedOn(origin, 'maya', 'hillside')
  await page.goto('/hillside/settings/look')
  await page.getByLabel('Your colour').first().fill('#ffd400')
  await expect(page.locator('#sample')).toContainText('Your yellow is too light for text')
  await expectUsable(page, 'a colour not saved yet', targets.staff)

  await page.goto('/hillside/settings/texts')
  await page.getByLabel('Opening words').fill('Closed on Monday.\nIf it cannot wait, call 111.')
  await expect(page.locator('#preview')).toContainText('Closed on Monday.')
  await expectUsable(page, 'words not saved yet', targets.staff)
  await sent(colleague, '/hillside/settings/texts', { opening_words: 'Closed on Tuesday.' })
  await press(page, 'Save')
  await expect(heading(page)).toHaveText('Somebody else changed these words')
  await expectUsable(page, 'words that somebody else changed', targets.staff)
  await sent(colleague, '/hillside/settings/texts', {})

  await page.goto('/hillside/settings/privacy/draft')
  await page.getByLabel('Text of the notice').fill('# What we keep\n\nYour name.\n\n- Appointments\n- Letters')
  await expect(page.locator('#preview')).toContainText('Letters')
  await press(page, 'Save, read and publish')
  await expect(heading(page)).toHaveText('Publish version 2?')
  await expectUsable(page, 'a notice to publish', targets.staff)
  await sent(colleague, '/hillside/settings/privacy/draft/removal', {})
  await colleague.dispose()
})
