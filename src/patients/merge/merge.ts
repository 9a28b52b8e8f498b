/** Two records of one person become one: which stays, whose value is kept where they differ, and what becomes of online access. */
import type { OnlineAccess, Patient } from '../../schema.ts'
import { emailChange } from '../edit/email-change.ts'
import { changedFields, type PatientRecord, type RecordField, recordFields, recordOf } from '../patient-record.ts'

export interface Side {
  patient: Patient
  /** None: not registered. */
  access?: Pick<OnlineAccess, 'state' | 'since' | 'email' | 'passwordKind'>
}
export interface Pair {
  stays: Side
  goes: Side
}
/** Of which record something is kept. */
export type From = keyof Pair
export type Choice = Partial<Record<RecordField, From>>

/** The older one stays, unless it is archived and the other is not. */
export function usuallyStays(one: Patient, other: Patient): Patient {
  if ((one.archivedAt === null) !== (other.archivedAt === null)) return one.archivedAt === null ? one : other
  return one.createdAt <= other.createdAt ? one : other
}

/** Where somebody has to choose; notes are put together instead. */
const fieldsToChoose = ({ stays, goes }: Pair): RecordField[] =>
  changedFields(stays.patient, goes.patient).filter((field) => field !== 'notes')

/** What is chosen when nobody says anything else: what the record that stays holds, and the address that somebody logs on with. */
function usualChoice(pair: Pair): Choice {
  const of = accessFrom(pair)
  return Object.fromEntries(
    fieldsToChoose(pair).map((field): [RecordField, From] => {
      if (field === 'email' && of && isOpen(pair[of])) return [field, of]
      return [field, pair.stays.patient[field] ? 'stays' : 'goes']
    }),
  )
}

/** What was chosen in the form; what it did not say is as usual. */
export function choiceIn(typed: Record<string, string>, pair: Pair): Choice {
  const usual = usualChoice(pair)
  return Object.fromEntries(
    fieldsToChoose(pair).map((field) => {
      const said = typed[recordFields[field].name]
      return [field, said === 'stays' || said === 'goes' ? said : usual[field]]
    }),
  )
}

/** The record as it will be. */
export function mergedRecord({ stays, goes }: Pair, choice: Choice): PatientRecord {
  const record = { ...recordOf(stays.patient), notes: notesTogether(stays.patient.notes, goes.patient.notes) }
  const taken = recordOf(goes.patient)
  for (const field of fieldsTaken(choice)) Object.assign(record, { [field]: taken[field] })
  if (choice.email === 'goes') record.emailCanonical = taken.emailCanonical
  return record
}

/** What comes from the record that goes. */
export const fieldsTaken = (choice: Choice): RecordField[] =>
  (Object.keys(choice) as RecordField[]).filter((field) => choice[field] === 'goes')

function notesTogether(kept: string, added: string): string {
  if (kept.includes(added)) return kept
  return added.includes(kept) ? added : `${kept}\n\n${added}`
}

/**
 * Whose online access is the one of the record from now on; null: nobody's. That of the record that stays, if it has one; but an
 * invitation that nobody has answered gives way to an access with which somebody logs on.
 */
function accessFrom({ stays, goes }: Pair): From | null {
  if (!goes.access) return stays.access ? 'stays' : null
  if (!stays.access) return 'goes'
  return stays.access.state === 'invited' && goes.access.state === 'active' ? 'goes' : 'stays'
}

/**
 * Whoever logs on afterwards registered by themselves, with a name and a date of birth that others may know too: only staff can
 * tell whether it is the person of the other record, whose appointments they will see.
 */
export const isUnproven = (pair: Pair): boolean => {
  const of = accessFrom(pair)
  return of !== null && isOpen(pair[of]) && pair[of].patient.createdBy === null
}

/** They log on with it, or were invited to. */
export const isOpen = ({ access }: Side): boolean => access?.state === 'active' || access?.state === 'invited'

export interface AccessAfter {
  of: From | null
  state?: OnlineAccess['state']
  /** Its logon name until now, canonical. */
  before: string | null
  /** The address that is kept, canonical. */
  after: string | null
  /** The logon name becomes another one: both addresses are told, passkeys end. */
  movesLogon: boolean
  /** The address cannot be that of this access. */
  refused?: 'needed' | 'shared'
}

/** @param others how many further records hold the address that is kept */
export function accessAfter(pair: Pair, after: string | null, others: number): AccessAfter {
  const of = accessFrom(pair)
  const access = of ? pair[of].access : undefined
  const before = access?.email ?? null
  const change = emailChange({ before, after, access: access?.state, others })
  const common = { of, state: access?.state, before, after }
  return change.ok
    ? { ...common, movesLogon: change.movesLogon }
    : { ...common, movesLogon: false, refused: change.because }
}

export type MergeRefusal = 'archived' | 'notes-too-long' | 'needed' | 'shared'

/** Whether the two may become one as it was chosen; undefined: they may. */
export function mergeRefusal({ stays }: Pair, record: PatientRecord, access: AccessAfter): MergeRefusal | undefined {
  if (stays.patient.archivedAt !== null) return 'archived'
  if (record.notes.length > recordFields.notes.longest) return 'notes-too-long'
  return access.refused
}

/** Both as they were when the page was opened: whoever merges what has changed since is told. */
export const markOf = ({ stays, goes }: Pair): string =>
  [stays, goes].map((side) => `${side.patient.version}${accessMark(side)}`).join('-')

/** What `merge-store.ts` holds the row to. */
export const accessMark = ({ access }: Side): string => (access ? `${access.state}${access.since}` : '')

interface Times {
  startAt: number
  endAt: number
}

/** Appointments of the two at the same moment. */
export const atTheSameTime = <Appointment extends Times>(
  of: Record<From, Appointment[]>,
): [Appointment, Appointment][] =>
  of.stays.flatMap((one) =>
    of.goes
      .filter((other) => one.startAt < other.endAt && other.startAt < one.endAt)
      .map((other): [Appointment, Appointment] => [one, other]),
  )
