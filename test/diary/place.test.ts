/** What a move starts from: how long the appointment takes, and the clinic's time as if it were not there. */
import { describe, expect, it } from 'vitest'
import { lengthOf, movedTo, type Place, timeWithout } from '../../src/diary/place.ts'
import type { ClinicTime, PractitionerTime } from '../../src/diary/time/clinic-time.ts'

const minute = 60_000 // ms
const own: Place = { practitionerId: 'priya', startAt: 0, endAt: 30 * minute, bufferUntil: 40 * minute }
const person = (id: string, ...taken: PractitionerTime['taken']) => ({ id, taken }) as PractitionerTime
const ownSpan = { from: 0, until: 40 * minute }
const other = { from: 60 * minute, until: 90 * minute }

describe('where an appointment stands', () => {
  it('says how long it takes, whatever its type says today', () => {
    expect(lengthOf(own)).toEqual({ minutes: 30, bufferMinutes: 10 })
  })

  it('is as long at another time', () => {
    expect(movedTo(own, 'tom', 60 * minute)).toEqual({
      ...{ practitionerId: 'tom', startAt: 60 * minute, endAt: 90 * minute, bufferUntil: 100 * minute },
    })
  })

  it('is no obstacle to its own move; what else is taken stays taken, with others at the same time too', () => {
    const time = { practitioners: [person('priya', ownSpan, other), person('tom', ownSpan)] } as ClinicTime
    expect(timeWithout(time, own).practitioners.map(({ taken }) => taken)).toEqual([[other], [ownSpan]])
  })
})
