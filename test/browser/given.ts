/** What was there before a journey begins: made by the reception over HTTP, with the forms that staff use. */
import { type APIRequestContext, request } from '@playwright/test'
import { demoPassword } from '../../scripts/demo/logons.mjs'
import { type Given, linkIn } from './fixtures.ts'

interface NewPatient {
  first: string
  last: string
  email?: string
  born?: [string, string, string]
}

/** Somebody logged on without a browser. */
export async function loggedOn(
  origin: string,
  username = 'sam',
  clinic = 'riverside',
  password = demoPassword,
): Promise<APIRequestContext> {
  const desk = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin }, maxRedirects: 0 })
  await sent(desk, `/${clinic}/logon`, { identifier: username, password })
  return desk
}

/** Somebody new of the staff, who logs on with the demo password. @returns the path of their page for the manager */
export async function aColleague(origin: string, name: string, username: string): Promise<string> {
  const manager = await loggedOn(origin, 'maya')
  const fields = { name, username, role: 'reception', email: `${username}@riverside.example.com` }
  const { pathname } = new URL(await sent(manager, '/riverside/staff/new', fields), origin)
  const slip = await manager.get(await sent(manager, `${pathname}/password`, {}))
  const [, current_password = ''] = /id="temporary-password">\s*([a-z0-9-]+)/.exec(await slip.text()) ?? []
  const theirs = await loggedOn(origin, username, 'riverside', current_password)
  await sent(theirs, '/riverside/password', { current_password, new_password: demoPassword })
  await Promise.all([manager.dispose(), theirs.dispose()])
  return pathname
}

/** @returns the path of the patient's record */
export async function aPatient(desk: APIRequestContext, { first, last, email = '', born }: NewPatient) {
  const [dob_day = '', dob_month = '', dob_year = ''] = born ?? []
  const fields = { first_name: first, last_name: last, email, dob_day, dob_month, dob_year }
  const record = await sent(desk, '/riverside/patients/new', fields)
  return new URL(record, 'http://localhost').pathname
}

/** @returns the path of the first record that the search finds */
export async function recordOf(desk: APIRequestContext, words: string, list = ''): Promise<string | undefined> {
  const page = await desk.get(`/riverside/patients?q=${encodeURIComponent(words)}&access=${list}`)
  return /href="(\/riverside\/patients\/[a-z0-9]{10,})"/.exec(await page.text())?.[1]
}

/** @throws Error when nobody is called so */
export async function theRecord(desk: APIRequestContext, name: string): Promise<string> {
  const record = await recordOf(desk, name)
  if (!record) throw new Error(`there is no record of ${name}`)
  return record
}

/** @returns the path of the staff account of somebody at Riverside */
export async function theAccount(manager: APIRequestContext, name: string): Promise<string> {
  const page = await (await manager.get('/riverside/staff')).text()
  const account = new RegExp(`href="(/riverside/staff/[a-z0-9]{10,})"[^>]*>${name}`).exec(page)?.[1]
  if (!account) throw new Error(`there is no staff account of ${name}`)
  return account
}

/** Two patients with one address, added once. @returns the path of the mother's record */
export async function aFamily(desk: APIRequestContext): Promise<string> {
  const known = await recordOf(desk, 'Petra Twomey')
  if (known) return known
  await aPatient(desk, { first: 'Otto', last: 'Twomey', email: familyAddress, born: ['9', '9', '2015'] })
  return aPatient(desk, { first: 'Petra', last: 'Twomey', email: familyAddress, born: ['3', '2', '1980'] })
}

export const familyAddress = 'family.twomey@example.com'

/** A patient who is 11, without online access, added once. @returns the path of the record */
export async function aChild(desk: APIRequestContext): Promise<string> {
  const born: [string, string, string] = ['8', '6', String(new Date().getFullYear() - 11)]
  const child = { first: 'Yara', last: 'Younger', email: 'yara@example.com', born }
  return (await recordOf(desk, 'Yara Younger')) ?? aPatient(desk, child)
}

/** The patient has active online access; without a password yet. */
export async function anAccess(desk: APIRequestContext, record: string) {
  await sent(desk, `${record}/online-access/activation`, {})
}

/** The first appointment type of the clinic: the path of its page. */
export async function theType(manager: APIRequestContext): Promise<string> {
  const page = await (await manager.get('/riverside/settings/appointment-types')).text()
  const type = /href="(\/riverside\/settings\/appointment-types\/[a-z2-7]{16})"/.exec(page)?.[1]
  if (!type) throw new Error('there is no appointment type')
  return type
}

/** The address of a gap with Priya, as the diary links it: the last free time for a health check in that week. */
export async function aGap(desk: APIRequestContext, weeks: number): Promise<string> {
  const first = await (await desk.get('/riverside/diary/book')).text()
  const choice = (name: RegExp) => new RegExp(`<option value="([^"]+)"[^>]*>${name.source}`).exec(first)?.[1] ?? ''
  const query = new URLSearchParams({
    type: choice(/Health check/),
    practitioner: choice(/Priya/),
    date: dateIn(weeks),
  })
  const times = await (await desk.get(`/riverside/diary/book?${query}`)).text()
  const free = [...times.matchAll(/href="(\/riverside\/diary\/book\?[^"]*from=[^"]*)"/g)].map(([, href]) => href!)
  const gap = new URL(free.at(-1)!.replaceAll('&amp;', '&'), 'http://localhost')
  gap.searchParams.delete('type')
  return gap.pathname + gap.search
}

const dateIn = (weeks: number): string => new Date(Date.now() + weeks * 7 * 86_400_000).toISOString().slice(0, 10)

/** Thursday of next week: nobody is away in the demo clinic, and everything is still to come. */
export function thursday(): string {
  const today = new Date()
  return new Date(today.getTime() + (10 - ((today.getUTCDay() + 6) % 7)) * 86_400_000).toISOString().slice(0, 10)
}

/** An appointment of Riverside that is to come: the path of its page for staff. */
export async function aBooked(desk: APIRequestContext): Promise<string> {
  const days = Array.from({ length: 7 }, (_each, day) => new Date(Date.now() + (day + 1) * 86_400_000))
  for (const day of days) {
    const page = await (await desk.get(`/riverside/diary/${day.toISOString().slice(0, 10)}`)).text()
    const booked = /href="(\/riverside\/diary\/appointments\/[a-z2-7]{16})"/.exec(page)?.[1]
    if (booked) return booked
  }
  throw new Error('nothing is booked in this week')
}

/** The address of a free time, where a patient looks everything over before it is booked. */
export async function aFreeTime(patient: APIRequestContext): Promise<string> {
  const next = async (address: string, link: RegExp) => {
    const page = await (await patient.get(address)).text()
    const found = [...page.matchAll(/href="(\/riverside\/[^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))
    return found.filter((href) => link.test(href)).at(-1)
  }
  const what = (await next('/riverside/book', /[?&]type=/)) ?? ''
  const when = (await next(what, /[?&]who=/)) ?? what
  const time = await next((await next(when, /[?&]day=/)) ?? when, /[?&]at=/)
  if (!time) throw new Error('there is no free time')
  return time
}

/** Somebody new with online access, who logs on with the demo password. @param mailFrom the test's own */
export async function aPatientInside(
  origin: string,
  who: NewPatient & { email: string },
  mailFrom: Given['mailFrom'],
): Promise<void> {
  const desk = await loggedOn(origin)
  const record = await aPatient(desk, who)
  await anAccess(desk, record)
  const mail = await mailFrom(who.email, /^Set up/, () => sent(desk, `${record}/online-access/email`, {}))
  await sent(desk, linkIn(mail), { new_password: demoPassword })
  await desk.dispose()
}

/** Sends a form as its page does. @returns where its answer leads */
export async function sent(desk: APIRequestContext, address: string, form: Record<string, string>): Promise<string> {
  const answer = await desk.post(address, { form })
  const location = answer.headers().location
  if (answer.status() !== 303 || !location) throw new Error(`POST ${address} was answered with ${answer.status()}`)
  return location
}
