import type { D1Migration } from '@cloudflare/vitest-plugin/config'
import type { Bindings } from '../../src/environment.ts'

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {
      TEST_MIGRATIONS: D1Migration[]
    }
  }
}
