/** What it costs to start the Worker, before anything is asked of it: its CPU beside that of a Worker which answers a constant. */
import { readdirSync, readFileSync } from 'node:fs'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { median } from './statistics.mjs'

const constant = 'export default { fetch: () => new Response() }'

/**
 * @param worker the diary, built, as a Worker of Miniflare's
 * @returns ms of CPU that each start took more than the constant's: the median, the lowest and the highest
 */
export async function startTimes(worker, rounds) {
  const times = []
  const least = { ...worker, modules: [{ ...worker.modules[0], contents: constant }] }
  for (let round = 0; round < rounds; round++) times.push((await startCpu(worker)) - (await startCpu(least)))
  return { median: median(times), lowest: Math.min(...times), highest: Math.max(...times) }
}

/** ms of CPU until a workerd of its own has evaluated the Worker and listens. */
async function startCpu(worker) {
  const before = new Set(children())
  const direct = { unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] }
  const miniflare = new Miniflare(convertV4MiniflareOptions({ workers: [{ ...worker, ...direct }], cf: false }))
  await miniflare.ready
  const [started] = children().filter((pid) => !before.has(pid))
  const took = cpuOf(started)
  await miniflare.dispose()
  return took
}

const children = () => readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)

/** The first figure of a thread's schedstat is its nanoseconds on a CPU. */
const cpuOf = (pid) =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6)
    .reduce((sum, ms) => sum + ms, 0)
