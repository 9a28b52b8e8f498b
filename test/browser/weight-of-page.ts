/** Check 17 of ux.md for any page: what a first visit downloads, compressed as a deployment sends it. */
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'

const kilobyte = 1000 // bytes
/** The largest budget of each side in ux.md §7; single pages have smaller ones in weight.test.ts. */
const most = { patient: 30 * kilobyte, staff: 45 * kilobyte }
const mostRequests = 8
const kept = new Map<string, number>()

/** @param html as it was sent */
export async function weightProblems(page: Page, html: string, side: keyof typeof most): Promise<string[]> {
  const links = await page.evaluate(() =>
    [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src], img[src]')].map(
      (element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '',
    ),
  )
  const loaded = links.filter((link) => !link.startsWith('data:'))
  let total = compressed(Buffer.from(html))
  for (const link of loaded) total += await weightOf(page, link)
  return [
    ...(total > most[side] ? [`weighs ${total} bytes`] : []),
    ...(loaded.length + 1 > mostRequests ? [`needs ${loaded.length + 1} requests`] : []),
  ]
}

const compressed = (bytes: Buffer): number => gzipSync(bytes, { level: 9 }).length

async function weightOf(page: Page, link: string): Promise<number> {
  const known = kept.get(link)
  if (known !== undefined) return known
  const weight = compressed(await (await page.request.get(link)).body())
  kept.set(link, weight)
  return weight
}
