/** The ways in which every journey must work (ux.md checks 8, 9 and 15): on a phone by touch, without JavaScript, by keyboard. */
import { expect, type Given, type Page, test } from '../fixtures.ts'
import { byKeyboard, byTouch, type Hands } from '../hands.ts'

const ways = [
  { way: 'by touch', handsOn: byTouch, browser: { hasTouch: true, javaScriptEnabled: true } },
  { way: 'without JavaScript', handsOn: byTouch, browser: { hasTouch: true, javaScriptEnabled: false } },
  { way: 'by keyboard', handsOn: byKeyboard, browser: { hasTouch: false, javaScriptEnabled: true } },
]

export interface Person {
  name: string
  /** What they log on with. */
  logonName: string
  /** Day, month, year. */
  born?: [string, string, string]
}

export interface Journey<Who> extends Given {
  page: Page
  hands: Hands
  /** For a page in another browser. */
  handsOn: (page: Page) => Hands
  hasScript: boolean
  who: Who
}

/** One journey, each way with another person, so that none finds what the one before has left. */
export function inEachWay<Who extends Person>(
  title: string,
  people: [Who, Who, Who],
  journey: (given: Journey<Who>) => Promise<void>,
): void {
  ways.forEach(({ way, handsOn, browser }, index) => {
    const who = people[index] as Who
    test.describe(way, () => {
      test.use(browser)
      test(`${title}: ${who.name}`, async ({
        page,
        origin,
        demoPassword,
        mailbox,
        mailTo,
        mailFrom,
        another,
        watch,
      }) => {
        const given = { page, origin, demoPassword, mailbox, mailTo, mailFrom, another, watch }
        await journey({ ...given, who, handsOn, hands: handsOn(page), hasScript: browser.javaScriptEnabled })
      })
    })
  })
}

export const heading = (page: Page) => page.getByRole('heading', { level: 1 })

export async function logOn(page: Page, hands: Hands, clinic: string, logonName: string, password: string) {
  if (new URL(page.url(), 'http://localhost').pathname !== clinic) await page.goto(clinic)
  await hands.type('Email address or username', logonName)
  await hands.type('Password', password)
  await hands.press('Log on')
}

export async function typeBirthDate(hands: Hands, [day, month, year]: [string, string, string]): Promise<void> {
  await hands.type('Day', day)
  await hands.type('Month', month)
  await hands.type('Year', year)
}

/** The page says these words about something that went wrong. */
export const expectProblem = (page: Page, words: string) =>
  expect(page.getByRole('alert'), 'the error summary').toContainText(words)
