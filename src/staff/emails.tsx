/** What a member of the staff is sent: a way to log on, and word that their address has changed. */
import { type Letter, letter, type Sender } from '../mail/letter.ts'

export const staffLink = (clinic: Sender, username: string, href: string): Letter =>
  letter({
    clinic,
    subject: `Your account for the diary of ${clinic.name}`,
    paragraphs: [
      `You have an account for the diary of ${clinic.name}.`,
      `Follow the link and choose a password. You will log on with your username, ${username}.`,
    ],
    action: { label: 'Choose a password', href },
    after: [
      'The link works once, for 72 hours.',
      `If you did not expect this, call ${clinic.name} on ${clinic.phone}.`,
    ],
  })

/** To the old address, which may never have been theirs: no name. */
export const staffEmailChanged = (clinic: Sender): Letter =>
  letter({
    clinic,
    subject: `The email address of your account at ${clinic.name} was changed`,
    paragraphs: [
      `This email address stood on a staff account for the diary of ${clinic.name}. The manager has replaced it with another, or taken it away.`,
      'Links to set a password are no longer sent to this address, and those that were sent no longer work.',
    ],
    after: [`If you did not expect this, call ${clinic.name} on ${clinic.phone}.`],
  })
