/** Journeys in a real Chromium against what `npm start` serves: one server with fresh demo clinics for the whole run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { theChromium } from '../../scripts/local/browser.mjs'

const root = path.join(import.meta.dirname, '../..')
const minute = 60_000 // ms

// The workers of the run read this file too: they find the server that the first reading chose.
if (!process.env.DIARY_PORT) {
  process.env.DIARY_PORT = String(await freePort())
  const data = mkdtempSync(path.join(tmpdir(), 'clinic-diary-'))
  process.env.DIARY_DATA = data
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
}
const { DIARY_PORT: port, DIARY_DATA: data } = process.env
const url = `http://localhost:${port}`

export default defineConfig({
  testDir: '.',
  outputDir: path.join(root, 'test-results/browser'), // emptied at the start: the other reports lie beside it
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: minute,
  reporter: [['line'], ['json', { outputFile: path.join(root, 'test-results/browser.json') }]],
  webServer: {
    command: `"${process.execPath}" scripts/start.mjs --port ${port} --data "${data}"`,
    cwd: root,
    url: `${url}/riverside`,
    timeout: 3 * minute,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
  use: {
    baseURL: url,
    actionTimeout: 10_000, // ms
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'only-on-failure', // a trace of every key would double the time: ask for it with --trace on
    launchOptions: {
      executablePath: theChromium(),
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    },
  },
})

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
