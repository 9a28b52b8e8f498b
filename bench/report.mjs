/** The run as a page: figures of this machine, ratios that travel. What stands below the line is written by hand. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/local/install.mjs'
import { median } from './statistics.mjs'

const line = '<!-- Written by hand below; npm run bench keeps it. -->'
const noise = 0.1 // of the limit against itself: beyond it there is no verdict

export function report({ results, rounds, seconds, patients, bundle, start }) {
  return `# What the diary costs

\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}: ours and the limit in one workerd, taking turns every 25 requests, ${rounds} rounds of ${seconds} s each, one
request at a time; the demo clinic with ${patients.toLocaleString('en-GB')} patients more. The limit reads the session from KV, sends D1 the
same batch and answers with bytes that are ready; for a logon it is one argon2id alone (and, in the next line, two rows written one after the other), for what is written one row, for free times \`SELECT 1\`. A ratio is the median of the rounds (lowest to highest).

| Page | CPU ours ÷ limit | Target | Verdict | Limit ÷ itself | p50 ours | p50 limit | p50 ratio | CPU ours | CPU limit |
|---|--:|--:|---|--:|--:|--:|--:|--:|--:|
${results.map(row).join('\n')}

| Page | HTML | Reads of KV | Trips to D1 | Statements | Rows read | Rows written |
|---|--:|--:|--:|--:|--:|--:|
${results.map(counts).join('\n')}

The bundle, minified: ${bundle.map(([path, bytes]) => `${kind(path)} ${kilobytes(bytes)}`).join(', ')} (target: code ≤ 250 KB).
To start it takes ${start.median.toFixed(0)} ms of CPU (${start.lowest.toFixed(0)} to ${start.highest.toFixed(0)}) more than a Worker that answers a constant (target: ≤ 30 ms).

${line}
${byHand()}`
}

function row({ name, target, turns, latency, cpu, control }) {
  const of = (who, figure) => `${median(turns.map((turn) => turn[who][figure])).toFixed(2)} ms`
  const isQuiet = Math.abs(control.median - 1) <= noise
  const figure = target.of === 'cpu' ? cpu.median : latency.median
  const verdict = isQuiet ? (figure <= target.most ? 'met' : 'missed') : 'none: too noisy'
  const wanted = target.of === 'cpu' ? `≤ ${target.most}` : `p50 ratio ≤ ${target.most}`
  const cells = [inWords(cpu), wanted, verdict, inWords(control), of('ours', 'latency'), of('limit', 'latency')]
  return `| ${[name, ...cells, inWords(latency), of('ours', 'cpu'), of('limit', 'cpu')].join(' | ')} |`
}

const inWords = ({ median, lowest, highest }) => `${median.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`

function counts({ name, calls, turns }) {
  const trips = calls.filter((call) => call.d1)
  const sum = (figure, of = trips) => of.reduce((total, each) => total + each[figure], 0)
  const statements = trips.flatMap(({ d1 }) => d1)
  const kv = calls.length - trips.length
  const cells = [
    kilobytes(turns[0].ours.bytes),
    kv,
    trips.length,
    statements.length,
    sum('rowsRead', statements),
    sum('rowsWritten'),
  ]
  return `| ${[name, ...cells].join(' | ')} |`
}

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`
const kind = (path) => (path.endsWith('.js') ? 'code' : path.endsWith('.wasm') ? 'argon2' : 'list of passwords')

function byHand() {
  const path = join(root, 'bench/RESULTS.md')
  if (!existsSync(path)) return ''
  return readFileSync(path, 'utf8').split(`${line}\n`)[1] ?? ''
}
