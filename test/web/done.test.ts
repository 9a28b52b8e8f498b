/** What an address says was done is looked up among our own words: anybody may write anything there. */
import { expect, it, vi } from 'vitest'
import { aTown } from '../acceptance/riverside.ts'
import { nameOf } from '../support/site-map.ts'
import type { Answer } from '../support/world.ts'
import { addressIn, everyPage, onePersonOfEach, pageOf } from './every-page.ts'

vi.setConfig({ testTimeout: 120_000 }) // every page, several times

/** Words that every JavaScript object has, and none of ours. */
const notOurs = ['__proto__', 'constructor', 'toString']

const notices = ({ status, body }: Answer) => [
  status,
  /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1],
  body.split('class="notice').length - 1,
]

it('a page says that something was done only in our own words, whatever stands in its address', async () => {
  const town = await aTown()
  const people = await onePersonOfEach(town)
  for (const room of everyPage()) {
    const plain = notices(await pageOf(addressIn(town, room), people))
    for (const word of notOurs) {
      const odd = notices(await pageOf(`${addressIn(town, room)}?done=${word}&notice=${word}`, people))
      expect([nameOf(room), word, ...odd]).toEqual([nameOf(room), word, ...plain])
    }
  }
})
