import path from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { unstable_readConfig } from 'wrangler'

// A secret of no value, in the environment too, so that nobody is warned that it is missing.
const secret = 'dGVzdHMgb25seTogMzIgYnl0ZXMgb2Ygbm8gdmFsdWUhISE='
process.env.DIARY_SECRET = secret

const fromHere = (name: string) => path.join(import.meta.dirname, name)

/** What the deployment leaves out is left out here too: [alias] of wrangler.toml. */
function aliases() {
  const { alias = {} } = unstable_readConfig({ config: fromHere('wrangler.toml'), env: 'local' })
  return Object.entries(alias).map(([find, to]) => ({ find, replacement: fromHere(to) }))
}

/** Pages and rules run inside workerd, with real D1 and KV and the real migrations. */
export default defineConfig(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml', environment: 'local' },
      miniflare: {
        bindings: {
          TEST_MIGRATIONS: await readD1Migrations(fromHere('migrations')),
          DIARY_SECRET: secret,
          ORIGINS: 'https://diary.test',
        },
      },
    }),
  ],
  resolve: { alias: aliases() },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/browser/**'],
    maxWorkers: 2, // one waits for its workerd a third of the time: two need two thirds of it on two cores
    testTimeout: 60_000, // ms: no test is about time, and a slow machine is no failure
    hookTimeout: 60_000,
    css: true, // one test holds the looks of clinics against the style sheet
    setupFiles: ['./test/support/clean-database.ts'],
    // Tests cause trouble and are refused on purpose; what the log says of it is no news here.
    onConsoleLog: (log) => !/^\{"(trouble|refused)"/.test(log),
    provide: { sequencesOfEachWay: Number(process.env.TWO_WORLDS ?? 4) },
    globalSetup: ['./test/support/failing-mail-server.ts'],
  },
}))
