/** The registration desk: what the machine had to refuse, in the words that staff work with. */

/** The true reason of every entry, and what to do about it. */
const reasons = {
  unknown: {
    title: 'No patient has this email address',
    advice: 'If it is a patient of yours, put the address on their record. Then they can register again.',
  },
  shared: {
    title: 'Several patients have this email address',
    advice:
      'Only one record may hold the address that somebody logs on with. Let one of them act for the others, or give the others another address, or none.',
  },
  archived: {
    title: 'The record with this address is archived',
    advice: 'Archived patients cannot log on. Talk to the patient first.',
  },
  'already-active': {
    title: 'This patient has online access already',
    advice: 'They can log on, or set a new password on the logon page. You can send them a set-up link.',
  },
  inactive: {
    title: 'Staff have set this patient’s access to inactive',
    advice: 'Only staff can set it to active again.',
  },
  'under-age': {
    title: 'This patient is under 16',
    advice: 'A parent or guardian should call. Decide with them.',
  },
  known: {
    title: 'Asked as a new patient, but the address is on a record',
    advice:
      'If it is the same person, they do not need to register. Give their record online access; if it is active already, send a set-up link.',
  },
  closed: {
    title: 'Registration was switched off before it was finished',
    advice: 'Switch it on again, or give the patient online access from their record.',
  },
  'wrong-birth-date': {
    title: 'The date of birth was wrong five times',
    advice: 'The link is dead. Check the date of birth on the record with the patient, and send a set-up link.',
  },
  'possible-duplicate': {
    title: 'Registered, and may be here twice',
    advice:
      'A new record was made. Another one has the same name and date of birth. Check with the patient, then merge them.',
  },
  'too-late': {
    title: 'Something changed while the registration was being finished',
    advice: 'Ask the patient to register again, or give them online access from their record.',
  },
} as const
type Reason = keyof typeof reasons

export const reasonOf = (because: string | null) => reasons[(because ?? '') as Reason] ?? reasons['too-late']

type Comparison = 'match' | 'differs' | 'missing'
export const comparisonLabels: Record<Comparison, string> = {
  match: 'the same',
  differs: 'differs',
  missing: 'not on the record',
}

/** How one field of a record compares with what was asked; null when the person did not tell it. */
export function compared(asked: string | null | undefined, onRecord: string | null | undefined): Comparison | null {
  if (!asked) return null
  if (!onRecord) return 'missing'
  return folded(asked) === folded(onRecord) ? 'match' : 'differs'
}

/** Case, spaces and punctuation do not count; phone numbers compare by their figures. */
function folded(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase()
  const figures = plain.replace(/[^\d]/g, '').replace(/^(0044|44)(?=\d{9,10}$)/, '0')
  return /^[+\d\s()./-]+$/.test(plain) && !/^\d{4}-\d\d-\d\d$/.test(plain) ? figures : plain.replace(/\s+/g, ' ').trim()
}

export const longestReason = 300 // characters of a dismissal

/** Stands as the reason where records were corrected by merging them. */
export const mergedSettlement = 'merged'
