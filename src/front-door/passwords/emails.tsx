/** What people are told by mail about their password. No mail of these holds one. */
import { type Letter, letter, type Sender } from '../../mail/letter.ts'

const callIfNotYou = ({ name, phone }: Sender) => `If you did not do this, call ${name} on ${phone}.`

export const resetLink = (clinic: Sender, href: string): Letter =>
  letter({
    clinic,
    subject: `Set a new password for ${clinic.name}`,
    paragraphs: [`Somebody asked to set a new password for the diary of ${clinic.name} with this address.`],
    action: { label: 'Set a new password', href },
    after: [
      'The link works once, for 1 hour.',
      'If you did not ask for this, you need do nothing. Your password stays as it is.',
    ],
  })

export const passwordChanged = (clinic: Sender, clinicUrl: string): Letter =>
  letter({
    clinic,
    subject: `Your password for ${clinic.name} was changed`,
    paragraphs: [
      `The password with which you log on to the diary of ${clinic.name} was changed.`,
      'Everywhere you were logged on before, you have been logged off.',
    ],
    action: { label: 'Log on', href: clinicUrl },
    after: [callIfNotYou(clinic)],
  })
