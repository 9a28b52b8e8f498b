/** A name that is written from right to left leaves what stands beside it in its place, on every page and in every title. */
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { aTown } from '../acceptance/riverside.ts'
import { nameOf } from '../support/site-map.ts'
import { addressIn, everyPage, onePersonOfEach, pageOf } from './every-page.ts'

vi.setConfig({ testTimeout: 120_000 }) // every page

/** What the clinic writes itself: a text of its own, in which its name is as it was typed. */
const ownWords = /\/(privacy|register|settings\/texts)|csv/

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
  const people = await onePersonOfEach(town)
  const chosen = `?patient=${town.patients.active.id}&moving=${town.diary.appointmentId}`
  const found: string[] = []
  const notThere: string[] = []
  for (const room of everyPage().filter(({ path }) => !ownWords.test(path))) {
    const { status, body } = await pageOf(`${addressIn(town, room)}${chosen}`, people)
    expect([200, 303, 404], nameOf(room)).toContain(status)
    if (status === 404) notThere.push(room.path) // a page too
    for (const words of besideOthers(body)) found.push(`${nameOf(room)}: ${words}`)
  }
  expect(found).toEqual([])
  expect(notThere).toEqual([
    '/:clinic/passkeys/:id',
    '/:clinic/patients/:id/online-access/counter/:link',
    '/:clinic/patients/:id/online-access/counter/:link/state',
  ])
})
