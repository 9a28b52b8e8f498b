/** What letting somebody act for a patient reads, and what it writes: the grant, and what becomes of the address they share. */
import { type Ask, today } from '../ask.ts'
import { entryByStaff } from '../audit/entry-by-staff.ts'
import { endLinksOf } from '../front-door/links/one-time-link-store.ts'
import { readdressMails, redirectNews } from '../mail/waiting-store.ts'
import { recordOf } from '../patients/patient-record.ts'
import { accessOf, patientById, updatePatient } from '../patients/patient-store.ts'
import type { Patient } from '../schema.ts'
import { onlyIfChanged, type Statement } from '../web/database.ts'
import { startOfDay } from '../web/dates.ts'
import { openedWith } from '../web/opened-with.ts'
import { hashToken, newId } from '../web/random.ts'
import { NotFound } from '../web/trouble.ts'
import { grantVerdict, takesAddress } from './grant.ts'
import type { Subject, Terms } from './grant-form.ts'
import { actedForBy, activeStaff, endGrant, holdersFor, insertGrant } from './grant-store.ts'

export type Loaded = Awaited<ReturnType<typeof load>>

/** @param given.grant the one to be renewed @throws NotFound for whom or what there is not */
export async function load(c: Ask, given: { holderId: string; grantId?: string }) {
  const { visit, now } = c.var
  const of = [visit.db, visit.clinicId] as const
  const id = c.req.param('id') ?? ''
  const [[patient], [holder], [access], [holderAccess], holders, actedFor, people] = await visit.read(
    patientById(...of, id),
    patientById(...of, given.holderId),
    accessOf(...of, id),
    accessOf(...of, given.holderId),
    holdersFor(...of, id),
    actedForBy(...of, id),
    activeStaff(...of),
  )
  if (!patient || !holder) throw new NotFound()
  const isInForce = ({ endsAt }: { endsAt: number | null }) => endsAt === null || endsAt > now
  const others = holders.filter((each) => each.otherId === holder.id && each.id !== given.grantId && isInForce(each))
  const verdict = grantVerdict(
    {
      patient: {
        ...{ id, isArchived: patient.archivedAt !== null, email: patient.emailCanonical },
        ...{ logsOn: access?.state === 'active' || access?.state === 'invited', acts: actedFor.some(isInForce) },
      },
      holder: { ...reachedAs(holder), dateOfBirth: holder.dateOfBirth },
      isGranted: others.length > 0,
    },
    today(c),
  )
  return { patient, holder, holderAccess, holders, people, verdict }
}

const reachedAs = ({ id, archivedAt, emailCanonical }: Patient) => ({
  id,
  isArchived: archivedAt !== null,
  email: emailCanonical,
})

export const subjectOf = (c: Ask, { patient, people }: Loaded): Subject => ({
  dateOfBirth: patient.dateOfBirth,
  today: today(c),
  staffIds: people.map(({ id }) => id),
})

export const isTakenOff = ({ patient, holder }: Loaded): boolean => takesAddress(reachedAs(patient), reachedAs(holder))

/** What the page has said about the address: when that has changed, it is said again before anything happens. */
export const markOf = ({ patient, holder }: Loaded): string => openedWith(patient.emailCanonical, holder.emailCanonical)

/** The same form with the same answers: sent twice, it grants once. */
export const grantIdOf = (typed: Record<string, string>, { patient, holder }: Loaded, terms: Terms): string =>
  typed.form_id ? hashToken(JSON.stringify([typed.form_id, patient.id, holder.id, terms])).slice(0, 32) : newId()

/** All of it or nothing; the first grant of the same two has ended, where this one renews it. */
export function grantStatements(c: Ask, loaded: Loaded, terms: Terms, id: string, renews?: string): Statement[] {
  const { visit, clinic, now } = c.var
  const { db, clinicId, staffId } = visit
  const { patient, holder } = loaded
  const until = startOfDay(terms.on, clinic.timezone)
  const { relation, approvedBy, approvedOn, ending } = terms
  const of = { clinicId, patientId: patient.id }
  const [makeRoom, insert] = insertGrant(
    db,
    {
      ...{ ...of, id, holderId: holder.id, relation, approvedBy, approvedOn, grantedBy: staffId },
      ...{ endsAt: ending === 'ends' ? until : null, reviewAt: ending === 'review' ? until : null },
      ...{ patientEmail: patient.emailCanonical, holderEmail: holder.emailCanonical! },
    },
    now,
  )
  const detail = { holder: holder.id, relation, [ending === 'ends' ? 'ends' : 'review']: terms.on }
  return [
    ...(renews ? [endGrant(db, { ...of, id: renews }, staffId, now)] : []),
    makeRoom,
    insert,
    onlyIfChanged(db),
    entryByStaff(c, 'acting-granted', {
      ofPatient: patient.id,
      detail: { ...detail, ...(renews && { renewed: true }) },
    }),
    ...(isTakenOff(loaded) ? takeAddressOff(c, patient) : redirectNews(db, of, now)),
  ]
}

/** As an edit of the record, with the version it was read at. */
function takeAddressOff(c: Ask, patient: Patient): Statement[] {
  const { visit, now } = c.var
  const { db, clinicId } = visit
  return [
    updatePatient(db, patient, { ...recordOf(patient), email: '', emailCanonical: null }),
    onlyIfChanged(db),
    entryByStaff(c, 'patient-changed', {
      ofPatient: patient.id,
      detail: { fields: 'email', version: patient.version + 1 },
    }),
    endLinksOf(db, clinicId, { patientId: patient.id }, now),
    ...readdressMails(db, { clinicId, patientId: patient.id }, now),
  ]
}

export const endingStatements = (c: Ask, of: { patientId: string; id: string; holderId: string }): Statement[] => {
  const { visit, now } = c.var
  const { db, clinicId, staffId } = visit
  return [
    endGrant(db, { ...of, clinicId }, staffId, now),
    onlyIfChanged(db), // ended already: nothing to do, and the record says so
    entryByStaff(c, 'acting-ended', { ofPatient: of.patientId, detail: { holder: of.holderId } }),
    ...redirectNews(db, { clinicId, patientId: of.patientId }, now),
  ]
}
