/** The account that `npm test` gives of the acceptance list: only what a test has shown counts. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { accountOf, numbersOf, testsOfNode, testsOfPlaywright, testsOfVitest } from '../../scripts/local/acceptance.mjs'
import { lines } from './lines.mjs'

const folder = mkdtempSync(join(tmpdir(), 'clinic-diary-account-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const report = (name, content) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const two = { F01: 'no foreign post', F02: 'logging on too' }

describe('the numbers of a test', () => {
  it('stand at the beginning of its own name', () => {
    assert.deepEqual(numbersOf('F04 leads only to own paths'), ['F04'])
    assert.deepEqual(numbersOf('I01 I06 shows a reference'), ['I01', 'I06'])
    assert.deepEqual(numbersOf('is refused (F04)'), [])
    assert.deepEqual(numbersOf('A4 paper is printed'), [])
    assert.deepEqual(numbersOf('F045 is no line'), [])
  })
})

describe('the account of the list', () => {
  it('names what is shown and what is not', () => {
    const { text, missing } = accountOf(two, [{ name: 'F01 is refused', passed: true }])
    assert.equal(text, 'F  01 shown; not shown: 02\n     F02 logging on too')
    assert.deepEqual(missing, ['F02'])
  })

  it('takes a line as shown only when none of its tests failed', () => {
    const tests = [
      { name: 'F01 is refused with one', passed: true },
      { name: 'F01 is refused with another', passed: false },
      { name: 'F02 too', passed: true },
    ]
    assert.deepEqual(accountOf(two, tests).missing, ['F01'])
  })

  it('tells of a number that no line has', () => {
    const { text, unknown } = accountOf({ F01: 'x' }, [{ name: 'F01 F99 x', passed: true }])
    assert.deepEqual(unknown, ['F99'])
    assert.equal(text, 'F  01 shown\nOn no list: F99')
  })

  it('fails for each line that is not shown, and for each number on no list', () => {
    assert.equal(accountOf(two, [{ name: 'F01 F02 F99 are refused', passed: true }]).failed, 1)
    assert.equal(accountOf(two, [{ name: 'F01 is refused', passed: false }]).failed, 2)
    assert.equal(accountOf(two, [{ name: 'F01 F02 are refused', passed: true }]).failed, 0)
  })

  it('has a phrase for each of its lines, in order', () => {
    const numbers = Object.keys(lines)
    assert.deepEqual(numbers, [...numbers].sort())
    assert.equal(numbers.length, 117)
    assert.deepEqual(
      Object.values(lines).filter((phrase) => phrase.length < 10),
      [],
    )
  })
})

describe('the reports', () => {
  it('of vitest: passed and failed, not what was skipped', () => {
    const test = (title, status) => ({ title, status, ancestorTitles: ['x'] })
    const tests = [test('F01 a', 'passed'), test('F02 b', 'failed'), test('F03 c', 'skipped'), test('F04 d', 'todo')]
    assert.deepEqual(testsOfVitest(report('v.json', { testResults: [{ assertionResults: tests }] })), [
      { name: 'F01 a', passed: true },
      { name: 'F02 b', passed: false },
    ])
  })

  it('of Playwright: suites within suites', () => {
    const spec = (title, status) => ({ title, tests: [{ status }] })
    const inner = { title: 'in', specs: [spec('I04 a', 'expected'), spec('I05 b', 'flaky'), spec('I06 c', 'skipped')] }
    assert.deepEqual(testsOfPlaywright(report('p.json', { suites: [{ specs: [], suites: [inner] }] })), [
      { name: 'I04 a', passed: true },
      { name: 'I05 b', passed: false },
    ])
  })

  it('of Node: its TAP, subtests too', () => {
    const tap =
      'TAP version 13\n# Subtest: x\n    ok 1 - D20 a \\#1\n    not ok 2 - D19 b\n    ok 3 - D18 c # SKIP\n1..1\n'
    assert.deepEqual(testsOfNode(report('n.tap', tap)), [
      { name: 'D20 a #1', passed: true },
      { name: 'D19 b', passed: false },
    ])
  })

  it('that was never written shows nothing', () => {
    for (const testsOf of [testsOfVitest, testsOfPlaywright, testsOfNode])
      assert.deepEqual(testsOf(join(folder, 'none')), [])
  })
})
