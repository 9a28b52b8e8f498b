/**
 * npm run pictures: every page that the page checks look at, at 390 and 1280 px, light and dark, from fresh demo clinics, in
 * .pictures with an index to look through; and the README's pictures anew (`-- --readme`: these alone).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { cookiesOf } from '../test/browser/people.ts'
import { people } from '../test/browser/places.ts'
import { recordsAt } from '../test/browser/records.ts'
import { theChromium } from './local/browser.mjs'
import { prepare } from './local/data-folder.mjs'
import { root } from './local/install.mjs'
import { command } from './local/say.mjs'
import { serve } from './local/server.mjs'

const port = Number(process.env.PORT ?? 8790)
const onlyReadme = process.argv.includes('--readme') // without the album
const album = join(root, '.pictures')
const widths = [390, 1280]
const schemes = ['light', 'dark']
const height = 844

await command(async () => {
  const data = mkdtempSync(join(tmpdir(), 'clinic-diary-pictures-'))
  await prepare(data)
  const server = await serve({ port, data })
  const browser = await chromium.launch({ executablePath: theChromium(), args: ['--no-sandbox'] })
  try {
    await takeAll(browser, server.url)
  } finally {
    await browser.close()
    await server.end()
    rmSync(data, { recursive: true, force: true })
  }
})

async function takeAll(browser, baseURL) {
  rmSync(album, { recursive: true, force: true })
  mkdirSync(album, { recursive: true })
  const open = async (cookies) => {
    const context = await browser.newContext({ baseURL, locale: 'en-GB', timezoneId: 'Europe/London' })
    await context.addCookies(cookies)
    return context.newPage()
  }
  const records = await recordsAt(baseURL)
  const taken = []
  for (const person of onlyReadme ? [] : people) {
    const cookies = person.logonName
      ? await cookiesOf(browserAt(browser, baseURL), person.clinic, person.logonName)
      : []
    const page = await open(cookies)
    for (const place of person.places(records)) taken.push(await take(page, person, place))
    await page.context().close()
    console.log(`The pages of ${person.is}: done`)
  }
  writeFileSync(join(album, 'index.html'), indexOf(taken))
  await forTheReadme(
    await open([]),
    await open(await cookiesOf(browserAt(browser, baseURL), '/riverside', 'sam')),
    await open(await cookiesOf(browserAt(browser, baseURL), '/riverside', 'janet.hall@example.com')),
    records,
  )
  console.log(`${taken.length * widths.length * schemes.length} pictures: ${join(album, 'index.html')}`)
}

/** cookiesOf() opens addresses of the server under test. */
function browserAt(browser, baseURL) {
  return { newContext: () => browser.newContext({ baseURL, locale: 'en-GB' }) }
}

async function take(page, { is: person }, { is, address }) {
  await page.goto(address)
  const name = `${person} - ${is}`.replace(/[^\w -]+/g, '')
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of widths) {
      await page.setViewportSize({ width, height })
      await page.screenshot({ path: join(album, file(name, width, colorScheme)), fullPage: true })
    }
  }
  return { name, address }
}

function file(name, width, scheme) {
  return `${name} ${width} ${scheme}.png`
}

function indexOf(taken) {
  return `<!doctype html><meta charset="utf-8"><title>Pictures</title>
<style>body{font:16px system-ui;margin:2rem;background:#ddd}figure{display:inline-block;margin:.5rem;vertical-align:top}img{max-width:22rem;max-height:30rem;box-shadow:0 1px 6px #0006}</style>
${taken.map(({ name, address }) => `<h2>${name}</h2><p>${address}</p>${figures(name)}`).join('\n')}`
}

function figures(name) {
  return schemes
    .flatMap((scheme) =>
      widths.map((width) => `<figure><img loading="lazy" src="${file(name, width, scheme)}"></figure>`),
    )
    .join('')
}

async function forTheReadme(visitor, reception, patient, records) {
  const picture = (name) => ({ path: join(root, 'test/browser/pictures', name) })
  await visitor.setViewportSize({ width: 390, height })
  await visitor.goto('/riverside')
  await visitor.screenshot(picture('logon-390.png'))
  await patient.setViewportSize({ width: 390, height })
  await patient.goto('/riverside/book')
  await patient.getByRole('link', { name: 'Follow-up' }).click()
  await patient.getByRole('link', { name: 'First available' }).click()
  await patient.locator('#times').waitFor()
  await patient.screenshot(picture('choose-a-time-390.png'))
  await reception.setViewportSize({ width: 1280, height: 900 })
  await reception.goto(`${records.janet}/online-access`)
  await reception.screenshot(picture('online-access-1280.png'))
  await reception.goto('/riverside/diary')
  await reception.screenshot(picture('day-1280.png'))
}
