/** What each act is called where staff read the audit. */
import type { AuditedAct } from './audit-store.ts'

export const actLabels: Partial<Record<AuditedAct, string>> & Record<string, string> = {
  'logged-on': 'Logged on',
  'logon-refused': 'Was refused at the door',
  'logged-off': 'Logged off',
  'password-changed': 'Changed the password',
  'password-forgotten': 'Asked for a link to set a new password',
  'password-set-by-link': 'Set the password by a link',
  'patient-added': 'Added the patient',
  'patient-changed': 'Changed the record',
  'registration-invited': 'Was invited by registration',
  'registration-refused': 'Was refused by registration',
  'registration-completed': 'Registered online',
  'registration-settled': 'Settled a registration',
  'access-activated': 'Set online access to active',
  'access-deactivated': 'Set online access to inactive',
  'access-password-generated': 'Generated a temporary password',
  'access-mailed': 'Sent the access mail',
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
  'staff-added': 'Added the staff account',
  'clinic-closed': 'Closed the clinic',
  'clinic-created': 'Set the clinic up',
  'page-refused': 'Was refused a page',
  'mail-sent': 'Mail sent',
  'mail-abandoned': 'Mail given up',
}

/** An act without a label yet reads as its code, in words. */
export const actInWords = (act: string): string => actLabels[act] ?? act.replaceAll('-', ' ')

/** "because: wrong · link: existing": codes and ids, never a name or an address. @param detail JSON */
export const detailInWords = (detail: string): string =>
  Object.entries(JSON.parse(detail) as Record<string, unknown>)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ')
