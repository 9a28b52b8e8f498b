/** What is mailed when a patient changes the address they log on with. No name: the new address may not be theirs yet. */
import { type Letter, letter, type Sender } from '../../mail/letter.ts'

/** To the new address, which is nobody's here. */
export const emailProof = (clinic: Sender, href: string): Letter =>
  letter({
    clinic,
    subject: `Confirm your new email address for ${clinic.name}`,
    paragraphs: [`Somebody asked to log on to the diary of ${clinic.name} with this address from now on.`],
    action: { label: 'Confirm this address', href },
    after: [
      'The link works once, for 24 hours. Until then nothing changes.',
      'If you did not ask for this, you need do nothing.',
    ],
  })

/** To an address that cannot be used. It does not say why: several people may read this mailbox. */
export const emailRefused = (clinic: Sender): Letter =>
  letter({
    clinic,
    subject: `About your email address at ${clinic.name}`,
    paragraphs: [
      `Somebody asked to log on to the diary of ${clinic.name} with this address from now on. That cannot be done online.`,
    ],
    after: [
      `If it was you, call ${clinic.name} on ${clinic.phone}.`,
      'If you did not ask for this, you need do nothing. Nothing has changed.',
    ],
  })

/** To the old address, once it is done. */
export const emailLeft = (clinic: Sender): Letter =>
  letter({
    clinic,
    subject: `Your email address at ${clinic.name} was changed`,
    paragraphs: [
      `This email address was the one to log on to the diary of ${clinic.name} with. It was replaced with another address, with your password and a link to the new one.`,
      'You can no longer log on with this address, and links that we sent to it no longer work.',
    ],
    after: [`If you did not do this, call ${clinic.name} on ${clinic.phone} at once.`],
  })

/** To the new address, once it is done. */
export const emailTaken = (clinic: Sender, clinicUrl: string): Letter =>
  letter({
    clinic,
    subject: `${clinic.name} now has this email address for you`,
    paragraphs: ['From now on, log on to the diary with this address. Your password stays the same.'],
    action: { label: 'Log on', href: clinicUrl },
    after: [`If you did not do this, call ${clinic.name} on ${clinic.phone}.`],
  })
