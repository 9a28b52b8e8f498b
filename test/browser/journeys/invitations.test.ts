/** The reception sees who was invited and never came, and invites them again: the older link is dead, the newer works. */
import { expect, linkIn, type Page } from '../fixtures.ts'
import { anAccess, aPatient, loggedOn } from '../given.ts'
import { heading, inEachWay, logOn, type Person } from './ways.ts'

const vera: Person = { name: 'Vera Again', logonName: 'vera.again@example.com' }
const viktor: Person = { name: 'Viktor Again', logonName: 'viktor.again@example.com' }
const yusuf: Person = { name: 'Yusuf Again', logonName: 'yusuf.again@example.com' }

const ownPassword = 'seven quiet lighthouses'
const main = (page: Page) => page.getByRole('main')

inEachWay('invited again', [vera, viktor, yusuf], async (given) => {
  const { page, hands, who, origin, demoPassword, mailFrom, another, handsOn } = given
  const desk = await loggedOn(origin)
  const [first = '', last = ''] = who.name.split(' ')
  await anAccess(desk, await aPatient(desk, { first, last, email: who.logonName }))
  await desk.dispose()

  await logOn(page, hands, '/riverside', 'sam', demoPassword)
  await hands.follow('Invitations')
  await hands.follow('Never logged on')
  await expect(page.getByRole('row', { name: who.name })).toContainText('No way to log on yet')
  await hands.tick(`Choose ${who.name}`)
  await hands.press('Invite those again')
  await expect(heading(page)).toHaveText('Invite 1 patient again?')
  await expect(main(page)).toContainText(`${who.name}, ${who.logonName}`)
  const mail = await mailFrom(who.logonName, /^Set up your online access/, () => hands.press('Send 1 invitation'))
  await expect(page.getByRole('status').first()).toContainText('1 invitation is on the way.')
  await expect(page.getByRole('listitem').filter({ hasText: who.logonName }).first()).toContainText('by Sam Okoro')

  const phone = await another()
  const patient = handsOn(phone)
  await phone.goto(linkIn(mail))
  await patient.type('Create a password', ownPassword)
  await patient.press('Save password')
  await logOn(phone, patient, '/riverside', who.logonName, ownPassword)
  await expect(heading(phone)).toContainText('Hello')
  await hands.follow('Never logged on')
  await expect(main(page)).not.toContainText(who.name)
})
