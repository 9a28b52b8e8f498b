/** Behind a link a try is counted before the answer is known: when our own trouble cuts the rest short, it is given back. */
import { type Ask, afterTheAnswer } from '../../ask.ts'
import { database } from '../../web/database.ts'
import { giveTryBack } from './one-time-link-store.ts'

/** Runs what follows a try that was right; the fault is thrown on, and the person does not pay for it (J03). */
export async function forgivingTrouble<T>(c: Ask, token: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    afterTheAnswer(c, async (env) => giveTryBack(database(env), c.var.clinic.id, token))
    throw error
  }
}
