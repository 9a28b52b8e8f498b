/** What npm start and npm test stand on: the packages of the lockfile, and a Node that wrangler accepts. Runs on Node 20. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask, Stop } from './say.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const at = (...parts) => join(root, ...parts)

/** Installs when something that the lockfile names is missing or has another version. */
export function installWhatIsMissing() {
  if (isInstalled()) return
  console.log('Installing what is missing. The first time this takes about half a minute …')
  const args = ['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier']
  const npm = process.env.npm_execpath
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  if (done.status !== 0) throw new Stop('npm could not install the packages. What it said stands above.')
}

/** npm leaves a lockfile of what it really put there; packages for other machines are not in it. */
function isInstalled() {
  const left = at('node_modules', '.package-lock.json')
  if (!existsSync(left)) return false
  const there = JSON.parse(readFileSync(left, 'utf8')).packages
  const wanted = Object.entries(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages)
  return wanted.every(([path, { version, optional }]) =>
    path === '' ? true : there[path] ? there[path].version === version : optional,
  )
}

/** The Node that wrangler runs on: the one in the lockfile where it is for this machine, otherwise this one. */
export function nodeForWrangler() {
  const ours = at('node_modules', '.bin', 'node')
  if (existsSync(ours) && ask(ours, ['--version'])) return ours
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath
  throw new Stop(
    `This machine needs Node 22.12 or newer; it has ${process.versions.node}. (On Linux x64, Node 20 is enough.)`,
  )
}
