/** Runs wrangler for local development: offline, without an account, quiet. Its errors are always shown. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { nodeForWrangler, root } from './install.mjs'

const cli = join(root, 'node_modules', 'wrangler', 'wrangler-dist', 'cli.js')
const endWithParent = new URL('end-with-parent.mjs', import.meta.url).href

/** Nothing is asked, reported, looked up or updated; nothing is written outside the project and the data folder. */
export const offline = (data) => ({
  CI: '1', // asks nothing
  DO_NOT_TRACK: '1',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_LOG: 'error',
  WRANGLER_WRITE_LOGS: 'false',
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
  WRANGLER_REGISTRY_PATH: join(data, 'registry'),
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  X_LOCAL_OBSERVABILITY: 'false',
  X_LOCAL_EXPLORER: 'false',
})

/** A script or wrangler itself, on the Node that wrangler needs. It ends with us, also when we are killed. */
export function run(args, data, stdio = ['ignore', 'pipe', 'inherit']) {
  const env = { ...process.env, ...offline(data), PATH: path() }
  delete env.NODE_OPTIONS // a debugger or a loader meant for the caller
  const flags = ['--no-warnings', '--experimental-strip-types', '--import', endWithParent]
  return spawn(nodeForWrangler(), [...flags, ...args], { cwd: root, env, stdio })
}

/** wrangler.toml's build command says `node`: it means the one that the project brings. */
const path = () => `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`

export const wrangler = (args, data, stdio) => run([cli, ...args, '--env', 'local', '--persist-to', data], data, stdio)

/** Waits for the end. @returns what it printed, and whether it went well */
export function ended(child) {
  let printed = ''
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    printed += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ok: code === 0, printed }))
  })
}
