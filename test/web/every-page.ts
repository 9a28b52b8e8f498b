/** Every page of a clinic, as the address of a thing that is there, seen by whoever may open it. */
import { entering, type Town } from '../acceptance/riverside.ts'
import { addressOf, type Room, rooms } from '../support/site-map.ts'
import type { Answer, Visitor } from '../support/world.ts'

export const everyPage = (): Room[] =>
  rooms().filter(({ method, path }) => method === 'GET' && /^\/:clinic(\/|$)/.test(path) && !/:token|:file/.test(path))

/** Of a thing of the kind that the address is about. */
export function addressIn(town: Town, { path }: Room): string {
  const { staff, patients, diary, grant } = town
  const id = /staff|practitioners/.test(path)
    ? staff.practitioner.id
    : /appointment-types/.test(path)
      ? diary.typeId
      : /appointments\/:id/.test(path)
        ? diary.appointmentId
        : path.includes('/:grant/')
          ? patients.inactive.id
          : patients.active.id
  const more = { version: '1', date: '2026-11-23', other: patients.without.id, grant }
  return addressOf(path, { clinic: town.slug, id, ...more })
}

/** One of each kind: between them they may open every page. */
export const onePersonOfEach = async (town: Town): Promise<Visitor[]> => [
  await entering(town, 'manager'),
  await entering(town, 'practitioner'),
  await entering(town, 'patient'),
]

export async function pageOf(address: string, people: Visitor[]): Promise<Answer> {
  for (const who of people) {
    const answer = await who.get(address)
    if (answer.status !== 403) return answer
  }
  throw new Error(`nobody may open ${address}`)
}
