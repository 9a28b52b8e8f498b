import type { Holder } from '../../../patients/patient-store.ts'
import { HolderList } from '../../../patients/shared-address.tsx'
import { dateIn } from '../../../web/dates.ts'
import { DateFields, TextField, TickBox } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { Notice } from '../../../web/parts.tsx'

interface NewPatientProps {
  base: string
  timezone: string
  now: number
  typed: Record<string, string>
  problems: Problems
  /** Called like the new one. */
  alike: Holder[]
}

export function NewPatient({ base, timezone, now, typed, problems, alike }: NewPatientProps) {
  const field = (name: string, label: string) => ({ name, label, value: typed[name], problem: problems[name] })
  return (
    <fieldset class="new-patient">
      <legend>New patient</legend>
      <TextField {...field('first_name', 'First name')} />
      <TextField {...field('last_name', 'Last name')} hint="Type - if they have one name only" />
      <DateFields
        name="dob"
        legend={
          <>
            Date of birth<span class="optional"> (optional)</span>
          </>
        }
        hint="For example, 27 3 2007"
        problem={problems.dob}
        typed={typed}
      />
      <TextField {...field('mobile', 'Mobile phone')} type="tel" width="medium" optional />
      <TextField {...field('email', 'Email address')} type="email" optional />
      {alike.length > 0 && (
        <Notice tone="warning">
          <p>This may be the same person as:</p>
          <HolderList base={base} holders={alike} today={dateIn(now, timezone)} />
          <TickBox name="add_anyway" problem={problems.add_anyway}>
            Add anyway: this is a different person
          </TickBox>
        </Notice>
      )}
    </fieldset>
  )
}
