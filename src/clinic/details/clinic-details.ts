/** What a clinic is called and how it is reached: how the form is read, and what two versions differ in. */
import { isPhone, phoneProblem } from '../../patients/patient-record.ts'
import { emailAddress, emailProblem } from '../../registration/email-address.ts'
import type { Clinic } from '../../schema.ts'
import type { Problems } from '../../web/form.ts'
import { hasHiddenCharacters, hasHiddenInLines, hasHiddenInName, lines, oneLine } from '../../web/typed-text.ts'

/** In the order of the page. `longest` counts characters; the table's CHECKs say the same. */
export const detailFields = {
  name: { label: 'Name of the clinic', longest: 120 },
  phone: { label: 'Phone number', longest: 40 },
  timezone: { label: 'Time zone', longest: 60 },
  address: { label: 'Postal address', longest: 400 },
  email: { label: 'Email address', longest: 254 },
  website: { label: 'Website', longest: 200 },
} as const
export type DetailField = keyof typeof detailFields
export const detailFieldNames = Object.keys(detailFields) as DetailField[]
export type ClinicDetails = Pick<Clinic, DetailField>

/** @param before the zone that the clinic has is always a zone, whatever the platform calls it today */
export function readDetails(
  typed: Record<string, string>,
  before: { timezone: string },
): { details: ClinicDetails; problems: Problems } {
  const details: ClinicDetails = {
    name: oneLine(typed.name),
    phone: oneLine(typed.phone),
    timezone: (typed.timezone ?? '').trim(),
    address: lines(typed.address),
    email: oneLine(typed.email),
    website: websiteOf(typed.website ?? ''),
  }
  const problems: Problems = {}
  for (const field of detailFieldNames) {
    const words = problemOf(field, details, before)
    if (words) problems[field] = words
  }
  return { details, problems }
}

export const changedDetails = (before: ClinicDetails, after: ClinicDetails): DetailField[] =>
  detailFieldNames.filter((field) => before[field] !== after[field])

function problemOf(field: DetailField, details: ClinicDetails, before: { timezone: string }): string | undefined {
  const text = details[field]
  const { label, longest } = detailFields[field]
  if (text.length > longest) return `${label} must be ${longest} characters or fewer`
  if (hasHidden(field, text)) return `${label} has characters that cannot be seen. Type it again`
  if (field === 'name' && text === '') return 'Enter the name of the clinic'
  if (field === 'phone' && !isPhone(text)) return phoneProblem
  if (field === 'timezone' && !isZone(text) && text !== before.timezone) return 'Select a time zone from the list'
  if (field === 'email' && text !== '' && !emailAddress(text)) return emailProblem(text)
  if (field === 'website' && text !== '' && !isWebsite(text))
    return 'Enter the address of your website, like www.example.com'
  return undefined
}

function hasHidden(field: DetailField, text: string): boolean {
  if (field === 'address') return hasHiddenInLines(text)
  return field === 'name' ? hasHiddenInName(text) : hasHiddenCharacters(text)
}

/** The zones of the IANA database that the platform knows, and no other name of them. */
export const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))]
const isZone = (text: string): boolean => zones().includes(text)

/** People type it without its beginning. */
function websiteOf(typed: string): string {
  const text = oneLine(typed)
  return text === '' || /^[a-z][a-z+.-]*:/i.test(text) ? text : `https://${text}`
}

/** An ordinary page of the public web: nothing else may become a link on ours. */
function isWebsite(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && /^[^.]+(\.[^.]+)+$/.test(hostname) && username === '' && password === ''
}
