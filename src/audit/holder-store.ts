/** Who did something for a patient online, where that was an account holder who acts for them: a join that reads nothing else. */
import { and, eq, ne, sql } from 'drizzle-orm'
import { audit, patient } from '../schema.ts'

export const isHolder = and(
  ne(audit.byPatient, audit.ofPatient),
  eq(patient.clinicId, audit.clinicId),
  eq(patient.id, audit.byPatient),
)

export const holderName = sql<string | null>`CASE ${patient.lastName} WHEN '-' THEN ${patient.firstName}
  ELSE ${patient.firstName} || ' ' || ${patient.lastName} END`.as('holder_name')
