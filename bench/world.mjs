/**
 * What is measured, and the limit beside it: Workers in one workerd on direct sockets (performance.md "How to measure"), with
 * the same D1 and KV, filled with the demo clinics and a clinic's worth of patients more.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { prepare } from '../scripts/local/data-folder.mjs'
import { root } from '../scripts/local/install.mjs'
import { ended, run } from '../scripts/local/wrangler.mjs'
import { fill } from './fill.mjs'

export const origin = 'http://diary.bench' // the socket speaks plain HTTP, which a diary at an https: address refuses
const cli = join(root, 'node_modules/wrangler/wrangler-dist/cli.js')
const pages = { diary: 'src/index.ts', recorder: 'bench/workers/recorder.ts', limit: 'bench/workers/limit.ts' }
const vars = {
  ORIGINS: origin,
  MAIL_TRANSPORT: 'mailbox',
  MAIL_FROM: 'diary@clinic-diary.example',
  DIARY_SECRET: 'dGhlIGJlbmNoIG9ubHk6IDMyIGJ5dGVzIG9mIG5vIHZhbHVl',
}

/** @returns the addresses of the Workers, the diary as it is built and the bytes of its bundle, its database and what it holds, and how to end it all */
export async function world(entries = pages) {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-diary-bench-'))
  await prepare(folder)
  const workers = []
  for (const [name, entry] of Object.entries(entries)) workers.push(await built(name, entry, folder))
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers,
      resourcePersistencePath: join(folder, 'v3'),
      cf: false,
    }),
  )
  await miniflare.ready
  const database = await miniflare.getD1Database('DB', 'diary')
  const filled = await fill(database)
  const urls = {}
  for (const name of Object.keys(entries)) urls[name] = String(await miniflare.unsafeGetDirectURL(name))
  const end = async () => {
    await miniflare.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    ...urls,
    patients: filled.patients,
    diaryHeld: filled.diary,
    database,
    worker: workers[0],
    bundleBytes: workers[0].modules.map(({ path, contents }) => [path, contents.length]),
    end,
  }
}

/** Bundled and minified as it is deployed. */
async function built(name, entry, folder) {
  const out = join(folder, 'built', name)
  const args = ['deploy', entry, '--dry-run', '--minify', '--env', 'local', '--outdir', out]
  const done = await ended(run([cli, ...args], folder, ['ignore', 'pipe', 'inherit']))
  if (!done.ok) throw new Error(`${entry} could not be built:\n${done.printed}`)
  const types = { js: 'ESModule', wasm: 'CompiledWasm', txt: 'Text' }
  const files = readdirSync(out).filter((file) => types[file.split('.').pop()])
  const main = files.find((file) => file.endsWith('.js'))
  const module = (file) => ({
    path: join(out, file),
    type: types[file.split('.').pop()],
    contents: readFileSync(join(out, file)),
  })
  return {
    name,
    modules: [main, ...files.filter((file) => file !== main)].map(module),
    modulesRoot: out,
    compatibilityDate: /compatibility_date = "(.+)"/.exec(readFileSync(join(root, 'wrangler.toml'), 'utf8'))[1],
    bindings: vars,
    d1Databases: { DB: '00000000-0000-0000-0000-000000000000' },
    kvNamespaces: { SESSIONS: '00000000000000000000000000000000', MAILBOX: '00000000000000000000000000000001' },
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
  }
}
