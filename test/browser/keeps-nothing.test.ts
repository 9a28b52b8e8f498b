/** What a browser keeps of a tour through the diary: cookies that no script reads, and nothing else (security.md I04). */
import { expect, test } from './fixtures.ts'
import { cookiesOf } from './people.ts'

for (const { who, logonName, pages } of [
  { who: 'a patient', logonName: 'janet.hall@example.com', pages: ['home', 'details', 'password', 'sessions'] },
  { who: 'the reception', logonName: 'sam', pages: ['diary', 'patients', 'patients?q=hall', 'registrations'] },
]) {
  test(`I04 the browser of ${who} keeps nothing in its storage`, async ({ page, browser, context }) => {
    await context.addCookies(await cookiesOf(browser, '/riverside', logonName))
    for (const address of pages) {
      await page.goto(`/riverside/${address}`, { waitUntil: 'networkidle' })
      await page.goBack()
      await page.goForward()
      const kept = await page.evaluate(async () => ({
        local: Object.keys(localStorage),
        session: Object.keys(sessionStorage),
        databases: (await indexedDB.databases()).length,
        caches: 'caches' in globalThis ? (await caches.keys()).length : 0,
        readable: document.cookie,
      }))
      expect(kept, address).toEqual({ local: [], session: [], databases: 0, caches: 0, readable: '' })
    }
  })
}
