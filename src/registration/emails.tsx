/** What the owner of a mailbox is told. Whoever typed the address may be somebody else: no names, no reasons. */

import { linkTitles, type RegistrationLink } from '../clinic/registration-settings.ts'
import { type Letter, letter, type Sender } from '../mail/letter.ts'

export const registrationLink = (clinic: Sender, link: RegistrationLink, href: string): Letter =>
  letter({
    clinic,
    subject: `${linkTitles[link]} – ${clinic.name}`,
    paragraphs: [
      `Somebody asked to use the online diary of ${clinic.name} with this email address.`,
      link === 'existing'
        ? 'Follow the link and choose a password. Then you can log on.'
        : 'Follow the link, tell us who you are and choose a password. Then you can log on.',
    ],
    action: { label: linkTitles[link], href },
    after: [
      'The link works once, for 24 hours.',
      'If you did not ask for this, you need do nothing. Nobody can use this address without this mail.',
    ],
  })

/** One text for every reason: to say which would tell whoever shares the mailbox (product.md). */
export const pleaseCall = (clinic: Sender, clinicUrl: string): Letter =>
  letter({
    clinic,
    subject: `Please call ${clinic.name}`,
    paragraphs: [
      `Somebody asked to use the online diary of ${clinic.name} with this email address. We could not register you online.`,
      `Please call ${clinic.name} on ${clinic.phone}. The staff can help you at once.`,
      'If you already have online access, log on, or set a new password on the logon page.',
    ],
    action: { label: 'To the logon page', href: clinicUrl },
    after: ['If you did not ask for this, you need do nothing.'],
  })
