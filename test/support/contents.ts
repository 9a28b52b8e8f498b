/** What stands in D1, to show that something was changed, or that nothing was. */
import { env } from 'cloudflare:workers'

export type Contents = Record<string, Record<string, unknown>[]>

/** Every row of every table of the product. */
export async function contents(): Promise<Contents> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' AND name <> 'd1_migrations' ORDER BY name",
  ).all<{ name: string }>()
  const tables = await env.DB.batch(results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)))
  return Object.fromEntries(results.map(({ name }, index) => [name, tables[index]!.results as Contents[string]]))
}

/**
 * The tables in which something was changed. That somebody was refused may be written down: it changes nothing.
 */
export async function changedSince(before: Contents): Promise<string[]> {
  const after = await contents()
  const text = (all: Contents, table: string) => JSON.stringify(all[table]!.filter(({ act }) => act !== 'page-refused'))
  return Object.keys(after).filter((table) => text(before, table) !== text(after, table))
}

/** Everything that stands in D1, as one text. */
export const everythingInD1 = async (): Promise<string> => JSON.stringify(await contents())
