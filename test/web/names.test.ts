/** Wherever a name is typed, the same letters may stand in it: joiners are part of how some of them are written. */
import { describe, expect, it } from 'vitest'
import { readDetails } from '../../src/clinic/details/clinic-details.ts'
import { readClosedDay } from '../../src/diary/time/closed/closed-form.ts'
import { readPractitioner } from '../../src/diary/time/practitioners/practitioner-form.ts'
import { readType, usualType } from '../../src/diary/time/types/type-form.ts'
import { readPatient } from '../../src/patients/patient-record.ts'
import { readAccount } from '../../src/staff/account.ts'
import type { Problems } from '../../src/web/form.ts'
import { hasHiddenInLines, hasHiddenInName } from '../../src/web/typed-text.ts'

const today = '2026-11-25'
const clinic = { phone: '01632 960 001', timezone: 'Europe/London' }

/** Each form with a name, and the field in which it is typed. */
const forms: Record<string, { field: string; read: (name: string) => Problems }> = {
  'a clinic': { field: 'name', read: (name) => readDetails({ ...clinic, name }, clinic).problems },
  'a designation': { field: 'designation', read: (designation) => readPractitioner({ designation }).problems },
  'an appointment type': {
    field: 'name',
    read: (name) => readType({ ...usualType, for_new: 'on', for_existing: 'on', name }).problems,
  },
  'a closed day': { field: 'name', read: (name) => readClosedDay({ date: today, name }, today).problems },
  'a patient': {
    field: 'last_name',
    read: (name) => readPatient({ first_name: 'A', last_name: name }, today).problems,
  },
  'somebody of the staff': { field: 'name', read: (name) => readAccount({ name, role: 'reception' }).problems },
}

describe.each(Object.entries(forms))('the name of %s', (_whose, { field, read }) => {
  it.each(['علی\u200cرضا', 'ක්\u200dරිස්ටි', 'മോഹന\u0d4d\u200d', 'O’Brien & Łęcki'])('may be %j', (name) => {
    expect(read(name)).toEqual({})
  })

  it.each(['Riverside\u200d', 'River \u200cside', 'River\u200d\u200dside', 'River\u202eside', 'River\nside'])(
    'is refused in words as %j',
    (name) => {
      expect(Object.keys(read(name))).toEqual([field])
      expect(read(name)[field]).toMatch(/ has characters that cannot be seen\. Type it again$/)
    },
  )
})

describe('hidden characters', () => {
  it('of a name are not its joiners between letters', () => {
    expect([hasHiddenInName('علی\u200cرضا'), hasHiddenInName('علی\u200c')]).toEqual([false, true])
  })

  it('of a text are neither joiners, in emoji too, nor line breaks', () => {
    expect(hasHiddenInLines('👨\u200d👩\u200d👧\nعلی\u200cرضا')).toBe(false)
    expect(hasHiddenInLines('left\u202eright')).toBe(true)
  })
})
