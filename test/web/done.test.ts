/** What an address says was done is looked up among our own words: anybody may write anything there. */
import { expect, it, vi } from 'vitest'
import { aTown, entering, type Town } from '../acceptance/riverside.ts'
import { addressOf, nameOf, type Room, rooms } from '../support/site-map.ts'
import type { Answer, Visitor } from '../support/world.ts'

vi.setConfig({ testTimeout: 120_000 }) // every page, several times

/** Words that every JavaScript object has, and none of ours. */
const notOurs = ['__proto__', 'constructor', 'toString']

const pages = (): Room[] =>
  rooms().filter(({ method, path }) => method === 'GET' && /^\/:clinic(\/|$)/.test(path) && !/:token|:file/.test(path))

/** A thing that is there, of the kind that the address is about. */
function addressIn(town: Town, { path }: Room): string {
  const { staff, patients, diary } = town
  const id = /staff|practitioners/.test(path)
    ? staff.practitioner.id
    : /appointment-types/.test(path)
      ? diary.typeId
      : /appointments\/:id/.test(path)
        ? diary.appointmentId
        : patients.active.id
  return addressOf(path, { clinic: town.slug, version: '1', date: '2026-11-23', id })
}

/** The page as whoever may open it sees it. */
async function pageOf(address: string, people: Visitor[]): Promise<Answer> {
  for (const who of people) {
    const answer = await who.get(address)
    if (answer.status !== 403) return answer
  }
  throw new Error(`nobody may open ${address}`)
}

const notices = ({ status, body }: Answer) => [
  status,
  /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1],
  body.split('class="notice').length - 1,
]

it('a page says that something was done only in our own words, whatever stands in its address', async () => {
  const town = await aTown()
  const people = [
    await entering(town, 'manager'),
    await entering(town, 'practitioner'),
    await entering(town, 'patient'),
  ]
  for (const room of pages()) {
    const plain = notices(await pageOf(addressIn(town, room), people))
    for (const word of notOurs) {
      const odd = notices(await pageOf(`${addressIn(town, room)}?done=${word}&notice=${word}`, people))
      expect([nameOf(room), word, ...odd]).toEqual([nameOf(room), word, ...plain])
    }
  }
})
