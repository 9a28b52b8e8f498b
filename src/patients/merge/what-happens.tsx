/** What merging two records means, in plain words, before anybody does it; and why it cannot be. */
import { counted } from '../../web/numbers.ts'
import { calledName, fullName } from '../patient.ts'
import type { Holder } from '../patient-store.ts'
import { type AccessAfter, type From, isOpen, type MergeRefusal, type Pair } from './merge.ts'

interface WhatHappensProps {
  pair: Pair
  /** What hangs on the record that goes. */
  hanging: { appointments: number; grants: number }
  /** Of online access: with the address of the record that stays, and with that of the other where it differs. */
  accesses: AccessAfter[]
}

export function WhatHappens({ pair, hanging, accesses }: WhatHappensProps) {
  const { appointments, grants } = hanging
  const { goes } = pair
  return (
    <ul>
      <li>
        {appointments === 0
          ? 'The record that goes has no appointments.'
          : `${counted(appointments, 'appointment')} of the record that goes ${appointments === 1 ? 'moves' : 'move'} to the one that stays, past and upcoming.`}
      </li>
      {accesses.map((access) => (
        <li>
          {accesses.length > 1 && <strong>{keptInWords(access.after)}: </strong>}
          {accessInWords(pair, access)}
        </li>
      ))}
      {goes.access && <li>{endsInWords(pair, accesses[0]!.of)}</li>}
      {grants > 0 && (
        <li>
          {counted(grants, 'permission')} to act for others {grants === 1 ? 'goes' : 'go'} over to the record that
          stays. One that would let somebody act for themselves, or stand there twice, ends.
        </li>
      )}
      <li>
        The record that goes is archived for good, without its email address. It shows what it held, and leads to the
        one that stays.
      </li>
      <li>
        {accesses.some(({ movesLogon }) => movesLogon)
          ? 'No other email is sent, and appointments in calendars stay as they are.'
          : 'No email is sent, and appointments in calendars stay as they are.'}
      </li>
      <li>
        <strong>It cannot be undone.</strong>
      </li>
    </ul>
  )
}

const keptInWords = (email: string | null): string => (email ? `If ${email} is kept` : 'If no email address is kept')

/** Who logs on with what afterwards. */
function accessInWords({ stays }: Pair, access: AccessAfter): string {
  const { of, state, before, after, movesLogon, refused } = access
  const name = calledName(stays.patient)
  if (of === null) return `${name} has no online access, and gets none by this.`
  if (refused === 'needed') return `This is not possible, because ${name} logs on with an email address.`
  if (refused === 'shared')
    return `This is not possible: the address is on a further record, and ${name} would log on with it.`
  if (state === 'inactive') return 'Online access is inactive, and stays so until you set it to active.'
  const address = movesLogon ? `${after} instead of ${before}` : after
  const told = movesLogon ? ' Both addresses are told by email.' : ''
  return state === 'invited'
    ? `${name} is invited to log on with ${address}. ${linksInWords(access)}.${told}`
    : `${name} logs on with ${address}, ${passwordInWords(access)}.${told}`
}

const linksInWords = ({ of, movesLogon }: AccessAfter): string =>
  of === 'goes' || movesLogon
    ? 'Links that were sent stop working: send a new one'
    : 'Links that were sent go on working'

function passwordInWords({ of, movesLogon }: AccessAfter): string {
  const whose = of === 'goes' ? 'with the password of the record that goes' : 'with the same password as before'
  if (movesLogon) return `${whose}, but without passkeys`
  return of === 'goes' ? `${whose}, and its passkeys` : whose
}

/** What becomes of the online access of the record that goes. */
function endsInWords({ goes }: Pair, of: From | null): string {
  const name = calledName(goes.patient)
  if (of === 'goes') {
    return `Online access goes over from the record that goes. ${name} is logged off there, and links that were sent for it stop working.`
  }
  return isOpen(goes)
    ? `The online access of the record that goes ends, with its password and passkeys: ${name} is logged off there, and links that were sent for it stop working.`
    : 'The online access of the record that goes, which staff have set to inactive, is forgotten.'
}

/** @param sharers who else holds the address that was chosen */
export function refusalProblem(
  because: MergeRefusal,
  { stays }: Pair,
  sharers: Pick<Holder, 'firstName' | 'lastName'>[],
): string {
  if (because === 'archived') return 'The record that stays is archived. Restore it first, or let the other one stay'
  if (because === 'notes-too-long')
    return 'The notes are too long to be put together. Shorten those of one record first'
  if (because === 'needed') return `Choose an email address. ${calledName(stays.patient)} logs on with it`
  const names = new Intl.ListFormat('en-GB').format(sharers.map(fullName))
  return `This is also the email address of ${names}. Choose the other one, or give them another address first`
}
