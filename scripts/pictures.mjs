/** npm run pictures: the README's pictures, taken anew from fresh demo clinics. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { demoPassword } from './demo/logons.mjs'
import { theChromium } from './local/browser.mjs'
import { prepare } from './local/data-folder.mjs'
import { root } from './local/install.mjs'
import { command } from './local/say.mjs'
import { serve } from './local/server.mjs'

const port = 8790
const phone = { width: 390, height: 844 }
const desk = { width: 1280, height: 900 }
const file = (name) => join(root, 'test/browser/pictures', name)

await command(async () => {
  const data = mkdtempSync(join(tmpdir(), 'clinic-diary-pictures-'))
  await prepare(data)
  const server = await serve({ port, data })
  const browser = await chromium.launch({ executablePath: theChromium(), args: ['--no-sandbox'] })
  try {
    await take(browser, server.url)
  } finally {
    await browser.close()
    await server.end()
    rmSync(data, { recursive: true, force: true })
  }
})

async function take(browser, url) {
  const page = await browser.newPage({ baseURL: url, viewport: phone, locale: 'en-GB' })
  await page.goto('/riverside')
  await page.screenshot({ path: file('logon-390.png') })

  await page.fill('[name=identifier]', 'sam')
  await page.fill('[name=password]', demoPassword)
  await page.press('[name=password]', 'Enter')
  await page.waitForURL(/\/diary/)
  await page.setViewportSize(desk)
  await page.goto('/riverside/patients?q=janet')
  await page.getByRole('link', { name: /Hall/ }).first().click()
  await page.waitForURL(/\/patients\/[^/?]+$/)
  await page.goto(`${page.url()}/online-access`)
  await page.screenshot({ path: file('online-access-1280.png') })
}
