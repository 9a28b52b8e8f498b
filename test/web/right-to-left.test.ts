/** A name that is written from right to left leaves what stands beside it in its place, on every page and in every title. */
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { aTown, entering, type Town } from '../acceptance/riverside.ts'
import { addressOf, nameOf, type Room, rooms } from '../support/site-map.ts'
import type { Visitor } from '../support/world.ts'

vi.setConfig({ testTimeout: 120_000 }) // every page

/** What the clinic writes itself: a text of its own, in which its name is as it was typed. */
const ownWords = /\/(privacy|register|settings\/texts)/

const pages = (): Room[] =>
  rooms().filter(
    ({ method, path }) =>
      method === 'GET' && /^\/:clinic(\/|$)/.test(path) && !/:token|:file|csv/.test(path) && !ownWords.test(path),
  )

function addressIn(town: Town, { path }: Room): string {
  const { staff, patients, diary } = town
  const id = /staff|practitioners/.test(path)
    ? staff.practitioner.id
    : /appointment-types/.test(path)
      ? diary.typeId
      : /appointments\/:id/.test(path)
        ? diary.appointmentId
        : patients.active.id
  const { date, patientId } = { date: '2026-11-23', patientId: patients.active.id }
  return `${addressOf(path, { clinic: town.slug, version: '1', date, id })}?patient=${patientId}&moving=${diary.appointmentId}`
}

async function pageOf(address: string, people: Visitor[]): Promise<string> {
  for (const who of people) {
    const { status, body } = await who.get(address)
    if (status === 200) return body
  }
  return ''
}

const rightToLeft = /[\u0590-\u08ff]/
/** Pieces of text in which such a name stands beside something else, and nothing keeps them apart. */
const besideOthers = (body: string): string[] =>
  [...body.matchAll(/>([^<]*[\u0590-\u08ff][^<]*)<|(?:aria-label|data-label)="([^"]*[\u0590-\u08ff][^"]*)"/g)]
    .map(([, text, label]) => (text ?? label)!.trim())
    .filter((words) => rightToLeft.test(words.replace(/\u2068[^\u2069]*\u2069/g, '')))
    .filter((words) => /[^\u0590-\u08ff\s]/.test(words))

it('stands by itself in every sentence', async () => {
  const town = await aTown()
  await env.DB.prepare("UPDATE patient SET first_name = 'ליאת', last_name = 'כהן', preferred_name = ''").run()
  await env.DB.prepare("UPDATE clinic SET name = 'مركز النهر'").run()
  await env.DB.prepare("UPDATE staff SET name = 'خالد المصري'").run()
  const people = [
    await entering(town, 'manager'),
    await entering(town, 'practitioner'),
    await entering(town, 'patient'),
  ]
  const found: string[] = []
  for (const room of pages())
    for (const words of besideOthers(await pageOf(addressIn(town, room), people)))
      found.push(`${nameOf(room)}: ${words}`)
  expect(found).toEqual([])
})
