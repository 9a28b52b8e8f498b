/**
 * npm run bench: each page beside what no diary on this platform can beat. Ours and the limit take turns in one run;
 * a second turn of the limit shows how quiet the machine is, and where that differs by more than a tenth there is no verdict.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../scripts/local/install.mjs'
import { connection, requestText } from './client.mjs'
import { turns } from './load.mjs'
import { report } from './report.mjs'
import { scenarios } from './scenarios.mjs'
import { startTimes } from './start.mjs'
import { ratioOf } from './statistics.mjs'
import { world } from './world.mjs'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string', default: '' }, // a part of a scenario's name: printed, and not written down
  },
})
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]
const warmUp = 1 // second
/** Of each side of the door: its read of KV, which an isolate makes once, and the limit for each page (performance.md). */
const sessions = new Map()

const built = await world()
try {
  const asking = await connection(built.diary)
  const all = (await scenarios(asking.send, built.diaryHeld)).filter(({ name }) => name.includes(values.only))
  asking.close()
  const results = []
  for (const scenario of all) results.push(await measured(scenario))
  const start = await startTimes(built.worker, rounds)
  const text = report({ results, rounds, seconds, patients: built.patients, bundle: built.bundleBytes, start })
  if (!values.only) writeFileSync(join(root, 'bench/RESULTS.md'), text)
  console.log(text)
} finally {
  await built.end()
}

async function measured(scenario) {
  const { name, target, request, limitPath, asks, rest } = scenario
  const { diary, recorder, limit } = await connections()
  const told = await recorded(recorder, scenario)
  const path = limitPath ?? (await prepared(limit, '/page', { ...told, calls: scenario.limit ?? told.least }))
  const isRight = (answer) => isAsked(scenario, answer)
  const itself = { connection: diary, request, isRight, counter: { next: 100 }, rest }
  const ours = asks ? await askingOnly(limit, asks, told, itself) : itself
  const theirs = {
    connection: limit,
    request: () => requestText({ path }),
    isRight: limitPath ? ({ status }) => status === 200 : isRight,
    counter: { next: 0 },
    rest,
  }
  const sides = { limit: theirs, ours, again: theirs }
  await turns(sides, warmUp)
  const taken = []
  for (let round = 0; round < rounds; round++) taken.push(await turns(sides, seconds))
  for (const { close } of [diary, recorder, limit]) close()
  console.log(`${name}: done`)
  const ratio = (figure, who) => ratioOf(taken.map((turn) => [turn[who][figure], turn.limit[figure]]))
  return {
    name,
    target,
    calls: ours.calls ?? told.calls,
    turns: taken,
    latency: ratio('latency', 'ours'),
    cpu: ratio('cpu', 'ours'),
    control: ratio('cpu', 'again'),
  }
}

/** Anew for each scenario: one that waits for the next is closed. */
async function connections() {
  const [diary, recorder, limit] = await Promise.all(
    [built.diary, built.recorder, built.limit].map((address) => connection(address)),
  )
  return { diary, recorder, limit }
}

function isAsked({ expected, says }, { status, head, text }) {
  return status === expected && (head.includes(says) || text().includes(says))
}

/** What the warm diary asks of D1 and KV for this request: the second answer, when what may be kept is kept. */
async function recorded(recorder, { request, expected, session }) {
  const [first, told] = [await answerOf(recorder, request(1)), await answerOf(recorder, request(2))]
  if (told.status !== expected) throw new Error(`the recorder was answered ${told.status}`)
  const inKv = sessions.get(session) ?? first.calls.find(({ kv }) => kv)
  if (session) sessions.set(session, inKv)
  return { ...told, least: session ? [inKv, ...told.calls] : told.calls }
}

async function answerOf(recorder, text) {
  return JSON.parse((await recorder.send(text)).text())
}

async function prepared(limit, path, told) {
  const answer = await limit.send(requestText({ method: 'PUT', path, body: JSON.stringify(told) }))
  if (answer.status !== 204) throw new Error(`the limit could not be prepared: ${answer.status}`)
  return path
}

/** A part of the page's statements alone, and the page's bytes: both sides are the limit's Worker then. */
async function askingOnly(limit, asks, told, side) {
  const calls = told.calls.filter(({ d1 }) => d1).map((call) => ({ ...call, d1: call.d1.filter(asks) }))
  const path = await prepared(limit, '/part', { ...told, calls })
  return { ...side, connection: limit, request: () => requestText({ path }), calls }
}
