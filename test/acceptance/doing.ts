/** Doing an act of the list, and telling whether it led where it should. */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import { aPng } from '../clinic/pictures.ts'
import { addressOf, type Room } from '../support/site-map.ts'
import { type Answer, origin, Visitor } from '../support/world.ts'
import type { Act } from './acts.ts'
import { entering, people, type Town } from './riverside.ts'

export const addressOfAct = (act: Act, town: Town): string =>
  addressOf(act.room, { clinic: town.slug, ...act.given?.(town) })

/** Whoever does it, about to: what comes before is done. */
export async function ready(act: Act, town: Town, environment: Bindings = env): Promise<Visitor> {
  const browser = await entering(town, act.as)
  if (act.first) expectDone(await doIt(act.first, town, env, browser), act.first, town)
  return another(browser, environment)
}

/** The act, by whoever does it, with a browser of their own unless one is given. */
export async function doIt(act: Act, town: Town, environment: Bindings = env, browser?: Visitor): Promise<Answer> {
  const who = browser ?? (await ready(act, town, environment))
  const prepared = await act.prepare?.(town, who)
  return sendForm(who, act, town, { ...act.fields?.(town), ...prepared })
}

/** The form of the act with these fields, as its own page sends it. */
export function sendForm(who: Visitor, act: Act, town: Town, fields: Record<string, string>): Promise<Answer> {
  const body = act.picture ? new FormData() : new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  if (act.picture && body instanceof FormData) body.set(act.picture, new File([png], 'logo.png', { type: 'image/png' }))
  const headers = { origin, 'sec-fetch-site': 'same-origin' }
  return who.send(addressOfAct(act, town), { method: 'POST', body, headers })
}

const png = aPng(320, 80) as Uint8Array<ArrayBuffer>

/** It worked: the browser is led where the act leads. */
export function expectDone({ status, location, headers, body }: Answer, act: Act, town: Town): void {
  if (typeof act.to === 'object' && 'file' in act.to) {
    const file = headers.get('content-disposition')
    expect([act.is, status, file]).toEqual([act.is, 200, `attachment; filename="${act.to.file}"`])
    return
  }
  expect([act.is, status, status === 303 ? '' : body.slice(0, 2000)]).toEqual([act.is, 303, ''])
  const led = (location ?? '').replace(town.base, '')
  if (typeof act.to === 'string') expect([act.is, led]).toEqual([act.is, act.to])
  else expect(`${act.is}: ${led}`).toMatch(new RegExp(act.to.source))
}

/** What the address of a room needs, so that there is something to see. */
export function idFor(
  { path }: Room,
  { staff, patients, asked, links, counter, grant, diary }: Town,
): Record<string, string> {
  const id = path.includes('/staff/')
    ? staff.reception.id
    : path.includes('/registrations/')
      ? asked.refused
      : path.includes('/counter/') || path.includes('/:grant/')
        ? patients.inactive.id
        : path.includes('/appointments/')
          ? diary.appointmentId
          : path.includes('/practitioners/')
            ? staff.practitioner.id
            : path.includes('/appointment-types/')
              ? diary.type
              : patients.active.id
  return {
    id,
    other: patients.without.id,
    link: counter,
    grant,
    absence: diary.absence,
    date: '2026-11-23',
    version: '1',
    file: 'theme.0a1b.css',
    token: path.includes('/registration/') ? links.existing : links.reset,
  }
}

/** A browser of the first person whom the page is for: shown it, or led on. What nobody finds is asked by a stranger. */
export async function readerOf(address: string, town: Town): Promise<Visitor> {
  for (const person of people) {
    const browser = await entering(town, person)
    const { status, location } = await browser.get(address)
    if (status === 200 || (status === 303 && !location?.includes('?next='))) return browser
  }
  return entering(town, 'nobody')
}

/** The same browser with the platform in another state. */
export function another({ cookies }: Visitor, environment: Bindings = env): Visitor {
  const browser = new Visitor(environment)
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  return browser
}
