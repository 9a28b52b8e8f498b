/** A patient books on the way home, takes another time, and cancels (ux.md checks 8, 15, 23 and 25). */
import { expect } from '../fixtures.ts'
import { heading, inEachWay, logOn, type Person } from './ways.ts'

type Booker = Person & { type: string }
const janet = { name: 'Janet Hall', logonName: 'janet.hall@example.com' }
const people: [Booker, Booker, Booker] = [
  { ...janet, type: 'Health check' },
  { ...janet, type: 'Follow-up' },
  { ...janet, type: 'Blood test' },
]

inEachWay('a patient books an appointment, changes and cancels it', people, async (given) => {
  const { page, hands, who, demoPassword, mailFrom } = given
  await page.setViewportSize({ width: 320, height: 640 })
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  const at = async (title: string) => {
    await expect(heading(page)).toHaveText(title)
    expect([title, await fits()]).toEqual([title, true])
  }
  const times = page.locator('#times a[href*="at="]')
  const chooseTime = async () => hands.follow(new RegExp(`^${(await times.last().innerText()).split('\n')[0]}.*,`))

  /** Far enough ahead to be changed online. */
  const chooseDay = async () => {
    const [day] = /^\w+ \d+ \w+/.exec(await page.locator('.days a').last().innerText())!
    await hands.follow(new RegExp(`^${day}\\b`))
  }

  await logOn(page, hands, '/riverside', who.logonName, demoPassword)
  await at('Hello Janet')
  await hands.follow('Book an appointment')
  await at('What is the appointment for?')
  await hands.follow(who.type)
  if ((await heading(page).innerText()) === 'Who would you like to see?') await hands.follow('First available')
  await at('Choose a time')
  await chooseDay()
  await at('Choose a time')
  await chooseTime()
  await at('Check and book')
  await hands.type('Anything the clinic should know (optional)', 'I come by bus')
  await mailFrom(who.logonName, /^Your appointment –/, () => hands.press('Book appointment'))
  await at('Your appointment is booked')
  const booked = page.url()
  await page.reload()
  await at('Your appointment is booked')
  expect(page.url()).toBe(booked)

  await hands.follow(/^Change the time/)
  await at('Choose a new time')
  await chooseDay()
  await chooseTime()
  await at('Check the new time')
  await mailFrom(who.logonName, /new time/, () => hands.press('Change to this time'))
  await at('Your appointment has a new time')

  await hands.follow(/^Cancel/)
  await at('Do you want to cancel this appointment?')
  await hands.type('Why are you cancelling? (optional)', 'Away')
  await mailFrom(who.logonName, /cancelled/, () => hands.press('Cancel appointment'))
  await at('Your appointment is cancelled')
  await hands.follow('See all my appointments')
  await at('My appointments')
})
