/** What each act is called where staff read the audit. */
import { type MailKind, mailKinds } from '../mail/mail-kind.ts'
import { momentInWords, plainDateInWords } from '../web/dates.ts'
import { inDigits } from '../web/numbers.ts'
import type { AuditedAct } from './audit-store.ts'

export const actLabels: Partial<Record<AuditedAct, string>> & Record<string, string> = {
  'logged-on': 'Logged on',
  'logon-refused': 'Was refused at the door',
  'logged-off': 'Logged off',
  'second-factor-asked': 'Typed the right password and was asked for the second factor',
  'second-factor-refused': 'Was refused at the second factor',
  'second-factor-added': 'Added an authenticator app',
  'second-factor-removed': 'Removed the authenticator app',
  'recovery-codes-made': 'Made new recovery codes',
  'recovery-code-used': 'Used a recovery code',
  'passkey-added': 'Added a passkey',
  'passkey-renamed': 'Renamed a passkey',
  'passkey-removed': 'Removed a passkey',
  'staff-second-factor-removed': 'Removed the lost second factor of staff',
  'second-factor-settings-changed': 'Changed whether staff need a second factor',
  'password-changed': 'Changed the password',
  'password-forgotten': 'Asked for a link to set a new password',
  'password-set-by-link': 'Set the password by a link',
  'password-set-at-counter': 'Set the password at the counter',
  'patient-added': 'Added the patient',
  'patient-changed': 'Changed the record',
  'email-change-asked': 'Asked for another email address to log on with',
  'patient-archived': 'Archived the record',
  'patient-restored': 'Restored the record',
  'patients-merged': 'Merged another record into this one',
  'registration-invited': 'Was invited by registration',
  'registration-refused': 'Was refused by registration',
  'registration-completed': 'Registered online',
  'registration-settled': 'Settled a registration',
  'access-activated': 'Set online access to active',
  'access-deactivated': 'Set online access to inactive',
  'access-password-generated': 'Generated a temporary password',
  'access-mailed': 'Sent the access mail',
  'acting-granted': 'Let somebody act for the patient',
  'acting-ended': 'Ended that somebody acts for the patient',
  'counter-opened': 'Showed a code at the counter',
  'counter-cancelled': 'Cancelled the code at the counter',
  'mail-settled': 'Dealt with a mail that was given up',
  'counter-stopped': 'Was stopped at the counter after five wrong dates of birth',
  'staff-password-generated': 'Generated a temporary password for staff',
  'staff-mailed': 'Sent a set-up link to staff',
  'registration-settings-changed': 'Changed the registration settings',
  'appointment-booked': 'Booked an appointment',
  'appointment-moved': 'Moved an appointment',
  'appointment-cancelled': 'Cancelled an appointment',
  'appointment-arrived': 'Marked an appointment as arrived',
  'appointment-fulfilled': 'Marked an appointment as seen',
  'appointment-noshow': 'Marked an appointment as did not attend',
  'appointment-status-undone': 'Took back the last mark on an appointment',
  'appointment-note-changed': 'Changed the note of an appointment',
  'practitioner-added': 'Added a practitioner to the diary',
  'practitioner-changed': 'Changed a practitioner in the diary',
  'practitioner-ended': 'Took a practitioner off the diary',
  'practitioner-feed-changed': 'Changed a calendar feed',
  'working-hours-changed': 'Changed working hours',
  'absence-added': 'Added an absence',
  'absence-removed': 'Removed an absence',
  'closed-day-added': 'Added a closed day',
  'closed-day-removed': 'Removed a closed day',
  'appointment-type-added': 'Added an appointment type',
  'appointment-type-changed': 'Changed an appointment type',
  'appointment-type-retired': 'Retired an appointment type',
  'booking-rules-changed': 'Changed the booking rules',
  'clinic-details-changed': 'Changed the clinic’s details',
  'public-words-changed': 'Changed the words on the public pages',
  'colour-changed': 'Changed the clinic’s colour',
  'logo-changed': 'Changed the clinic’s logo',
  'logo-removed': 'Removed the clinic’s logo',
  'privacy-draft-changed': 'Changed the draft of the privacy notice',
  'privacy-notice-published': 'Published a privacy notice',
  'staff-sessions-ended': 'Ended the sessions of staff',
  'staff-activated': 'Activated the staff account',
  'staff-deactivated': 'Deactivated the staff account',
  'staff-changed': 'Changed the staff account',
  'sessions-ended': 'Ended their other sessions',
  'acting-switched': 'Switched whose pages they see',
  'staff-added': 'Added the staff account',
  'clinic-closed': 'Closed the clinic',
  'clinic-created': 'Set the clinic up',
  'page-refused': 'Was refused a page',
  'password-refused': 'Typed a wrong current password',
  'audit-exported': 'Downloaded the audit',
  'mail-sent': 'Mail sent',
  'mail-abandoned': 'Mail given up',
}

/** An act without a label yet reads as its code, in words. */
export const actInWords = (act: string): string => actLabels[act] ?? act.replaceAll('-', ' ')

/** What a reader is told of each code; a field without words is for the machine and is left out. */
const fields: Record<string, (value: string) => string> = {
  because: (value) => reasons[value] ?? plain(value),
  by: (value) => ways[value] ?? '', // the operator stands under "Who"
  fields: (value) => `changed: ${value.split(' ').map(plain).join(', ')}`,
  from: (value) => `from ${momentOr(value)}`,
  to: (value) => `to ${momentOr(value)}`,
  asked: (value) => `the ${value} asked for it`,
  outside: (value) => `outside the rules: ${plain(value)}`,
  wasOutside: () => 'was outside the rules before',
  told: () => 'the patient was told',
  underAge: () => 'the patient was under 16',
  undo: () => 'taken back',
  days: (value) => `on ${value.split(' ').map(momentOr).join(', ')}`,
  date: (value) => `on ${momentOr(value)}`,
  name: (value) => `“${value}”`,
  again: () => 'invited again',
  relation: (value) => `as ${plain(value)}`,
  ends: (value) => `until ${momentOr(value)}`,
  review: (value) => `to be looked at again on ${momentOr(value)}`,
  renewed: () => 'renewed',
  required: (value) => (value === 'true' ? 'asked of everybody' : 'up to each of them'),
  left: (value) => `${value} left`,
  outcome: (value) => outcomes[value] ?? plain(value),
  feed: (value) => plain(value),
  names: (value) => (value === 'true' ? 'with names' : 'without names'),
  role: (value) => `as ${plain(value)}`,
  link: (value) => (value === 'set-up' ? 'with a set-up link' : `by the link for ${value} patients`),
  settlement: (value) => plain(value),
  which: (value) => (value === 'one' ? 'one of them' : 'all but this one'),
  allowExisting: (value) => `existing patients may register: ${yesOrNo(value)}`,
  allowNew: (value) => `new patients may register: ${yesOrNo(value)}`,
  kind: (value) => (isMailKind(value) ? mailKinds[value] : plain(value)),
  rows: (value) => `${inDigits(Number(value))} ${value === '1' ? 'row' : 'rows'}`,
  room: (value) => value.replace(/^(GET|POST) \/:clinic/, '').replaceAll(/:(\w+)/g, '…') || 'the logon page',
}
/** Ids, and what others count by. */
const silent = [
  ...['mail', 'registration', 'version', 'appointment', 'practitioner', 'fromPractitioner'],
  ...['absence', 'type', 'passkey', 'file', 'holder', 'merged'],
]

/** What came of asking for another email address. */
const outcomes: Record<string, string> = { taken: 'another record has it', link: 'a link was mailed' }

/** With what somebody logged on (front-door/let-in.ts). */
const ways: Record<string, string> = {
  password: 'with a password',
  code: 'with a password and a code',
  'recovery-code': 'with a password and a recovery code',
  passkey: 'with a passkey',
}

const reasons: Record<string, string> = {
  wrong: 'the password was wrong',
  'too-many': 'there were too many tries',
  'changed-meanwhile': 'the account was changed meanwhile',
  role: 'the page is for others',
  'foreign-form': 'the form came from another website',
  invited: 'a link was mailed',
  unknown: 'nobody here has this address',
  'already-active': 'there is online access already',
  inactive: 'online access was set to inactive',
  'under-age': 'under 16',
  archived: 'the record is archived',
  shared: 'several patients have this address',
  known: 'a patient here has this address',
  closed: 'registration is switched off',
  'wrong-birth-date': 'five wrong dates of birth',
  'too-late': 'somebody was faster',
}

/** A status, a date, or a moment as the clinic's clock showed it: '2026-12-02T09:00+00:00'. */
function momentOr(code: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(code)) return plainDateInWords(code)
  return /^\d{4}-\d\d-\d\dT/.test(code) ? momentInWords(Date.parse(`${code.slice(0, 16)}Z`), 'UTC') : plain(code)
}

const plain = (code: string): string =>
  code
    .replaceAll(/[-_]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
const yesOrNo = (value: string): string => (value === 'true' ? 'yes' : 'no')
const isMailKind = (kind: string): kind is MailKind => kind in mailKinds

/** "the password was wrong" · "changed: last name, email". What a new act adds reads as its code. @param detail JSON */
export const detailInWords = (detail: string): string =>
  Object.entries(JSON.parse(detail) as Record<string, unknown>)
    .filter(([name]) => !silent.includes(name))
    .map(([name, value]) => fields[name]?.(String(value)) ?? `${plain(name)}: ${plain(String(value))}`)
    .filter((words) => words !== '')
    .join(' · ')

/** Whether it was done, or somebody was kept from it, or it failed. */
export function outcomeInWords(act: string): 'Done' | 'Refused' | 'Failed' {
  if (act === 'mail-abandoned') return 'Failed'
  return act.endsWith('-refused') || act === 'counter-stopped' ? 'Refused' : 'Done'
}
