/**
 * An empty clinic world: what the real migrations make, on an empty D1, and an empty KV. Once in a thousand times the runtime
 * says that it has emptied them and has not: then it is asked again, and the run's log says so.
 */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { forgetAllClinics } from '../../src/clinic/clinic-store.ts'
import { forgetAllClaims } from '../../src/front-door/sessions/session-store.ts'

export async function emptyWorld(): Promise<void> {
  while (!(await emptied()) || (await isSomethingLeft())) {
    console.warn('What was there before was still there: emptied again')
  }
  forgetAllClinics()
  forgetAllClaims()
}

/** Of each table, index, view and trigger, how it is made: as the migrations left them, in the order in which they were made. */
let made: string[] | undefined

/**
 * Step by step the migrations go once in a file of tests; what came of them is made in one batch, in a seventh of the time.
 * @returns false where a table was still there
 */
async function emptied(): Promise<boolean> {
  await reset()
  if ((await whatStands()).length > 0) return false
  if (made) {
    await env.DB.batch(made.map((sql) => env.DB.prepare(sql)))
  } else {
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
    made = (await whatStands()).map(({ sql }) => sql)
  }
  return true
}

/** What the database's schema is made of, by name; sqlite's own parts and the platform's have no place in it. */
export async function whatStands(): Promise<{ name: string; sql: string }[]> {
  const { results } = await env.DB.prepare(
    `SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL
       AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY rowid`,
  ).all<{ name: string; sql: string }>()
  return results
}

async function isSomethingLeft(): Promise<boolean> {
  const [clinic, ...kept] = await Promise.all([
    env.DB.prepare('SELECT id FROM clinic LIMIT 1').first(),
    ...[env.SESSIONS, env.MAILBOX!].map((namespace) => namespace.list({ limit: 1 })),
  ])
  return clinic !== null || kept.some(({ keys }) => keys.length > 0)
}
