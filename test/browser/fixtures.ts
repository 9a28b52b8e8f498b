/**
 * What a journey is given. `test` and `expect` come from here, never from the package: each page that a test opens is
 * watched, and a script that fails, a console error, a refusal by the Content-Security-Policy or a request to somebody
 * else fails the test (ux.md check 16).
 */
import { type APIRequestContext, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { demoPassword as password } from '../../scripts/demo/logons.mjs'

export { type APIRequestContext, expect, type Page }

interface Mail {
  id: string
  to: string
  subject: string
  text: string
  html: string
  createdAt: string
}

export interface Given {
  /** http://localhost and the port of this run. */
  origin: string
  /** The password of everyone in the demo clinics who has one. */
  demoPassword: string
  /** Every mail that was delivered, newest first. */
  mailbox: () => Promise<Mail[]>
  /** The newest mail to this address with this subject, as soon as there is one; `after`: newer than this one. */
  mailTo: (address: string, subject: RegExp, after?: Mail) => Promise<Mail>
  /** Does what makes the diary write to this address, and waits for the new mail with this subject. */
  mailFrom: (address: string, subject: RegExp, act: () => Promise<unknown>) => Promise<Mail>
  /** A page in somebody else's browser, as this test's own is. */
  another: () => Promise<Page>
  /** What was found wrong with the pages of this test so far; it fails the test in the end. */
  watch: { over: (context: BrowserContext) => void }
}

export const test = base.extend<Given>({
  // Each test comes from a network of its own: how often one network may ask is not what these tests are about.
  extraHTTPHeaders: async ({ baseURL: _ }, use, { testId }) => use({ 'cf-connecting-ip': networkOf(testId) }),
  origin: async ({ baseURL }, use) => use(baseURL ?? ''),
  demoPassword: async ({ baseURL: _ }, use) => use(password),
  mailbox: async ({ request }, use) => use(async () => (await request.get('/dev/mailbox.json')).json()),
  mailTo: async ({ mailbox }, use) =>
    use(async (address, subject, after) => {
      const newest = async () => (await mailbox()).find((mail) => mail.to === address && subject.test(mail.subject))
      const how = { message: `a mail to ${address}`, timeout: 15_000, intervals: [100] } // ms
      await expect.poll(async () => (await newest())?.id ?? after?.id, how).not.toBe(after?.id)
      return (await newest()) as Mail
    }),
  mailFrom: async ({ mailbox, mailTo }, use) =>
    use(async (address, subject, act) => {
      const before = (await mailbox()).find((mail) => mail.to === address && subject.test(mail.subject))
      await act()
      return mailTo(address, subject, before)
    }),
  another: async ({ browser, watch }, use) => {
    const opened: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext()
      opened.push(context)
      watch.over(context)
      return context.newPage()
    })
    for (const context of opened) await context.close()
  },
  watch: [
    async ({ context, baseURL }, use) => {
      const wrong: string[] = []
      const over = (watched: BrowserContext) => watchOver(watched, baseURL ?? '', wrong)
      over(context)
      await use({ over })
      expect(wrong, 'what no page of ours does').toEqual([])
    },
    { auto: true },
  ],
})

function watchOver(context: BrowserContext, origin: string, wrong: string[]): void {
  context.on('page', (page) => {
    page.on('pageerror', (error) => wrong.push(`script: ${error.message}`))
    page.on('console', (message) => {
      // The browser itself notes that a page was answered with 422 or 404: that is meant.
      const isOwnAnswer =
        /responded with a status of 4\d\d/.test(message.text()) && message.location().url === page.url()
      if (message.type() === 'error' && !isOwnAnswer) wrong.push(`console: ${message.text()}`)
    })
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (/^http/.test(url.protocol) && url.origin !== origin) wrong.push(`third party: ${request.url()}`)
    })
  })
}

/** An address kept for examples (RFC 2544), another one for each test. */
function networkOf(testId: string): string {
  const sum = [...testId].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 65_536, 7)
  return `198.18.${sum >> 8}.${sum & 255}`
}

/** `test.use(jsOff)`: the browser of the whole describe or file runs no script. */
export const jsOff = { javaScriptEnabled: false } as const

/** The path of the one-time link in a mail. */
export function linkIn(mail: Mail): string {
  const link = /https?:\/\/[^/\s]+(\/\S*\/[\w-]{30,})/.exec(mail.text)
  if (!link?.[1]) throw new Error(`there is no one-time link in the mail "${mail.subject}"`)
  return link[1]
}
