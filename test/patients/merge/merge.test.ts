/** The rules of merging two records, with values. */
import { describe, expect, it } from 'vitest'
import {
  accessAfter,
  atTheSameTime,
  choiceIn,
  markOf,
  mergedRecord,
  mergeRefusal,
  type Pair,
  type Side,
  usuallyStays,
} from '../../../src/patients/merge/merge.ts'
import type { OnlineAccess, Patient } from '../../../src/schema.ts'

const janet = {
  ...{ id: 'a', clinicId: 'c', title: '', firstName: 'Janet', lastName: 'Hall', preferredName: '' },
  ...{ dateOfBirth: '1951-05-03', email: 'janet@example.com', emailCanonical: 'janet@example.com' },
  ...{ mobile: '', phone: '', address: '', postcode: '', notes: '', sortName: 'hall janet', searchText: '' },
  ...{
    version: 1,
    formId: null,
    privacyNoticeVersion: null,
    privacyAcknowledgedAt: null,
    createdAt: 1,
    createdBy: null,
  },
  ...{ archivedAt: null, archivedBy: null, mergedInto: null, listedAs: 'none' as const },
} satisfies Patient
type State = OnlineAccess['state'] | 'none'

const side = (state: State, given: Partial<Patient> = {}): Side => {
  const patient = { ...janet, ...given }
  if (state === 'none') return { patient }
  const email = state === 'inactive' ? null : patient.emailCanonical
  return { patient, access: { state, since: 1, email, passwordKind: state === 'active' ? 'own' : null } }
}
const addressed = (email: string) => ({ email, emailCanonical: email || null })
const pairOf = (stays: Side, goes: Side): Pair => ({ stays, goes })
const plain = (stays: Partial<Patient>, goes: Partial<Patient>) =>
  pairOf(side('none', stays), side('none', { id: 'b', ...goes }))

describe('which record stays, when nobody says otherwise', () => {
  it.each([
    ['the older one', { createdAt: 5 }, { createdAt: 9 }, 'a'],
    ['the older one, whichever was opened first', { createdAt: 9 }, { createdAt: 5 }, 'b'],
    ['the living one, though it is newer', { createdAt: 5, archivedAt: 7 }, { createdAt: 9 }, 'b'],
    ['the older one of two archived ones', { createdAt: 5, archivedAt: 7 }, { createdAt: 9, archivedAt: 8 }, 'a'],
  ])('%s', (_what, one, other, stays) => {
    expect(usuallyStays({ ...janet, ...one }, { ...janet, ...other, id: 'b' }).id).toBe(stays)
  })
})

describe('whose value is kept, when nobody says otherwise', () => {
  it.each([
    ['what the record that stays holds', { phone: '1' }, { phone: '2' }, { phone: 'stays' }],
    ['what the other holds, where it holds nothing', { phone: '' }, { phone: '2' }, { phone: 'goes' }],
    ['nothing is asked where both are the same', { phone: '1' }, { phone: '1' }, {}],
    ['nothing is asked about notes', { notes: 'one' }, { notes: 'two' }, {}],
  ])('%s', (_what, stays, goes, choice) => {
    expect(choiceIn({}, plain(stays, goes))).toEqual(choice)
  })

  it('the address with which somebody logs on, of whichever record', () => {
    const goes = side('active', { id: 'b', ...addressed('jan@example.com') })
    expect(choiceIn({}, pairOf(side('none'), goes))).toEqual({ email: 'goes' })
    expect(choiceIn({}, pairOf(side('active'), goes))).toEqual({ email: 'stays' })
    expect(choiceIn({ email: 'stays' }, pairOf(side('none'), goes))).toEqual({ email: 'stays' })
    expect(choiceIn({ email: 'x' }, pairOf(side('none'), goes))).toEqual({ email: 'goes' })
  })
})

describe('the record as it will be', () => {
  it('takes what was chosen, and the identity with the address', () => {
    const pair = plain({ phone: '1' }, { phone: '2', ...addressed('jan@example.com'), address: 'Mill Lane' })
    const record = mergedRecord(pair, choiceIn({ email: 'goes', address: 'goes' }, pair))
    expect(record).toMatchObject({ phone: '1', ...addressed('jan@example.com'), address: 'Mill Lane' })
  })

  it.each([
    ['one', 'two', 'one\n\ntwo'],
    ['one', '', 'one'],
    ['', 'two', 'two'],
    ['one and two', 'two', 'one and two'],
    ['two', 'one and two', 'one and two'],
  ])('notes “%s” and “%s” are put together, and nothing stands twice', (stays, goes, notes) => {
    expect(mergedRecord(plain({ notes: stays }, { notes: goes }), {}).notes).toBe(notes)
  })
})

describe('whose online access is the one of the record', () => {
  const table: [State, State, 'stays' | 'goes' | null][] = [
    ['none', 'none', null],
    ['none', 'invited', 'goes'],
    ['none', 'active', 'goes'],
    ['none', 'inactive', 'goes'], // staff have stopped it: that is not forgotten
    ['invited', 'none', 'stays'],
    ['invited', 'invited', 'stays'],
    ['invited', 'active', 'goes'], // nobody has answered that invitation
    ['invited', 'inactive', 'stays'],
    ['active', 'none', 'stays'],
    ['active', 'invited', 'stays'],
    ['active', 'active', 'stays'],
    ['active', 'inactive', 'stays'],
    ['inactive', 'none', 'stays'],
    ['inactive', 'invited', 'stays'],
    ['inactive', 'active', 'stays'], // nobody comes round what staff have stopped by registering again
    ['inactive', 'inactive', 'stays'],
  ]
  it.each(table)('stays: %s, goes: %s', (stays, goes, of) => {
    const pair = pairOf(side(stays), side(goes, { id: 'b', ...addressed('jan@example.com') }))
    expect(accessAfter(pair, 'janet@example.com', 0).of).toBe(of)
  })
})

describe('the address that is kept', () => {
  const goes = side('active', { id: 'b', ...addressed('jan@example.com') })
  it.each([
    ['is the logon name already', 'jan@example.com', 0, { movesLogon: false }],
    ['is the logon name already, whoever else has it', 'jan@example.com', 2, { movesLogon: false }],
    ['becomes the logon name', 'janet@example.com', 0, { movesLogon: true }],
    ['is on a further record', 'janet@example.com', 1, { movesLogon: false, refused: 'shared' }],
    ['is none, though somebody logs on', null, 0, { movesLogon: false, refused: 'needed' }],
  ])('%s', (_what, after, others, verdict) => {
    const access = accessAfter(pairOf(side('none'), goes), after, others)
    expect(access).toEqual({ of: 'goes', state: 'active', before: 'jan@example.com', after, ...verdict })
  })

  it('is anything at all where nobody logs on', () => {
    for (const state of ['none', 'inactive'] as const) {
      expect(accessAfter(pairOf(side(state), side('none')), null, 3)).not.toHaveProperty('refused')
    }
  })
})

describe('two records', () => {
  const may = (stays: Partial<Patient>, goes: Partial<Patient> = {}) => {
    const pair = plain(stays, goes)
    return mergeRefusal(pair, mergedRecord(pair, choiceIn({}, pair)), accessAfter(pair, null, 0))
  }
  it('may become one', () => {
    expect(may({})).toBeUndefined()
    expect(may({}, { archivedAt: 1 })).toBeUndefined()
  })

  it('may not, where the one that stays is archived, or the notes are too long together', () => {
    expect(may({ archivedAt: 1 })).toBe('archived')
    expect(may({ notes: 'a'.repeat(2000) }, { notes: 'b'.repeat(1998) })).toBeUndefined()
    expect(may({ notes: 'a'.repeat(2000) }, { notes: 'b'.repeat(1999) })).toBe('notes-too-long')
  })

  it('are marked by all that decides about them: versions, and the state of online access', () => {
    const marks = [
      pairOf(side('none'), side('active')),
      pairOf(side('none'), side('inactive')),
      pairOf(side('none', { version: 2 }), side('active')),
      pairOf(side('active'), side('none')),
    ].map(markOf)
    expect(new Set(marks).size).toBe(marks.length)
  })
})

describe('appointments at the same time', () => {
  const at = (startAt: number, endAt: number) => ({ startAt, endAt })
  it.each([
    ['overlapping', at(10, 20), at(15, 25), 1],
    ['one inside the other', at(10, 20), at(12, 14), 1],
    ['one behind the other', at(10, 20), at(20, 30), 0],
  ])('%s', (_what, one, other, count) => {
    expect(atTheSameTime({ stays: [one], goes: [other] })).toHaveLength(count)
    expect(atTheSameTime({ stays: [other], goes: [one] })).toHaveLength(count)
  })
})
