/** One request after the other for a while: how long each took, and how much CPU the server spent on it. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { median } from './statistics.mjs'

const ticksPerSecond = 100 // of /proc/*/stat, on every Linux

/**
 * @param request makes the n-th request's text
 * @param isRight asked of every answer, so that no page of an error is measured
 * @param rest ms until the next request, in which the server does what it has left for after its answer
 * @returns medians of one slice: `latency` ms, `cpu` ms for each request of all server processes, `bytes` of the last answer
 */
export async function slice({ connection, request, isRight, seconds, counter, rest }) {
  const times = []
  let bytes = 0
  const cpuBefore = serverCpu()
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    const text = request(counter.next++)
    const began = performance.now()
    const answer = await connection.send(text)
    times.push(performance.now() - began)
    if (!isRight(answer)) throw new Error(`not the page that is measured: ${answer.head}`)
    bytes = answer.bytes
    if (rest) await setTimeout(rest)
  }
  return {
    latency: median(times),
    cpu: ((serverCpu() - cpuBefore) * 1000) / times.length,
    requests: times.length,
    bytes,
  }
}

/** Seconds of CPU that everything below this process has used. */
function serverCpu() {
  const children = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const fields = statOf(pid)
    if (fields) children.set(pid, { parent: fields[1], ticks: Number(fields[11]) + Number(fields[12]) })
  }
  const isBelow = (pid) => {
    for (let at = children.get(pid)?.parent; at; at = children.get(at)?.parent)
      if (at === String(process.pid)) return true
    return false
  }
  return [...children].reduce((sum, [pid, { ticks }]) => (isBelow(pid) ? sum + ticks : sum), 0) / ticksPerSecond
}

/** The fields after the name, which may hold spaces: state, parent, …, user ticks (11), system ticks (12). */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null // it has just ended
  }
}
