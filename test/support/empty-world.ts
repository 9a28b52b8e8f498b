/**
 * An empty clinic world: the real migrations on an empty D1, an empty KV. Once in a thousand times the runtime says that
 * it has emptied them and has not: then it is asked again, and the run's log says so.
 */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { forgetAllClinics } from '../../src/clinic/clinic-store.ts'
import { forgetAllClaims } from '../../src/front-door/sessions/session-store.ts'

export async function emptyWorld(): Promise<void> {
  await emptied()
  while (await isSomethingLeft()) {
    console.warn('What was there before was still there: emptied again')
    await emptied()
  }
  forgetAllClinics()
  forgetAllClaims()
}

async function emptied() {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
}

async function isSomethingLeft(): Promise<boolean> {
  const [clinic, ...kept] = await Promise.all([
    env.DB.prepare('SELECT id FROM clinic LIMIT 1').first(),
    ...[env.SESSIONS, env.MAILBOX!].map((namespace) => namespace.list({ limit: 1 })),
  ])
  return clinic !== null || kept.some(({ keys }) => keys.length > 0)
}
