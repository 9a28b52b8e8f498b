/** Two records become one: everything of it in one batch, which stops where one of them is not as it was any more. */
import type { Ask } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { endLinksOf } from '../../front-door/links/one-time-link-store.ts'
import { redirectNews, withdrawWaysIn } from '../../mail/waiting-store.ts'
import { endWaysIn } from '../../online-access/ending-store.ts'
import { expireTemporaryPassword } from '../../online-access/online-access-store.ts'
import { type Database, onlyIfChanged, type Statement } from '../../web/database.ts'
import { tellBothAddresses } from '../edit/telling.ts'
import type { PatientRecord } from '../patient-record.ts'
import { type AccessAfter, type Choice, fieldsTaken, isOpen, type Pair } from './merge.ts'
import {
  endAccess,
  keepRecord,
  letRecordGo,
  moveAccess,
  movePasskeys,
  readdressAccess,
  touchBoth,
} from './merge-store.ts'
import { moveAppointments, moveGrants, moveMails, moveRegistrations, settleDuplicates } from './moving-store.ts'

export interface Merge {
  pair: Pair
  choice: Choice
  record: PatientRecord
  access: AccessAfter
}

export async function mergeStatements(c: Ask, merge: Merge): Promise<Statement[]> {
  const { visit, now } = c.var
  const { db, clinicId, staffId } = visit
  const { pair } = merge
  const move = { clinicId, from: pair.goes.patient.id, to: pair.stays.patient.id }
  return [
    touchBoth(db, pair),
    onlyIfChanged(db),
    ...endWaysIn(db, { clinicId, patientId: move.from }, 'stopped', staffId, now),
    ...oneRecord(db, merge, staffId, now),
    ...endOldWaysIn(db, merge, staffId, now),
    moveAppointments(db, move),
    moveRegistrations(db, move),
    moveMails(db, move),
    ...moveGrants(db, move, staffId, now),
    ...redirectNews(db, { clinicId, patientId: move.to }, now),
    settleDuplicates(db, move, staffId, now),
    entryByStaff(c, 'patients-merged', { ofPatient: move.to, detail: detailOf(merge) }),
    ...(await told(c, merge)),
  ]
}

/**
 * In the order that the triggers ask for: an address stands on one record at a time, passkeys end with the address of the
 * record that they are on, and an open access is never without one.
 */
function oneRecord(db: Database, { pair, record, access }: Merge, byStaff: string, now: number): Statement[] {
  const { stays, goes } = pair
  const { clinicId } = stays.patient
  const [ofStays, ofGoes] = [stays, goes].map(({ patient }) => ({ clinicId, patientId: patient.id })) as [
    OfPatient,
    OfPatient,
  ]
  const kept = keepRecord(db, pair, record)
  const gone = letRecordGo(db, pair, byStaff, now)
  if (access.of !== 'goes') return [endAccess(db, ofGoes), ...gone, kept]
  const isSameAddress = record.emailCanonical === goes.patient.emailCanonical
  return [
    endAccess(db, ofStays),
    moveAccess(db, ofGoes, stays.patient.id),
    kept,
    ...(isSameAddress ? [movePasskeys(db, ofGoes, stays.patient.id)] : []),
    ...gone,
    ...(isOpen(goes) && !isSameAddress ? [readdressAccess(db, ofStays, record.emailCanonical!)] : []),
  ]
}
type OfPatient = { clinicId: string; patientId: string }

/** What let somebody in to the record that stays, where its address or its access is another one now. */
function endOldWaysIn(db: Database, { pair, record, access }: Merge, byStaff: string, now: number): Statement[] {
  const { clinicId, id: patientId, emailCanonical } = pair.stays.patient
  if (access.of !== 'goes' && record.emailCanonical === emailCanonical) return []
  return [
    endLinksOf(db, clinicId, { patientId }, now),
    ...withdrawWaysIn(db, { clinicId, patientId }, 'replaced', byStaff, now),
    ...(access.movesLogon ? [expireTemporaryPassword(db, { clinicId, patientId }, now)] : []),
  ]
}

function detailOf({ pair, choice, access }: Merge): Record<string, string | number> {
  const fields = fieldsTaken(choice).join(' ')
  return {
    merged: pair.goes.patient.id,
    ...(fields && { fields }),
    ...(pair.goes.access && { access: access.of === 'goes' ? 'moved' : 'ended' }),
    version: pair.stays.patient.version + 1,
  }
}

/** A merge sends no mail, but a logon name that becomes another one is told to both addresses, whoever changes it. */
async function told(c: Ask, { pair, access }: Merge): Promise<Statement[]> {
  if (!access.of || !access.movesLogon) return []
  const hasPassword = access.state === 'active' && pair[access.of].access?.passwordKind === 'own'
  const { before: from, after: to } = access
  return tellBothAddresses(c, { patientId: pair.stays.patient.id, from: from!, to: to!, hasPassword })
}
