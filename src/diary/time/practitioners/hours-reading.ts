/** One practitioner's hours and absences, with what is booked in them, and whether whoever asks may change them. */
import type { Ask } from '../../../ask.ts'
import { Forbidden } from '../../../front-door/sessions/visit.ts'
import { NotFound } from '../../../web/trouble.ts'
import { bookedIn, bookedInAbsences, bookedWith } from '../hits-store.ts'
import { absencesOf, hoursOf, managersOf } from '../practitioner-store.ts'
import type { Span } from '../span.ts'
import { practitionersOf } from '../time-store.ts'
import { mayChangeTimeOf } from '../working-hours.ts'

/** @param spans of an absence that is typed and not saved yet */
export async function loadHours(c: Ask, staffId: string, spans: Span[] = []) {
  const { visit, now } = c.var
  const { db, clinicId } = visit
  const of = { clinicId, staffId }
  const [people, hours, absences, hits, typedHits, booked, managers] = await visit.read(
    practitionersOf(db, clinicId),
    hoursOf(db, of),
    absencesOf(db, of, now),
    bookedInAbsences(db, of, now),
    bookedIn(db, clinicId, spans, now, staffId),
    bookedWith(db, of, now),
    managersOf(db, clinicId),
  )
  const who = people.find(({ id }) => id === staffId)
  const { role, staffId: asks } = visit.who
  const mayChange = who !== undefined && mayChangeTimeOf({ role: role!, id: asks! }, { ...who, staffId })
  return { who, hours, absences, hits, typedHits, booked, managers: managers.map(({ name }) => name), mayChange }
}
export type FoundHours = Awaited<ReturnType<typeof loadHours>>
export type LoadedHours = FoundHours & { who: NonNullable<FoundHours['who']> }

/** @throws NotFound for whoever sees no patients */
export function isThere(loaded: FoundHours): LoadedHours {
  if (!loaded.who) throw new NotFound()
  return loaded as LoadedHours
}

/** @throws NotFound, and Forbidden for somebody's own when the manager does not allow it */
export async function loadToChange(c: Ask, staffId: string, spans: Span[] = []): Promise<LoadedHours> {
  const loaded = isThere(await loadHours(c, staffId, spans))
  if (!loaded.mayChange) throw new Forbidden()
  return loaded
}
