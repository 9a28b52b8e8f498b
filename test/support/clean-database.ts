/** Each test starts with an empty clinic world: the real migrations on an empty D1, an empty KV. */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach } from 'vitest'
import { forgetAllClinics } from '../../src/clinic/clinic-store.ts'

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  forgetAllClinics()
})
