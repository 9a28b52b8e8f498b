/** The fields of a patient's record: what they are called, how they are read, and what two versions differ in. */
import { readBirthDate } from '../registration/birth-date.ts'
import { emailAddress, emailProblem } from '../registration/email-address.ts'
import type { Patient } from '../schema.ts'
import type { Problems } from '../web/form.ts'
import { hasHiddenCharacters, hasHiddenInLines, hasHiddenInName, lines, oneLine } from '../web/typed-text.ts'

/** Everything staff may type. Nothing else of the row can be set by a form. */
export type PatientRecord = Pick<Patient, RecordField | 'emailCanonical'>

/** In the order of the page. `name` is the field of the form, `longest` counts characters. */
export const recordFields = {
  title: { name: 'title', label: 'Title', longest: 30 },
  firstName: { name: 'first_name', label: 'First name', longest: 100 },
  lastName: { name: 'last_name', label: 'Last name', longest: 100 },
  preferredName: { name: 'preferred_name', label: 'Preferred name', longest: 100 },
  dateOfBirth: { name: 'dob', label: 'Date of birth', longest: 10 },
  email: { name: 'email', label: 'Email address', longest: 254 },
  mobile: { name: 'mobile', label: 'Mobile phone', longest: 40 },
  phone: { name: 'phone', label: 'Other phone', longest: 40 },
  address: { name: 'address', label: 'Address', longest: 400 },
  postcode: { name: 'postcode', label: 'Postcode', longest: 20 },
  notes: { name: 'notes', label: 'Notes', longest: 4000 },
} as const
export type RecordField = keyof typeof recordFields
export const recordFieldNames = Object.keys(recordFields) as RecordField[]

type Typed = Record<string, string>

/**
 * The record as typed, and what is wrong with it: the words per field, in the order of the page.
 * @param called what fields are called on a page that calls them otherwise
 */
export function readPatient(
  typed: Typed,
  today: string,
  called: Called = {},
): { record: PatientRecord; problems: Problems } {
  const birth = readBirthDate(typed, 'dob', today)
  const birthProblem = birth.isEmpty ? undefined : birth.problem // staff may leave it out
  const email = oneLine(typed.email)
  const record: PatientRecord = {
    title: oneLine(typed.title),
    firstName: oneLine(typed.first_name),
    lastName: oneLine(typed.last_name),
    preferredName: oneLine(typed.preferred_name),
    dateOfBirth: birth.date,
    email,
    emailCanonical: emailAddress(email)?.canonical ?? null,
    mobile: phoneLine(typed.mobile),
    phone: phoneLine(typed.phone),
    address: lines(typed.address),
    postcode: oneLine(typed.postcode),
    notes: lines(typed.notes),
  }
  const problems: Problems = {}
  for (const field of recordFieldNames) {
    const words = field === 'dateOfBirth' ? birthProblem : fieldProblem(field, record, called)
    if (words) problems[recordFields[field].name] = words
  }
  return { record, problems }
}

/** The record without the rest of its row. */
export const recordOf = (patient: Patient): PatientRecord =>
  Object.fromEntries([...recordFieldNames, 'emailCanonical' as const].map((name) => [name, patient[name]])) as never

/** The record, or some fields of it, as the form shows them. */
export function typedOf(record: PatientRecord, fields = recordFieldNames): Typed {
  const typed: Typed = {}
  for (const field of fields) {
    if (field === 'dateOfBirth') Object.assign(typed, birthDateTyped(record.dateOfBirth ?? ''))
    else typed[recordFields[field].name] = record[field]
  }
  return typed
}

/** What was found out later stands where its field stands. */
export const inPageOrder = (problems: Problems): Problems => {
  const names: string[] = recordFieldNames.map((field) => recordFields[field].name)
  return Object.fromEntries(Object.entries(problems).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b)))
}

/** Which fields differ, in the order of the page. */
export const changedFields = (before: PatientRecord, after: PatientRecord): RecordField[] =>
  recordFieldNames.filter((field) => (before[field] ?? '') !== (after[field] ?? ''))

type TextField = Exclude<RecordField, 'dateOfBirth'>
type Called = Partial<Record<TextField, string>>

function fieldProblem(field: TextField, record: PatientRecord, called: Called): string | undefined {
  const text = record[field]
  const { longest } = recordFields[field]
  const label = called[field] ?? recordFields[field].label
  if (text === '') return emptyProblems[field]
  if (text.length > longest) return `${label} must be ${longest} characters or fewer`
  if (hasHidden(field, text)) return `${label} has characters that cannot be seen. Type it again`
  if (field === 'email' && !record.emailCanonical) return emailProblem(text)
  if ((field === 'mobile' || field === 'phone') && !isPhone(text)) return phoneProblem
  return undefined
}

function hasHidden(field: TextField, text: string): boolean {
  if (isLines(field)) return hasHiddenInLines(text)
  return names.includes(field) ? hasHiddenInName(text) : hasHiddenCharacters(text)
}

const names: TextField[] = ['title', 'firstName', 'lastName', 'preferredName']

const isLines = (field: TextField): boolean => field === 'address' || field === 'notes'

const emptyProblems: Partial<Record<TextField, string>> = {
  firstName: 'Enter a first name',
  lastName: 'Enter a last name',
}

export const phoneProblem = 'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192'

/** Any format that can be dialled, with an extension. */
export const isPhone = (text: string): boolean =>
  /^\+?[\d\s()./-]+((ext|extension|x)\.?\s*\d+)?$/i.test(text) && text.replace(/\D/g, '').length >= 6

/** A number that is pasted brings figures of full width, long dashes, and marks of direction that nobody sees. */
const phoneLine = (text = ''): string =>
  oneLine(text.normalize('NFKC').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')).replace(
    /[\u2010-\u2015\u2212]/g,
    '-',
  )

/** '1951-05-03' as it is typed: 3 5 1951. */
function birthDateTyped(date: string): Typed {
  const [year = '', month = '', day = ''] = date.split('-')
  return { dob_day: day.replace(/^0/, ''), dob_month: month.replace(/^0/, ''), dob_year: year }
}
