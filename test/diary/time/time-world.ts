/** A clinic with a diary and its manager: where the tests of the clinic's time begin. Dates are ahead, whenever they run. */
import { addDays, dayOf, weekdayOf } from '../../../src/diary/time/wall-clock.ts'
import { dateIn } from '../../../src/web/dates.ts'
import { aStaffMember, loggedOn } from '../../support/world.ts'
import { aBooking, aDiary, book, type Diary, hours } from '../diary-world.ts'

export const today = dateIn(Date.now(), 'Europe/London')

/** The Wednesday after the next one, 'YYYY-MM-DD'. */
export const wednesday = addDays(today, ((3 - weekdayOf(today) + 7) % 7) + 7)

/** Nine o'clock of that day at the clinic. */
export const nineOn = (date: string): number => dayOf(date, 'Europe/London').from + 9 * hours

export async function aManagedDiary() {
  const diary = await aDiary()
  const { clinicId } = diary
  const maya = await aStaffMember({ clinicId, username: 'maya', name: 'Maya Rossi', role: 'manager' })
  return {
    ...diary,
    mayaId: maya.id,
    maya: await loggedOn({ clinicId, staffId: maya.id }),
    priyaLoggedOn: await loggedOn({ clinicId, staffId: diary.priya }),
  }
}
export type ManagedDiary = Awaited<ReturnType<typeof aManagedDiary>>

/** Janet is booked with Priya at nine that day. @returns the appointment's id */
export async function janetAtNine(diary: Diary, date = wednesday): Promise<string> {
  const row = aBooking(diary, { startAt: nineOn(date) })
  const written = await book(row, {}, Date.now())
  if (!written.ok) throw new Error(written.because)
  return row.id
}

/** The words of a page, as they are read. */
export const wordsOf = (body: string): string =>
  body
    .slice(body.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([,.])/g, '$1')
