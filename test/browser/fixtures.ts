/**
 * What a journey is given. `test` and `expect` come from here, never from the package: each page that a test opens is
 * watched, and a script that fails, a refusal by the Content-Security-Policy or a request to somebody else fails the
 * test (ux.md check 16).
 */
import { test as base, expect, type Page } from '@playwright/test'
import { demoPassword as password } from '../../scripts/demo/logons.mjs'

export { expect, type Page }

export interface Mail {
  id: string
  to: string
  subject: string
  text: string
  html: string
  createdAt: string
}

interface Given {
  /** http://localhost and the port of this run. */
  origin: string
  /** The password of everyone in the demo clinics who has one. */
  demoPassword: string
  /** Every mail that was delivered, newest first. */
  mailbox: () => Promise<Mail[]>
  /** The newest mail to this address, as soon as there is one; `after` names a mail it must be newer than. */
  mailTo: (address: string, after?: Mail) => Promise<Mail>
  /** Fails the test when a page did what no page of ours does. */
  watch: undefined
}

export const test = base.extend<Given>({
  origin: async ({ baseURL }, use) => use(baseURL ?? ''),
  demoPassword: async ({ baseURL: _ }, use) => use(password),
  mailbox: async ({ request }, use) => use(async () => (await request.get('/dev/mailbox.json')).json()),
  mailTo: async ({ mailbox }, use) =>
    use(async (address, after) => {
      const newest = async () => (await mailbox()).find(({ to }) => to === address)
      await expect.poll(async () => (await newest())?.id ?? after?.id, { timeout: 15_000 }).not.toBe(after?.id)
      return (await newest()) as Mail
    }),
  watch: [
    async ({ context, baseURL }, use) => {
      const wrong: string[] = []
      context.on('page', (page) => {
        page.on('pageerror', (error) => wrong.push(`script: ${error.message}`))
        page.on('console', (message) => {
          const isRefusal = /content security policy/i.test(message.text())
          if (isRefusal) wrong.push(`policy: ${message.text()}`)
        })
        page.on('request', (request) => {
          const { origin, protocol } = new URL(request.url())
          if (/^http/.test(protocol) && origin !== baseURL) wrong.push(`third party: ${request.url()}`)
        })
      })
      await use(undefined)
      expect(wrong, 'what no page of ours does').toEqual([])
    },
    { auto: true },
  ],
})

/** `test.use(jsOff)`: the browser of the whole describe or file runs no script. */
export const jsOff = { javaScriptEnabled: false } as const

/** The path of the one-time link in a mail. */
export function linkIn(mail: Mail): string {
  const link = /https?:\/\/[^/\s]+(\/\S*\/[\w-]{30,})/.exec(mail.text)
  if (!link?.[1]) throw new Error(`there is no one-time link in the mail "${mail.subject}"`)
  return link[1]
}
