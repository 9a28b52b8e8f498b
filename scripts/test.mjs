/** npm test: everything that must hold, as a checklist. Plain Node 20: nothing is installed yet when it begins. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { lines } from '../test/acceptance/lines.mjs'
import { accountOf, testsOfNode, testsOfPlaywright, testsOfVitest } from './local/acceptance.mjs'
import { chromium } from './local/browser.mjs'
import { countOfNode, countOfPlaywright, countOfVitest } from './local/counts.mjs'
import { installWhatIsMissing, nodeForWrangler, root } from './local/install.mjs'
import { ask, Stop } from './local/say.mjs'
import { offline } from './local/wrangler.mjs'

const reports = join(root, 'test-results')
const report = (name) => join(reports, name)
const bin = join(root, 'node_modules', '.bin')
const total = { passed: 0, failed: 0 }

const nodeReporters = [
  ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
  ...['--test-reporter=tap', `--test-reporter-destination=${report('node.tap')}`],
]

try {
  checklist()
} catch (error) {
  total.failed += 1 // whatever stopped the list, the last line says that it did not hold
  console.error(error instanceof Stop ? `\n${error.message}` : error)
}
tellWhatIsShown()
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1

function checklist() {
  installWhatIsMissing()
  needDebianPackages()
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })

  step('Assets', ['scripts/assets.mjs'], null)
  step('Types', program('tsc', '--noEmit'))
  step('Types of the browser tests', program('tsc', '--noEmit', '-p', 'test/browser'))
  step('Lint and format', program('biome', 'check', '--error-on-warnings'))
  step('Hashes beside Debian’s argon2, and the demo clinics', ['--test', ...nodeReporters, ...nodeTests()], () =>
    countOfNode(report('node.tap')),
  )
  const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report('workerd.json')}`]
  step('Rules and pages in workerd', program('vitest', ...vitest), () => countOfVitest(report('workerd.json')))
  const playwright = ['test', '--config', 'test/browser/playwright.config.ts']
  step('Journeys in Chromium', program('playwright', ...playwright), () => countOfPlaywright(report('browser.json')))
}

/** The acceptance list, line by line: what the tests of this run have shown. */
function tellWhatIsShown() {
  const tests = [
    ...testsOfNode(report('node.tap')),
    ...testsOfVitest(report('workerd.json')),
    ...testsOfPlaywright(report('browser.json')),
  ]
  const { text, failed } = accountOf(lines, tests)
  console.log(`\n== The acceptance list\n${text}`)
  total.failed += failed
}

/** workerd tells of every connection that is cut; the tests of the mail service cut them on purpose. */
function withoutCutConnections(text) {
  return text
    .split('\n')
    .filter(
      (line) =>
        !/^(uncaught exception; .*|.*exception = .*)(disconnected|Network connection lost)|^stack: .*workerd@/.test(
          line,
        ),
    )
    .join('\n')
}

/**
 * Runs one step on the project's Node and shows what it prints.
 * @param count reads the step's report; without one the step itself is one check; null: it is none unless it fails
 */
function step(name, args, count) {
  console.log(`\n== ${name}`)
  const env = { ...process.env, ...offline(reports), PATH: `${bin}${delimiter}${process.env.PATH}` }
  const drivesBrowser = args.includes('test/browser/playwright.config.ts') // it chooses by itself, and warns of two minds
  if (!process.stdout.isTTY && !drivesBrowser) env.NO_COLOR = '1'
  const { status, stderr } = spawnSync(nodeForWrangler(), ['--no-warnings', '--experimental-strip-types', ...args], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024, // bytes
  })
  process.stderr.write(withoutCutConnections(stderr))
  const { passed, failed } = count ? count() : { passed: status === 0 && count === undefined ? 1 : 0, failed: 0 }
  const silent = status !== 0 && failed === 0 // it crashed, or could not start: no check of its own says so
  total.passed += passed
  total.failed += silent ? 1 : failed
  if (silent) console.error(`${name}: the step itself failed.`)
  else if (count && passed + failed === 0) {
    console.error(`${name}: nothing was checked.`)
    total.failed += 1
  }
}

/** The script behind a package's command, so that it runs on the Node that we name. */
function program(name, ...args) {
  const packages = { tsc: 'typescript', biome: '@biomejs/biome', vitest: 'vitest', playwright: '@playwright/test' }
  const folder = join(root, 'node_modules', packages[name])
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return [join(folder, typeof bins === 'string' ? bins : bins[name]), ...args]
}

/** Checks that read the whole house, with Node's own runner: the others run inside workerd, where there are no files. */
function nodeTests() {
  const all = readdirSync(join(root, 'test'), { recursive: true }).filter((name) => /\.node\.test\.m?[jt]s$/.test(name))
  return all
    .map((name) => join(root, 'test', name))
    .filter((path) => readFileSync(path, 'utf8').includes("'node:test'"))
}

/** Chromium for the journeys, and Debian's own argon2 to hold our hashes against. */
function needDebianPackages() {
  const missing = [chromium() ? null : 'chromium', ask('which', ['argon2']) === null ? 'argon2' : null].filter(Boolean)
  if (missing.length === 0) return
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (!isDebianRoot)
    throw new Stop(`The tests need ${missing.join(' and ')}. On Debian: apt-get install ${missing.join(' ')}`)
  console.log(`Installing Debian's ${missing.join(' and ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (args, stderr) => spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', stderr] })
  const install = ['install', '-y', '--no-install-recommends', ...missing]
  if (apt(install, 'ignore').status === 0) return
  apt(['update'], 'inherit') // the first install fails where Debian's lists were never read
  if (apt(install, 'inherit').status !== 0) throw new Stop(`apt-get could not install ${missing.join(' and ')}.`)
}
