/** A folder that holds one local diary: its D1 and KV as wrangler keeps them, and the secret that its mails are sealed with. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from './say.mjs'
import { ended, run, wrangler } from './wrangler.mjs'

export const secretsFile = (data) => join(data, 'secrets.env')

/** Makes the folder and its secret, applies the migrations, and fills an empty database with the demo clinics. */
export async function prepare(data) {
  makeSecret(data)
  await migrate(data)
  await seed(data)
}

/** Made once: another secret could not open the mails that wait in this folder. */
function makeSecret(data) {
  mkdirSync(data, { recursive: true })
  if (existsSync(secretsFile(data))) return
  writeFileSync(secretsFile(data), `DIARY_SECRET=${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
}

async function migrate(data) {
  const apply = ['d1', 'migrations', 'apply', 'DB', '--local', '--env-file', secretsFile(data)]
  await well(wrangler(apply, data, ['ignore', 'pipe', 'pipe']), 'The migrations could not be applied.')
}

async function seed(data) {
  const { printed } = await well(run(['scripts/seed.mjs', '--data', data], data), 'The demo clinics could not be made.')
  if (printed) console.log(printed.trim())
}

async function well(child, otherwise) {
  const done = await ended(child)
  if (!done.ok) throw new Stop(`${done.printed}\n${otherwise}`)
  return done
}
