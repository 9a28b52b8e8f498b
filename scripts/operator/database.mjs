/** The database that the operator means: one on this machine, or the deployed one. Both are reached through wrangler. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { secretsFile } from '../local/data-folder.mjs'
import { root } from '../local/install.mjs'
import { Stop } from '../local/say.mjs'
import { ended } from '../local/wrangler.mjs'
import { configOf, originsOf, placeholder } from './deployment-config.mjs'
import { wrangler } from './wrangler.mjs'

/** What the database itself refused, as it says it. */
export class Refused extends Error {}

/**
 * @returns `origin` of the addresses to print; `read`, which gives the rows of one SELECT; and `write`, whose SQL is
 * one transaction: D1 puts a file that fails back to where it was
 */
export function databaseOf({ remote, data, port, config }) {
  const send = remote ? deployed(config) : local(data)
  return {
    origin: remote ? originsOf(configOf(config))[0] : `http://localhost:${port}`,
    read: async (sql) => (await send(['--command', sql]))[0].results,
    write: (sql) => inFile(sql, (file) => send(['--file', file])),
  }
}

function local(data) {
  if (!existsSync(secretsFile(data)))
    throw new Stop(`There is no diary in ${data}. npm start makes one there: npm start -- --data ${data}`)
  const place = ['--local', '--env', 'local', '--persist-to', data, '--env-file', secretsFile(data)]
  return (what) => execute([...place, ...what], data)
}

function deployed(path) {
  const database = configOf(path).d1_databases?.find(({ binding }) => binding === 'DB')
  if (!database?.database_id || placeholder.id.test(database.database_id))
    throw new Stop(
      `${path} names no database yet. The README says how to make one, under "Deploying and running clinics".`,
    )
  const place = ['--remote', '--yes', '--config', resolve(root, path), '--env=']
  return (what) => execute([...place, ...what])
}

async function execute(args, data) {
  const child = wrangler(['d1', 'execute', 'DB', '--json', ...args], { data, stdio: ['ignore', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text
  })
  const { ok, printed } = await ended(child)
  const answer = jsonIn(printed)
  if (ok && Array.isArray(answer)) return answer
  const said = answer?.error?.text ?? `${printed}${complaint}`.trim()
  if (/no such table/.test(said)) throw new Stop('The database has no tables yet: apply the migrations first.')
  throw new Refused([said, ...(answer?.error?.notes ?? []).map(({ text }) => text)].join('\n'))
}

function jsonIn(printed) {
  try {
    return JSON.parse(printed)
  } catch {
    return null // wrangler stopped before it came to the database, and said why in words
  }
}

/** A file of the operator's own, gone afterwards: it holds names and addresses, and no secret. */
async function inFile(sql, use) {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-diary-'))
  try {
    writeFileSync(join(folder, 'statements.sql'), sql, { mode: 0o600 })
    return await use(join(folder, 'statements.sql'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
