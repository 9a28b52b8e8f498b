/** Every page of the router is looked at in a browser: the list of places is held to the site map. */
import { describe, expect, it } from 'vitest'
import { people, type Records } from './browser/places.ts'
import { nameOf, type Room, rooms } from './support/site-map.ts'

/** Addresses that answer with no page of their own, each with what it is. */
const noPages: Record<string, string> = {
  'GET /:clinic/diary/:date{[-0-9]+}/grid': 'a part of the day',
  'GET /:clinic/diary/book/patients': 'a part of booking for a patient',
  'GET /:clinic/patients/:id/acting-for/patients': 'a part of choosing who acts for a patient',
  'GET /dev/mailbox': 'local development only',
  'GET /dev/mailbox.json': 'local development only',
  'GET /:clinic/patients/results': 'a part of the list of patients',
  'GET /:clinic/settings/registration/preview': 'a part of the registration settings',
  'GET /:clinic/settings/booking-rules/preview': 'a part of the booking rules',
  'GET /:clinic/audit/csv': 'a file',
  'GET /:clinic/calendar/:file': 'a file',
  'GET /:clinic/appointments/:id/calendar.ics': 'a file',
  'GET /:clinic/settings/look/sample': 'a part of the look',
  'GET /:clinic/patients/:id/online-access/counter/:link/state': 'a part of the counter’s screen',
}

/** Pages that only come after something was done: browser/states.test.ts or a journey opens them. */
const afterSomething: Record<string, string> = {
  'GET /:clinic/diary/appointments/:id': 'an appointment: states-of-the-desk.test.ts',
  'GET /:clinic/diary/appointments/:id/cancellation': 'an appointment: states-of-the-desk.test.ts',
  'GET /:clinic/patients/:id/acting-for/:grant/renewal': 'of a grant that there is: test/acting-for/granting.test.ts',
  'GET /:clinic/patients/:id/acting-for/:grant/ending': 'of a grant that there is: test/acting-for/granting.test.ts',
  'GET /:clinic/logon/second-factor': 'after a right password',
  'GET /:clinic/logon/second-factor/recovery': 'after a right password',
  'GET /:clinic/logon/second-factor/passkey': 'after a right password',
  'GET /:clinic/logon/passkey': 'after asking for it',
  'GET /:clinic/passkeys/:id': 'of somebody who has a passkey',
  'GET /:clinic/second-factor/app/removal': 'with an authenticator app',
  'GET /:clinic/second-factor/recovery-codes': 'with an authenticator app',
  'GET /:clinic/staff/:id/second-factor/removal': 'of somebody who has an authenticator app',
  'GET /:clinic/password/new/:token': 'behind the links of mails',
  'GET /:clinic/email/:token': 'behind the link of a mail: states-of-the-diary.test.ts, journeys/own-details.test.ts',
  'GET /:clinic/appointments/:id/cancellation': 'an appointment of one’s own: states-of-the-diary.test.ts',
  'GET /:clinic/appointments/:id/move': 'an appointment of one’s own: states-of-the-diary.test.ts',
  'GET /:clinic/settings/privacy/publication': 'the draft of a notice, before it is published',
  'GET /:clinic/patients/:id/online-access/counter/:link': 'the counter’s screen: journeys/counter.test.ts',
}

const accounts = ['tom', 'sam']
const records = new Proxy({} as Records, {
  get: (_none, name) =>
    accounts.includes(String(name))
      ? '/riverside/staff/account'
      : name === 'type'
        ? '/riverside/settings/appointment-types/type'
        : '/riverside/patients/record',
})
const addresses = people.flatMap(({ places }) => places(records)).map(({ address }) => address.replace(/\?.*/, ''))
const patternOf = ({ path }: Room) => new RegExp(`^${path.replace(/:\w+(\{[^}]*\})?/g, '[^/]+')}$`)
const pages = rooms().filter(({ method }) => method === 'GET')
const isListed = (room: Room) => addresses.some((address) => patternOf(room).test(address))

describe('the pages', () => {
  it('are all looked at in a browser', () => {
    const forgotten = pages.filter((room) => !isListed(room)).map(nameOf)
    const excused = [...Object.keys(noPages), ...Object.keys(afterSomething)]
    expect(forgotten.filter((name) => !excused.includes(name))).toEqual([])
  })

  it('that are excused are addresses of the router', () => {
    const names = pages.map(nameOf)
    expect([...Object.keys(noPages), ...Object.keys(afterSomething)].filter((name) => !names.includes(name))).toEqual(
      [],
    )
  })

  it('lead to an address of the router, but for those that are not there', () => {
    const places = people.flatMap((person) => person.places(records)).filter(({ status }) => status !== 404)
    const lost = places.filter(
      ({ address }) => !pages.some((room) => patternOf(room).test(address.replace(/\?.*/, ''))),
    )
    expect(lost).toEqual([])
  })
})
