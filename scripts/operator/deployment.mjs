/** Refuses what must not go out, applies the migrations to the deployed database, then deploys. `--dry-run` needs no account. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from '../local/install.mjs'
import { command, Stop } from '../local/say.mjs'
import { ended } from '../local/wrangler.mjs'
import { configOf, localSwitches, originsOf, stillToDo, theConfig } from './deployment-config.mjs'
import { optionsOf, typedPath } from './options.mjs'
import { wrangler } from './wrangler.mjs'

const usage = 'npm run deploy -- [--dry-run] [--config wrangler.toml]'

/** @returns what is still to be filled in: a dry run goes on without it, and says so at its end */
function refuse(path, isDryRun) {
  const config = configOf(path)
  const switches = localSwitches(config)
  const todo = stillToDo(config)
  const against = isDryRun ? switches : [...switches, ...todo]
  if (against.length > 0) throw new Stop([`${path} cannot be deployed as it stands:`, ...against].join('\n'))
  return todo
}

const triedOut = (path, todo) =>
  [
    'It can be built. Nothing was deployed.',
    ...(todo.length > 0 ? [`Still to fill in, in ${path}:`] : []),
    ...todo,
  ].join('\n')

/** Builds what would go out, into a folder that is thrown away. */
async function tryOut(path) {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-diary-'))
  try {
    await well(
      ['deploy', '--dry-run', '--outdir', folder],
      path,
      'It could not be built. Nothing was deployed.',
      'error',
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function well(args, path, otherwise) {
  const { ok } = await ended(wrangler([...args, '--config', resolve(root, path), '--env=']))
  if (!ok) throw new Stop(otherwise)
}

await command(async () => {
  const { values, words, problems } = optionsOf(process.argv.slice(2), {
    'dry-run': { type: 'boolean' },
    config: { type: 'string' },
    help: { type: 'boolean' },
  })
  if (values.help) return console.log(usage)
  const unasked = words.map((word) => `"${word}" means nothing here.`)
  if (problems.length + unasked.length > 0) throw new Stop([...problems, ...unasked, usage].join('\n'))
  const path = values.config ? typedPath(values.config) : theConfig
  const todo = refuse(path, values['dry-run'])
  await tryOut(path) // first: no migration for a Worker that cannot be built
  if (values['dry-run']) return console.log(triedOut(path, todo))
  await well(
    ['d1', 'migrations', 'apply', 'DB', '--remote'],
    path,
    'The migrations could not be applied. Nothing was deployed.',
  )
  await well(['deploy'], path, 'The migrations are applied, but the Worker could not be deployed.')
  console.log(`Deployed: ${originsOf(configOf(path))[0]}`)
})
