/** What staff are told by mail about their second factor. None of these mails holds a code or a key. */
import { type Letter, letter, type Sender } from '../../mail/letter.ts'

const ifNotYou = ({ name, phone }: Sender) =>
  `If you did not do this, somebody else may know your password. Set a new one, and call ${name} on ${phone}.`

export const appAdded = (clinic: Sender): Letter =>
  letter({
    clinic,
    subject: `An authenticator app was added to your account at ${clinic.name}`,
    paragraphs: [
      `To log on to the diary of ${clinic.name}, you now need your password and a code from your authenticator app.`,
      'Everywhere else you were logged on, you have been logged off.',
    ],
    after: [ifNotYou(clinic)],
  })

export const appRemoved = (clinic: Sender): Letter =>
  letter({
    clinic,
    subject: `The authenticator app was removed from your account at ${clinic.name}`,
    paragraphs: [
      `Codes of your authenticator app are no longer asked for when you log on to the diary of ${clinic.name}.`,
      'Everywhere else you were logged on, you have been logged off.',
    ],
    after: [ifNotYou(clinic)],
  })

export const newCodesMade = (clinic: Sender): Letter =>
  letter({
    clinic,
    subject: `New recovery codes for your account at ${clinic.name}`,
    paragraphs: ['You have made new recovery codes. The older ones no longer work.'],
    after: [ifNotYou(clinic)],
  })

/** @param left how many are left */
export const recoveryCodeUsed = (clinic: Sender, left: number, href: string): Letter =>
  letter({
    clinic,
    subject: `A recovery code was used to log on at ${clinic.name}`,
    paragraphs: [
      `Somebody has just logged on to the diary of ${clinic.name} with your password and one of your recovery codes.`,
      left === 0
        ? 'You have no recovery codes left. Make new ones now.'
        : `You have ${left} recovery ${left === 1 ? 'code' : 'codes'} left.`,
    ],
    action: { label: 'See your second factor', href },
    after: [ifNotYou(clinic)],
  })

/** What was lost was taken away: by the manager, or by the operator where no manager could. */
export const factorTakenAway = (clinic: Sender, by: 'manager' | 'operator'): Letter =>
  letter({
    clinic,
    subject: `Your second factor at ${clinic.name} was removed`,
    paragraphs: [
      `The ${by === 'manager' ? 'manager' : 'operator of the diary'} has removed your authenticator app, your passkeys and your recovery codes for the diary of ${clinic.name}, because they were lost. You have been logged off everywhere.`,
      'Log on with your password, and set up a new second factor.',
    ],
    after: [`If you did not ask for this, call ${clinic.name} on ${clinic.phone}.`],
  })
