/**
 * npm run bench:timing: can a stranger tell by time whose address the clinic holds (security.md "Timing", A04, A06, A09, D14)?
 * Each class of person is asked about in turn with somebody whom nobody knows, in pairs of random order, on one kept
 * connection. A build with a leak put in on purpose (one write to D1 more for whoever is known) must be found, or the run
 * says nothing. The whole protocol, 31 questions of 3 runs of 1,000 pairs, takes about three hours, nearly all of it the
 * pauses in which the work after an answer comes to its end; `--only 'logging on'` asks some of the questions. What counts
 * first are the equal statements of test/front-door/equal-work.test.ts; this is the second look.
 */
import { parseArgs } from 'node:util'
import { connection } from './client.mjs'
import { leakStatistics } from './statistics.mjs'
import { fillClasses, lockNames, prepareTokens, questions, startCountingAgain } from './timing-classes.mjs'
import { world } from './world.mjs'

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '3' },
    pause: { type: 'string', default: '60' }, // ms that the work after an answer may take
    only: { type: 'string', default: '' }, // a part of a question's name
  },
})
const [pairs, runs, afterTheAnswer] = [values.pairs, values.runs, values.pause].map(Number)
const dropped = 30 // pairs until the Worker is warm
const clearedEvery = 40 // pairs: before any name has to wait
const limits = { sign: 4, mannWhitney: 4, welch: 4.5 }

const built = await world({ diary: 'src/index.ts', leaky: 'bench/workers/leaky.ts' })
try {
  await fillClasses(built.database)
  const tokens = await prepareTokens(built.database)
  const asked = questions(tokens).filter(({ name }) => name.includes(values.only))
  const leaky = await connection(built.leaky)
  const control = questions(tokens).find(({ isControl }) => isControl)
  const found = await measured({ ...control, name: `control: ${control.name}, with a leak` }, leaky)
  leaky.close()
  const isValid = Math.abs(found.sign) > limits.sign
  const diary = await connection(built.diary) // only now: one that lies idle is closed
  const leaking = []
  for (const question of asked) if (await leaks(question, diary)) leaking.push(question.name)
  console.log(
    isValid
      ? `${leaking.length} of ${asked.length} questions leak: ${leaking.join('; ')}`
      : 'INVALID: the leak put in on purpose was not found',
  )
  process.exitCode = isValid && leaking.length === 0 ? 0 : 1
  diary.close()
} finally {
  await built.end()
}

/** It holds in every run; one of them may be repeated. */
async function leaks(question, diary) {
  let mayRepeat = 1
  for (let run = 0; run < runs; run++) {
    if (holds(await measured(question, diary))) continue
    if (mayRepeat === 0) return true
    mayRepeat -= 1
    run -= 1
  }
  return false
}

function holds({ sign, mannWhitney, welch }) {
  return Math.abs(sign) < limits.sign && Math.abs(mannWhitney) < limits.mannWhitney && Math.abs(welch) < limits.welch
}

async function measured({ name, known, unknown, expected, goesOn, isLocked }, { send }) {
  const pause = goesOn ? afterTheAnswer : 0
  const began = performance.now()
  const timesOfPairs = []
  await startCountingAgain(built.database)
  if (isLocked) await lockNames(built.database, send)
  for (let pair = 0; pair < pairs + dropped; pair++) {
    if (pair % clearedEvery === 0) await startCountingAgain(built.database, { staysLocked: isLocked })
    const times = {}
    const order = Math.random() < 0.5 ? ['known', 'unknown'] : ['unknown', 'known']
    for (const who of order) times[who] = await timed(send, (who === 'known' ? known : unknown)(pair), expected, pause)
    if (pair >= dropped) timesOfPairs.push([times.known, times.unknown])
  }
  const figures = leakStatistics(timesOfPairs)
  const { difference, sign, mannWhitney, welch } = figures
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  const interval = difference.map((ms) => ms.toFixed(2)).join(' … ')
  const z = [sign, mannWhitney, welch].map((value) => value.toFixed(1))
  console.log(
    `${name}: Δ median ${interval} ms (95 %), sign ${z[0]}, Mann-Whitney ${z[1]}, cropped Welch ${z[2]} (${minutes} min)`,
  )
  return figures
}

/** @param pause ms after the answer: work that goes on after it must not be measured with the next request */
async function timed(send, request, expected, pause) {
  const began = performance.now()
  const { status } = await send(request)
  const took = performance.now() - began
  if (status !== expected) throw new Error(`answered ${status} instead of ${expected}`)
  if (pause) await new Promise((resolve) => setTimeout(resolve, pause))
  return took
}
