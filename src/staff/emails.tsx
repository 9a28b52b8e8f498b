/** What a member of the staff is sent when the manager gives them a way to log on. */
import { type Letter, letter } from '../mail/letter.ts'

interface Clinic {
  name: string
  phone: string
}

export const staffLink = (clinic: Clinic, username: string, href: string): Letter =>
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
