/** The head of a patient's record, the same on each of its tabs. */

import type { Patient } from '../schema.ts'
import { plainDateInWords } from '../web/dates.ts'
import { PhoneLink } from '../web/layout.tsx'
import { Breadcrumb } from '../web/parts.tsx'
import { ageInWords, fullName } from './patient.ts'

const tabs = [
  { tab: 'details', label: 'Details', path: '' },
  { tab: 'appointments', label: 'Appointments', path: '/appointments' },
  { tab: 'online-access', label: 'Online diary access', path: '/online-access' },
  { tab: 'history', label: 'History', path: '/history' },
] as const

interface PatientHeadingProps {
  base: string
  patient: Pick<
    Patient,
    'id' | 'firstName' | 'lastName' | 'preferredName' | 'dateOfBirth' | 'mobile' | 'phone' | 'email'
  >
  /** 'YYYY-MM-DD' in the clinic's zone */
  today: string
  current: (typeof tabs)[number]['tab']
}

/** The page's h1 is the patient's name; what the tab is about starts at h2. */
export function PatientHeading({ base, patient, today, current }: PatientHeadingProps) {
  const { id, dateOfBirth, email } = patient
  const phone = patient.mobile || patient.phone
  return (
    <>
      <Breadcrumb href={`${base}/patients`}>Patients</Breadcrumb>
      <div class="patient-heading">
        <h1>{fullName(patient)}</h1>
        <ul class="meta">
          {patient.preferredName && <li>Called {patient.preferredName}</li>}
          <li>
            {dateOfBirth
              ? `Born ${plainDateInWords(dateOfBirth)}, ${ageInWords(dateOfBirth, today)}`
              : 'Date of birth not provided'}
          </li>
          <li>{phone ? <PhoneLink phone={phone} /> : 'No phone number'}</li>
          <li>{email || 'No email address'}</li>
        </ul>
      </div>
      <nav class="tabs" aria-label="Patient record">
        <ul>
          {tabs.map(({ tab, label, path }) => (
            <li>
              <a href={`${base}/patients/${id}${path}`} aria-current={tab === current ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  )
}
