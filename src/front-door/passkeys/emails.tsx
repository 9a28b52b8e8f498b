/** What people are told by mail about their passkeys. */
import { type Letter, letter, type Sender } from '../../mail/letter.ts'

const ifNotYou = ({ name, phone }: Sender) =>
  `If you did not do this, set a new password at once, and call ${name} on ${phone}.`

export const passkeyAdded = (clinic: Sender, isStaff: boolean): Letter =>
  letter({
    clinic,
    subject: `A passkey was added to your account at ${clinic.name}`,
    paragraphs: [
      `You can now log on to the diary of ${clinic.name} with the fingerprint, the face or the PIN of your device.`,
      ...(isStaff ? ['Everywhere else you were logged on, you have been logged off.'] : []),
    ],
    after: [ifNotYou(clinic)],
  })

/** @param name as its owner calls it */
export const passkeyRemoved = (clinic: Sender, name: string): Letter =>
  letter({
    clinic,
    subject: `A passkey was removed from your account at ${clinic.name}`,
    paragraphs: [`The passkey “${name}” no longer lets anybody in to the diary of ${clinic.name}.`],
    after: [ifNotYou(clinic)],
  })
