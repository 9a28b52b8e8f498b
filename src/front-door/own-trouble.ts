/** A try is counted before the answer is known: when our own trouble cuts the rest short, it is given back. */
import { type Ask, afterTheAnswer } from '../ask.ts'
import { type Database, database, type Statement } from '../web/database.ts'

/**
 * Runs what follows a counted try; the fault is thrown on, and the person does not pay for it (J03).
 * @param giveBack says how the try is counted no more
 */
export async function forgivingTrouble<T>(
  c: Ask,
  giveBack: (db: Database) => Statement,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    afterTheAnswer(c, async (env) => giveBack(database(env)))
    throw error
  }
}
