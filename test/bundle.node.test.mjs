/** What is deployed, weighed: each isolate reads all of it before it answers for the first time (performance.md). */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ended } from '../scripts/local/wrangler.mjs'
import { wrangler } from '../scripts/operator/wrangler.mjs'

const most = 850_000 // bytes of code

describe('the Worker as it is deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-diary-bundle-'))
  let code = ''

  before(async () => {
    const args = ['deploy', '--dry-run', '--outdir', folder, '--env=']
    const { ok } = await ended(wrangler(args, { data: folder, stdio: 'ignore' }))
    assert.ok(ok)
    code = readFileSync(join(folder, 'index.js'), 'utf8')
  })

  after(() => rmSync(folder, { recursive: true, force: true }))

  it('is minified, and no heavier than it was', () => {
    assert.ok(code.length > 500_000) // it is all there
    assert.ok(Buffer.byteLength(code) <= most, `${Buffer.byteLength(code)} bytes`)
    assert.ok(!code.includes('__name('))
  })

  it('has nothing that reads certificates: passkeys are asked for without an attestation', () => {
    assert.ok(!/MII[\w+/]{40}/.test(code)) // a certificate
    assert.ok(!code.includes('1.2.840.113549')) // what is signed how, in one
  })

  it('asks for none of Node’s modules, which each start would wait for', () => {
    assert.ok(!/(from|import) ?["']node:/.test(code))
  })
})
