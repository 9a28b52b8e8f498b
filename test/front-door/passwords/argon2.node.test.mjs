/** Our argon2id and Debian's, side by side on passwords nobody chose: they must not differ in one bit. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import { argon2idOf } from '../../../src/front-door/passwords/argon2.ts'

const wasm = createRequire(import.meta.url).resolve('@phi-ag/argon2/argon2.wasm')
const argon2id = argon2idOf(new WebAssembly.Module(readFileSync(wasm)))

/** @returns what the command says, in hex */
function debians(password, salt, { memory, passes, lanes }) {
  const cost = ['-t', String(passes), '-k', String(memory), '-p', String(lanes)]
  const { status, stdout, stderr } = spawnSync('argon2', [salt, '-id', ...cost, '-l', '32', '-r'], { input: password })
  assert.equal(status, 0, `argon2: ${stderr}`)
  return stdout.toString().trim()
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 !"$%&/()=?*+~#-_.:,;<>|ąéßøжλ字の🦔🌵']
const someText = (length) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

describe('argon2id', () => {
  const costs = [
    { memory: 19_456, passes: 2, lanes: 1 },
    { memory: 8_192, passes: 3, lanes: 1 },
    { memory: 256, passes: 1, lanes: 2 },
  ]
  for (const cost of costs) {
    it(`is what Debian's argon2 computes, at m=${cost.memory} t=${cost.passes} p=${cost.lanes}`, () => {
      for (const length of [1, 8, 12, 20, 30]) {
        const [password, salt] = [someText(length), randomBytes(8).toString('hex')]
        const ours = argon2id(Buffer.from(password), Buffer.from(salt), cost)
        assert.equal(Buffer.from(ours).toString('hex'), debians(password, salt, cost), JSON.stringify(password))
      }
    })
  }
})
