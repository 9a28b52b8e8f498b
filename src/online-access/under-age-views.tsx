import { calledName } from '../patients/patient.ts'
import { leastAge } from '../registration/registration.ts'
import type { Patient } from '../schema.ts'
import { TickBox } from '../web/fields.tsx'
import { Notice } from '../web/parts.tsx'

/** Stands in the form that gives online access, before its button. */
export const AskUnderAge = ({ patient, problem }: { patient: Patient; problem?: string }) => (
  <>
    <Notice tone="warning">
      <p>
        <strong>
          {calledName(patient)} is under {leastAge} and cannot register online.
        </strong>{' '}
        Decide with a parent or guardian, and agree who reads {patient.email}.
      </p>
    </Notice>
    <TickBox name="under_age" problem={problem} hint={`The audit says that the patient was under ${leastAge}`}>
      Give {calledName(patient)} online access
    </TickBox>
  </>
)
