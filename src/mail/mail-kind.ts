/** What each kind of mail is called when staff read what was mailed. */
export const mailKinds = {
  'registration-link': 'Registration link',
  'please-call': 'Message to call the clinic',
  'access-link': 'Set-up link',
  'access-password': 'Temporary password',
  'reset-link': 'Link to set a new password',
  'password-changed': 'Notice: password changed',
  'email-changed-old': 'Notice to the old address: email changed',
  'email-changed-new': 'Notice to the new address: email changed',
  'second-factor-changed': 'Notice: second factor changed',
  'second-factor-removed': 'Notice: second factor removed by the operator',
  'recovery-code-used': 'Notice: recovery code used',
  'passkeys-changed': 'Notice: passkeys changed',
  'email-proof': 'Link to confirm a new email address',
  'email-refused': 'Message to call about a new email address',
  'staff-link': 'Set-up link for staff',
  'appointment-booked': 'Appointment booked',
  'appointment-moved': 'Appointment moved',
  'appointment-cancelled': 'Appointment cancelled',
  'appointment-reminder': 'Reminder of an appointment',
} as const
export type MailKind = keyof typeof mailKinds
