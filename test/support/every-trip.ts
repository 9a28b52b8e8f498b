/** A fault at every place where it can come: D1 fails at the first, second, … round trip (J03). */
import { env } from 'cloudflare:workers'
import { breakingDatabase } from './unsteady-database.ts'
import { type Answer, Visitor } from './world.ts'

/** Runs `act` with D1 failing at the k-th round trip, until it needs no further one. */
export async function atEveryTrip(
  act: (who: Visitor, k: number) => Promise<Answer>,
  check: (answer: Answer, k: number) => Promise<void>,
): Promise<void> {
  for (let k = 1; k < 40; k++) {
    const breaking = breakingDatabase(env.DB, k)
    const answer = await act(new Visitor({ ...env, DB: breaking.db }), k)
    if (breaking.count() < k) return
    await check(answer, k)
  }
  throw new Error('this never ends')
}
