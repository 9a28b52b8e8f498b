import { calledName, fullName } from '../patients/patient.ts'
import type { Patient } from '../schema.ts'
import { Breadcrumb, Notice } from '../web/parts.tsx'
import type { Refusal } from './grant.ts'

interface RefusedProps {
  base: string
  today: string
  patient: Patient
  holder: Patient
  because: Refusal
}

/** Why not, and the way out of it. */
export function RefusedPage({ base, patient, holder, because }: RefusedProps) {
  const record = `${base}/patients/${patient.id}`
  const way = waysOut(because, record, `${base}/patients/${holder.id}`)
  return (
    <>
      <Breadcrumb href={record}>{fullName(patient)}</Breadcrumb>
      <h1>
        Let {fullName(holder)} act for {fullName(patient)}
      </h1>
      <Notice tone="warning" id="holder">
        <p>{refusalWords(because, patient, holder)}.</p>
        <p>
          {way && (
            <>
              <a href={way.href}>{way.words}</a>
              {' · '}
            </>
          )}
          <a href={`${record}/acting-for`}>Choose somebody else</a>
        </p>
      </Notice>
    </>
  )
}

function waysOut(because: Refusal, record: string, holder: string): { href: string; words: string } | undefined {
  if (because === 'holder-archived') return { href: holder, words: 'Open the record and restore it' }
  if (because === 'no-email') return { href: `${holder}/edit#email`, words: 'Add an email address' }
  if (because === 'already') return { href: `${record}#acting`, words: 'See until when' }
  if (because === 'logs-on') return { href: `${record}/online-access`, words: 'Open online diary access' }
  if (because === 'acts-too') return { href: `${record}#acting`, words: 'See for whom' }
  return undefined
}

/** Without a full stop: it may stand in the error summary. */
export function refusalWords(because: Refusal, patient: Patient, holder: Patient): string {
  const [name, holderName] = [calledName(patient), fullName(holder)]
  const words: Record<Refusal, string> = {
    'patient-archived': `The record of ${fullName(patient)} is archived`,
    themselves: `${fullName(patient)} is the patient of this record. Somebody else has to act for them`,
    'holder-archived': `The record of ${holderName} is archived, so they cannot log on`,
    'no-email': `${holderName} has no email address to log on with`,
    'under-age': `${holderName} is under 16 and cannot act for others`,
    already: `${holderName} may act for ${name} already`,
    'logs-on': `${name} logs on with ${patient.email} too. Set ${name}’s online access to inactive first, or give one of them another address`,
    'acts-too': `${name} acts for others with the address ${patient.email}, and would lose it. End that first, or give one of them another address`,
  }
  return words[because]
}
