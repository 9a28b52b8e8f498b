/** From the Node that npm runs on to the one that wrangler needs, with everything that was typed. */
import { join } from 'node:path'
import { installWhatIsMissing, root } from '../local/install.mjs'
import { command } from '../local/say.mjs'
import { ended, run } from '../local/wrangler.mjs'

/** @param script from the root; it says itself what went wrong */
export const handOver = (script) =>
  command(async () => {
    installWhatIsMissing()
    process.env.INIT_CWD ??= process.cwd() // where it was typed: npm says so, and without npm it is here
    const { ok } = await ended(run([script, ...process.argv.slice(2)], join(root, '.data'), 'inherit'))
    process.exitCode = ok ? 0 : 1
  })
