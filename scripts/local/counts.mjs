/** How many checks a step made, as its own report tells it. Without a report there were none, and the step says so. */
import { existsSync, readFileSync } from 'node:fs'

const none = { passed: 0, failed: 0 }

export function countOfVitest(path) {
  const { numPassedTests: passed, numFailedTests, testResults } = read(path) ?? { ...none, testResults: [] }
  const neverRan = (testResults ?? []).filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return { passed: passed ?? 0, failed: (numFailedTests ?? 0) + neverRan.length }
}

/** A journey that passed only at its second try has failed. */
export function countOfPlaywright(path) {
  const { stats, errors } = read(path) ?? {}
  if (!stats) return none
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + (errors?.length ?? 0) }
}

/** Node's TAP ends in lines like "# pass 12". */
export function countOfNode(path) {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const number = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
  return { passed: number('pass'), failed: number('fail') + number('cancelled') }
}

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null)
