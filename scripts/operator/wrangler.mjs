/** Runs wrangler for the operator: as quiet and private as for local development, but what it answers is heard. */
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { nodeForWrangler, root } from '../local/install.mjs'
import { offline } from '../local/wrangler.mjs'

const cli = join(root, 'node_modules', 'wrangler', 'wrangler-dist', 'cli.js')
const endWithParent = new URL('../local/end-with-parent.mjs', import.meta.url).href
const ownFolder = join(root, '.data')

/** @param data where wrangler may leave what it notes down */
export function wrangler(args, { data = ownFolder, stdio = 'inherit' } = {}) {
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`
  const env = { ...process.env, ...offline(data), PATH: path, WRANGLER_LOG: 'log' }
  delete env.NODE_OPTIONS // a debugger or a loader meant for the caller
  return spawn(nodeForWrangler(), ['--no-warnings', '--import', endWithParent, cli, ...args], { cwd: root, env, stdio })
}
