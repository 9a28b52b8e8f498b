/** A public page that is the same for everybody is drawn once, for as long as this isolate keeps the clinic's row. */
import type { Ask } from '../ask.ts'
import type { Clinic } from '../schema.ts'

/** A saved setting brings a new row, and with it new pages (clinic-store.ts). */
const drawn = new WeakMap<Clinic, Map<string, string>>()

/** @param is what the page depends on besides the clinic: a few known words, nothing that a visitor can make up */
export async function drawnOnce(c: Ask, is: string, draw: () => Response | Promise<Response>): Promise<Response> {
  const pages = drawn.get(c.var.clinic) ?? new Map<string, string>()
  const kept = pages.get(is)
  if (kept) return c.html(kept)
  const page = await (await draw()).text()
  drawn.set(c.var.clinic, pages.set(is, page))
  return c.html(page)
}
