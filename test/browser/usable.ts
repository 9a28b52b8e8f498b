/** The page checks on a page that stands there because something was done: what it was sent as is told from what it is now. */
import { pageProblems, type targets } from './checks.ts'
import { expect, type Page } from './fixtures.ts'

/** @param is what the page shows, for the message */
export const expectUsable = async (page: Page, is: string, target: (typeof targets)['patient']) =>
  expect.soft(await pageProblems(page, await asSent(page), target), is).toEqual([])

/** What needs a script is sent hidden, and the script has shown it meanwhile. */
export async function asSent(page: Page): Promise<string> {
  await page.waitForLoadState() // a page that has only begun to come has no root yet
  return page.evaluate(() => {
    const sent = document.documentElement.cloneNode(true) as HTMLElement
    for (const button of sent.querySelectorAll<HTMLElement>('.show, [data-copy], [data-print], [data-leaving]'))
      button.hidden = true
    return sent.outerHTML
  })
}

export const press = (page: Page, button: string | RegExp) => page.getByRole('button', { name: button }).first().click()
export const heading = (page: Page) => page.getByRole('heading', { level: 1 })
