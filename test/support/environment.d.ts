import type { D1Migration } from '@cloudflare/vitest-plugin/config'
import type { Bindings } from '../../src/environment.ts'

declare global {
  /** Vite gives the text of files at build time; tests in workerd have no file system. */
  interface ImportMeta {
    glob(pattern: string, options: { query: string; import: string; eager: true }): Record<string, unknown>
  }
  namespace Cloudflare {
    interface Env extends Bindings {
      TEST_MIGRATIONS: D1Migration[]
    }
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** How many random sequences the two-world test takes for each way in which a clinic may know somebody. */
    sequencesOfEachWay: number
  }
}
