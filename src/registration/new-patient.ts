/** What a new patient tells us about themselves behind the link of their mail, and what is wrong with it. */
import { type PatientRecord, phoneProblem, readPatient } from '../patients/patient-record.ts'
import type { Problems } from '../web/form.ts'
import { readBirthDate } from './birth-date.ts'
import { isUnderAge, leastAge } from './registration.ts'

/** @param email proven by the link, never typed here @param today 'YYYY-MM-DD' in the clinic's zone */
export function readNewPatient(
  typed: Record<string, string>,
  email: string,
  clinic: { name: string; phone: string; privacyNoticeVersion: number },
  today: string,
): { record: PatientRecord; problems: Problems } {
  const { first_name = '', last_name = '', phone = '', dob_day = '', dob_month = '', dob_year = '' } = typed
  const asked = { first_name, last_name, phone, dob_day, dob_month, dob_year, email }
  const { record, problems } = readPatient(asked, today, { phone: 'Phone number' })
  const birth = readBirthDate(typed, 'dob', today)
  const young = isUnderAge(birth.date, today)
  const own: Record<string, string | undefined | false> = {
    first_name: /\p{L}/u.test(record.firstName) ? problems.first_name : 'Enter your first name',
    last_name: record.lastName === '' ? 'Enter your last name' : problems.last_name,
    dob: young ? tooYoung(clinic) : birth.problem,
    phone: record.phone === '' ? phoneProblem : problems.phone,
    privacy_notice: noticeProblem(typed, clinic.privacyNoticeVersion),
  }
  return { record, problems: Object.fromEntries(Object.entries(own).filter(isProblem)) }
}

/** Whoever was shown an older version is asked again. A form that does not say was not opened on our page: it is current. */
const isOlderNotice = (typed: Record<string, string>, current: number): boolean =>
  typed.privacy_version !== undefined && typed.privacy_version !== String(current)

function noticeProblem(typed: Record<string, string>, current: number): string | false {
  if (isOlderNotice(typed, current))
    return 'We have just changed this notice. Read it as it is now, and tick the box again'
  return typed.privacy_notice !== 'on' && 'Read how we use your information, and tick the box'
}

const isProblem = (entry: [string, string | undefined | false]): entry is [string, string] => Boolean(entry[1])

const tooYoung = ({ name, phone }: { name: string; phone: string }) =>
  `Online access is for people of ${leastAge} and over. A parent or guardian should call ${name} on ${phone}`
