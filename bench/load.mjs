/** One request after the other for a while: how long each took, and how much CPU the server spent on it. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { median } from './statistics.mjs'

const inARow = 25 // requests: what else a machine does lasts longer, so it falls on all sides alike

/**
 * All sides by turns, each with as many requests as the others.
 * @param sides by name; of each `request` makes the n-th request's text, `isRight` is asked of every answer, so that no page
 * of an error is measured, and `rest` are ms until the next request, in which the server does what it has left for after its answer
 * @param seconds for each of them
 * @returns of each side medians and means: `latency` ms, `cpu` ms for each request of all server processes, `bytes` of the last answer
 */
export async function turns(sides, seconds) {
  const measured = Object.entries(sides).map(([name, side]) => ({ name, side, times: [], cpu: 0, bytes: 0 }))
  const cpu = serverCpu()
  const until = performance.now() + seconds * 1000 * measured.length
  while (performance.now() < until) {
    for (const each of measured) await someMore(each, cpu)
    measured.reverse()
  }
  const figures = ({ name, times, cpu, bytes }) => [
    name,
    { latency: median(times), cpu: cpu / times.length, requests: times.length, bytes },
  ]
  return Object.fromEntries(measured.map(figures))
}

async function someMore(into, cpu) {
  const { connection, request, isRight, counter, rest } = into.side
  const before = cpu()
  for (let sent = 0; sent < inARow; sent++) {
    const text = request(counter.next++)
    const began = performance.now()
    const answer = await connection.send(text)
    into.times.push(performance.now() - began)
    if (!isRight(answer)) throw new Error(`not the page that is measured: ${answer.head}`)
    into.bytes = answer.bytes
    if (rest) await setTimeout(rest)
  }
  into.cpu += cpu() - before
}

/** @returns asks how many ms of CPU the processes have used that are now below this one */
function serverCpu() {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [pid, parentOf(pid)]),
  )
  const isBelow = (pid) => {
    for (let at = parents.get(pid); at; at = parents.get(at)) if (at === String(process.pid)) return true
    return false
  }
  const servers = [...parents.keys()].filter(isBelow)
  return () => servers.reduce((sum, pid) => sum + cpuOf(pid), 0)
}

/** Stands behind the name, which may hold spaces, and the state. */
function parentOf(pid) {
  const text = read(`/proc/${pid}/stat`)
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[1]
}

/** Of all its threads, to the nanosecond: the ticks of /proc/*\/stat are too long for a few requests. */
function cpuOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`)
  return (
    threads.reduce((sum, thread) => sum + Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]), 0) / 1e6
  )
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it has just ended
  }
}
