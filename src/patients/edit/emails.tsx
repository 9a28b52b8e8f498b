/** When a logon address changes, both addresses hear of it. The old one may never have been the patient's: no name. */
import { type Letter, letter, type Sender } from '../../mail/letter.ts'

export const emailChangedOld = (clinic: Sender): Letter =>
  letter({
    clinic,
    subject: `Your email address at ${clinic.name} was changed`,
    paragraphs: [
      `This email address was the one to log on to the diary of ${clinic.name} with. The clinic has replaced it with another address.`,
      'You can no longer log on with this address, and links that we sent to it no longer work.',
    ],
    after: [`If you did not ask for this, call ${clinic.name} on ${clinic.phone}.`],
  })

/** @param hasPassword false: they have not set up their online access yet */
export const emailChangedNew = (clinic: Sender, clinicUrl: string, hasPassword: boolean): Letter =>
  letter({
    clinic,
    subject: `${clinic.name} now has this email address for you`,
    paragraphs: [
      `${clinic.name} has changed the email address on your record to this one.`,
      hasPassword
        ? 'From now on, log on to the diary with this address. Your password stays the same.'
        : `Links that we sent to your old address no longer work. To set up your online access, call ${clinic.name} on ${clinic.phone}.`,
    ],
    action: hasPassword ? { label: 'Log on', href: clinicUrl } : undefined,
    after: [`If you did not ask for this, call ${clinic.name} on ${clinic.phone}.`],
  })
