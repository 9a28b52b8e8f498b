/** The manager sets a new practitioner up: into the diary, what they do, and their week, with a slip of the finger on the way. */
import { expect, type Page } from '../fixtures.ts'
import { loggedOn, sent } from '../given.ts'
import { expectProblem, heading, inEachWay, logOn, type Person } from './ways.ts'

/** First in the list of the staff, where the Tab key comes first. */
const newcomers: [Person, Person, Person] = [
  { name: 'Aaron Abbott', logonName: 'aaron' },
  { name: 'Aaliyah Abbott', logonName: 'aaliyah' },
  { name: 'Aada Abbott', logonName: 'aada' },
]

const main = (page: Page) => page.getByRole('main')

inEachWay('the manager sets a practitioner up', newcomers, async ({ page, hands, origin, who, demoPassword }) => {
  const manager = await loggedOn(origin, 'maya')
  await sent(manager, '/riverside/staff/new', { name: who.name, username: who.logonName, role: 'practitioner' })
  await manager.dispose()

  await logOn(page, hands, '/riverside', 'maya', demoPassword)
  await hands.follow('Settings')
  await hands.follow('Practitioners')
  await hands.follow('Add a practitioner')
  await hands.press('Add practitioner')
  await expectProblem(page, 'Select who sees patients')
  await hands.tick(who.name)
  await hands.type('Designation (optional)', 'Physiotherapist')
  await hands.press('Add practitioner')
  await expect(main(page)).toContainText('Set the working hours next')
  await expect(main(page)).toContainText('No working hours')

  await hands.follow('Hours and absences')
  await hands.follow('Set the hours')
  await hands.type('Monday, first period, from', '9am')
  await hands.type('Monday, first period, until', '12:30')
  await hands.type('Monday, second period, from', '13:30')
  await hands.type('Monday, second period, until', '5am')
  await hands.press('Save hours')
  await expectProblem(page, 'Monday must end after it starts')
  await hands.type('Monday, second period, until', '5pm')
  await hands.press('Copy Monday to Tuesday–Friday')
  await expect(page.getByLabel('Friday, second period, until')).toHaveValue('5pm')
  await hands.press('Save hours')
  await expect(heading(page)).toHaveText(`Hours of ${who.name}`)
  await expect(main(page)).toContainText('Saved. Free times follow the new hours at once.')

  await hands.follow(who.name)
  await expect(main(page)).toContainText('Monday to Friday 9:00am to 12:30pm and 1:30pm to 5:00pm')
})
