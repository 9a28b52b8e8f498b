/** Every form in which something can be typed wrong is sent wrong in a browser: the list of mistakes is held to the router. */
import { describe, expect, it } from 'vitest'
import { appMistakes, factorMistakes, lostFactorMistakes, stepMistakes } from './browser/factor-mistakes.ts'
import { cancelMistakes, patientMistakes, publicMistakes } from './browser/mistakes.ts'
import { hoursMistakes, managerMistakes, receptionMistakes, timeMistakes } from './browser/staff-mistakes.ts'
import { nameOf, rooms } from './support/site-map.ts'

const mistakes = [
  ...publicMistakes({ existing: '', isNew: '', password: '' }),
  ...patientMistakes(''),
  ...cancelMistakes(''),
  ...managerMistakes({ own: '', other: '' }),
  ...timeMistakes({ type: '', practitioner: '' }),
  ...hoursMistakes('/riverside/hours', '/:clinic/hours'),
  ...receptionMistakes({ shared: '', child: '', sharedAddress: '', gap: '', appointment: '' }),
  ...[...stepMistakes, ...factorMistakes({ passkey: '' }), ...appMistakes, ...lostFactorMistakes('', '')],
].map(({ room }) => `POST ${room}`)

/** A button and nothing else: it is pressed, or it is not. */
const buttons = [
  'POST /:clinic/logoff',
  'POST /:clinic/acting-for',
  'POST /:clinic/patients/:id/acting-for/:grant/ending',
  'POST /:clinic/appearance',
  'POST /:clinic/email/:token',
  'POST /:clinic/sessions/ending',
  'POST /:clinic/calendar-feed',
  'POST /:clinic/calendar-feed/ending',
  'POST /:clinic/passkeys/offer/refusal',
  'POST /:clinic/diary/appointments/:id/status',
  'POST /:clinic/diary/appointments/:id/undo',
  'POST /:clinic/hours/absence/:absence/removal',
  'POST /:clinic/invitations/:id/settlement',
  'POST /:clinic/invitations/again',
  'POST /:clinic/patients/:id/archiving',
  'POST /:clinic/patients/:id/restoring',
  'POST /:clinic/patients/:id/online-access/deactivation',
  'POST /:clinic/patients/:id/online-access/email',
  'POST /:clinic/patients/:id/online-access/password',
  'POST /:clinic/patients/:id/online-access/counter/:link/cancellation',
  'POST /:clinic/settings/appointment-types/:id/earlier',
  'POST /:clinic/settings/appointment-types/:id/retirement',
  'POST /:clinic/settings/closed-days/:date/removal',
  'POST /:clinic/settings/look/logo/removal',
  'POST /:clinic/settings/practitioners/:id/earlier',
  'POST /:clinic/settings/practitioners/:id/hours/absence/:absence/removal',
  'POST /:clinic/settings/privacy/draft/removal',
  'POST /:clinic/settings/texts/standard',
  'POST /:clinic/staff/:id/activation',
  'POST /:clinic/staff/:id/email',
  'POST /:clinic/staff/:id/password',
  'POST /:clinic/staff/:id/sessions/ending',
]

/** Forms in which nothing can be typed wrong, each with its reason. */
const others: Record<string, string> = {
  'POST /:clinic/patients/:id/acting-for/:grant/renewal': 'the same form, with the holder as they were',
  'POST /:clinic/appointments/:id/move': 'a time is chosen, not typed; one that is gone is a page of its own, 409',
  'POST /:clinic/diary/appointments/:id/move':
    'a time is chosen, not typed; one that is gone is a page of its own, 409',
  'POST /:clinic/settings/practitioners/:id/ending':
    'there is no button while something is booked, and the page lists it',
  'POST /:clinic/settings/privacy/publication': 'a button; the text was read before it was saved as a draft',
  'POST /:clinic/settings/registration': 'two switches: each way is right',
  'POST /:clinic/settings/closed-days/nation': 'a list in which every choice is right',
  'POST /:clinic/settings/texts/preview': 'a part of the page, as it is typed',
  'POST /:clinic/settings/privacy/draft/preview': 'a part of the page, as it is typed',
  'POST /:clinic/logon/passkey': 'the device answers, nobody types: browser/states.test.ts sends what is refused',
  'POST /:clinic/logon/passkey/challenge': 'a button',
  'POST /:clinic/logon/second-factor/passkey': 'the device answers, nobody types',
  'POST /:clinic/logon/second-factor/passkey/challenge': 'a button',
  'POST /:clinic/passkeys': 'the device answers, nobody types',
}

const posts = rooms()
  .filter(({ method }) => method === 'POST')
  .map(nameOf)
const excused = [...buttons, ...Object.keys(others)]

describe('the forms', () => {
  it('are all sent wrong in a browser', () => {
    expect(posts.filter((name) => !mistakes.includes(name) && !excused.includes(name))).toEqual([])
  })

  it('that are excused are addresses of the router, and are not sent wrong', () => {
    expect(excused.filter((name) => !posts.includes(name) || mistakes.includes(name))).toEqual([])
    expect(mistakes.filter((name) => !posts.includes(name))).toEqual([])
  })
})
