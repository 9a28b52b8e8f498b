/** Who looks at the pages: logged on once for the whole run of a file. */
import type { Browser } from '@playwright/test'
import { demoPassword } from '../../scripts/demo/logons.mjs'

type Cookies = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['cookies']>>

/** @param clinic its address, '/riverside' */
export async function cookiesOf(browser: Browser, clinic: string, logonName: string): Promise<Cookies> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(clinic)
  await page.getByLabel('Email address or username').fill(logonName)
  await page.getByLabel('Password', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: 'Log on', exact: true }).click()
  await page.waitForURL(/\/(home|diary\/.*)$/)
  const cookies = await context.cookies()
  await context.close()
  return cookies
}
