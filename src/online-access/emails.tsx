/** What a patient is sent when staff give them access. */
import { type Letter, letter, type Sender } from '../mail/letter.ts'

/** The recommended way: nothing secret in the mail works twice. */
export const accessLink = (clinic: Sender, email: string, href: string): Letter =>
  letter({
    clinic,
    subject: `Set up your online access – ${clinic.name}`,
    paragraphs: [
      `${clinic.name} has given you access to its online diary.`,
      `Follow the link and choose a password. You will log on with this email address, ${email}.`,
    ],
    action: { label: 'Choose a password', href },
    after: [
      'The link works once, for 72 hours.',
      `If you did not expect this, call ${clinic.name} on ${clinic.phone}.`,
    ],
  })

export const accessPassword = (clinic: Sender, clinicUrl: string, email: string, password: string): Letter =>
  letter({
    clinic,
    subject: `Your online access – ${clinic.name}`,
    paragraphs: [`${clinic.name} has given you access to its online diary. Log on with these details.`],
    facts: [
      { term: 'Address', value: clinicUrl },
      { term: 'Email address', value: email },
      { term: 'Temporary password', value: password },
    ],
    action: { label: 'Log on', href: clinicUrl },
    after: [
      'The temporary password works once, for 72 hours. You choose your own when you log on.',
      `If you did not expect this, call ${clinic.name} on ${clinic.phone}.`,
    ],
  })
