/** The diary with a leak put in on purpose: one write to D1 more when the name that was typed is known. */
import { app } from '../../src/app.tsx'
import type { Bindings } from '../../src/environment.ts'

export default {
  fetch: (request: Request, env: Bindings, context: ExecutionContext) =>
    app.fetch(request, { ...env, DB: leaky(env.DB) }, context),
} satisfies ExportedHandler<Bindings>

/** A batch that counts a try and looks the account up ends in the account's row, if there is one. */
const leaky = (real: D1Database): D1Database =>
  new Proxy(real, {
    get(target, name) {
      if (name !== 'batch') return Reflect.get(target, name).bind(target)
      return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch<Record<string, unknown>>(statements)
        const isKnown = results.some(({ results: rows }) => rows.some((row) => row.passwordHash))
        if (isKnown) await target.prepare("UPDATE clinic SET name = name WHERE slug = 'riverside'").run()
        return results
      }
    },
  })
