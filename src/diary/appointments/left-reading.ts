/** Who is asked for, and has been made to see patients no more since the page was drawn. */
import type { Ask } from '../../ask.ts'
import { NotFound } from '../../web/trouble.ts'
import { practitionerNamed } from '../time/time-store.ts'
import { timeOf } from '../time/timetable-store.ts'
import { addDays } from '../time/wall-clock.ts'
import { daysWithOthers } from './left.ts'

/** Their name, and the days on which somebody else may be free. @throws NotFound for whoever never saw patients here */
export async function readLeft(c: Ask, staffId: string, date: string) {
  const { visit, clinic } = c.var
  const [[left], time] = await visit.read(
    practitionerNamed(visit.db, visit.clinicId, staffId),
    timeOf(visit.db, clinic, { from: date, until: addDays(date, daysWithOthers - 1) }),
  )
  if (!left) throw new NotFound()
  return { left, time }
}
