/** The mistakes around a second factor, and what the page then says. */
import { type Mistake, noPassword } from './mistakes.ts'

/** At the door, with the password typed already. */
export const stepMistakes: Mistake[] = [
  {
    ...{ is: 'half a code', address: '/riverside/logon/second-factor', typed: {}, press: 'Log on' },
    room: '/:clinic/logon/second-factor',
    secret: { 'Code from your authenticator app': '12345' },
    says: ['The code has 6 figures'],
  },
  {
    ...{ is: 'no recovery code', address: '/riverside/logon/second-factor/recovery', typed: {}, press: 'Log on' },
    room: '/:clinic/logon/second-factor/recovery',
    says: ['Enter a recovery code'],
  },
]

/** Of somebody who has an authenticator app and a passkey. @param passkey its path */
export const factorMistakes = ({ passkey }: { passkey: string }): Mistake[] => [
  {
    ...{ is: 'remove the app', address: '/riverside/second-factor/app/removal', typed: {}, press: 'Remove' },
    room: '/:clinic/second-factor/app/removal',
    says: [noPassword],
  },
  {
    ...{ is: 'new codes', address: '/riverside/second-factor/recovery-codes', typed: {}, press: 'Make new codes' },
    room: '/:clinic/second-factor/recovery-codes',
    says: [noPassword],
  },
  {
    ...{ is: 'no name for a passkey', address: passkey, typed: { Name: '' }, press: 'Save name' },
    room: '/:clinic/passkeys/:id/name',
    says: ['Enter a name'],
  },
  {
    ...{ is: 'remove a passkey', address: passkey, typed: {}, press: 'Remove' },
    room: '/:clinic/passkeys/:id/removal',
    says: [noPassword],
  },
  {
    ...{ is: 'another app', address: '/riverside/second-factor/app', typed: {}, press: 'Go on' },
    room: '/:clinic/second-factor/app',
    says: [noPassword],
  },
]

/** While the key of a new app is shown. */
export const appMistakes: Mistake[] = [
  {
    ...{ is: 'half a code of the app', address: '/riverside/second-factor/app', typed: {}, press: 'Add the app' },
    room: '/:clinic/second-factor/app/confirmation',
    secret: { 'Code that the app shows': '12' },
    says: ['The code has 6 figures'],
  },
]

/** @param colleague the path of the account of somebody who has a second factor, and the name */
export const lostFactorMistakes = (colleague: string, name: string): Mistake[] => [
  {
    ...{ is: 'take away a lost factor', address: `${colleague}/second-factor/removal`, typed: {} },
    room: '/:clinic/staff/:id/second-factor/removal',
    press: 'Remove lost second factor',
    says: [`Make sure first that it is ${name} who asks`],
  },
]
