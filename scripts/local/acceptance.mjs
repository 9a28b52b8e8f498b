/** Which lines of the acceptance list the tests have shown: read from the numbers at the beginning of their names. */
import { existsSync, readFileSync } from 'node:fs'

/** The numbers of a test: 'I01 I06 shows …' has two. */
export const numbersOf = (name) => /^(?:[A-J]\d\d(?: |$))+/.exec(name)?.[0].trim().split(' ') ?? []

/** A line is shown when a test with its number passed and none with its number failed. */
function shownBy(tests) {
  const numbers = (passed) => tests.filter((test) => test.passed === passed).flatMap(({ name }) => numbersOf(name))
  const failed = new Set(numbers(false))
  return new Set(numbers(true).filter((number) => !failed.has(number)))
}

/**
 * @param lines what must be shown: number and phrase
 * @returns what to print, the numbers that are missing, those that no line has, and how many failures that makes
 */
export function accountOf(lines, tests) {
  const shown = shownBy(tests)
  const missing = Object.keys(lines).filter((number) => !shown.has(number))
  const unknown = [...new Set(tests.flatMap(({ name }) => numbersOf(name)))].filter((number) => !(number in lines))
  const areas = [...new Set(Object.keys(lines).map((number) => number[0]))]
  const text = areas.flatMap((area) => {
    const ofArea = (numbers) => numbers.filter((number) => number.startsWith(area))
    const short = (numbers) => numbers.map((number) => number.slice(1)).join(' ')
    const there = ofArea(Object.keys(lines).filter((number) => shown.has(number)))
    const gone = ofArea(missing)
    const rest = gone.length > 0 ? `; not shown: ${short(gone)}` : ''
    return [
      `${area}  ${short(there) || 'none'} shown${rest}`,
      ...gone.map((number) => `     ${number} ${lines[number]}`),
    ]
  })
  if (unknown.length > 0) text.push(`On no list: ${unknown.join(' ')}`)
  const failed = missing.length + unknown.length // what is not shown does not hold; a number with a slip in it shows nothing
  return { text: text.join('\n'), missing, unknown, failed }
}

/** Tests of a vitest report; what was skipped has neither passed nor failed. */
export const testsOfVitest = (path) =>
  (read(path)?.testResults ?? [])
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ title, status }) => ({ name: title, passed: status === 'passed' }))

/** Tests of a Playwright report: suites within suites. One that passed only at its second try has failed. */
export const testsOfPlaywright = (path) =>
  (read(path)?.suites ?? []).flatMap(specsOf).filter(({ passed }) => passed !== null)

function specsOf(suite) {
  const own = (suite.specs ?? []).map(({ title, tests }) => ({ name: title, passed: outcome(tests) }))
  return [...own, ...(suite.suites ?? []).flatMap(specsOf)]
}

function outcome(tests) {
  const ran = tests.filter(({ status }) => status !== 'skipped')
  return ran.length === 0 ? null : ran.every(({ status }) => status === 'expected')
}

/** Tests of Node's TAP: lines like "    ok 3 - refuses a taken slug # time=12". */
export function testsOfNode(path) {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return [...text.matchAll(/^ *(not )?ok \d+ - (.*)$/gm)]
    .filter(([, , name]) => !/ # (SKIP|TODO)/.test(name))
    .map(([, not, name]) => ({ name: name.replaceAll('\\#', '#'), passed: !not }))
}

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null)
