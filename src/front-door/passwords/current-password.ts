/** The current password, before a page that is about how somebody logs on: what is wrong with it as it was typed. */
import type { Ask } from '../../ask.ts'
import type { Account } from '../account-store.ts'
import { giveTryBack } from '../lockout/lockout-store.ts'
import { provingPassword } from './own-password.ts'

export interface Wrong {
  words: string
  status: 422 | 429
}

/** @returns null when it is right: then the try does not count */
export async function currentPasswordProblem(c: Ask, account: Account, typed: string): Promise<Wrong | null> {
  if (typed === '') return { words: 'Enter your current password', status: 422 }
  const { db } = c.var.visit
  const proof = await provingPassword(c, account, typed, async (seriesKey) => {
    await db.batch([giveTryBack(db, seriesKey)])
  })
  return proof.ok ? null : { words: proof.problems.current_password ?? '', status: proof.status }
}
