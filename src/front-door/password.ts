import type { Bindings } from '../environment.ts'
export const hashPassword = async (_env: Bindings, _password: string): Promise<string> => {
  throw new Error('not yet')
}
/** null: nobody to compare with; the same work is done against a dummy hash and the answer is no. */
export const verifyPassword = async (
  _env: Bindings,
  _password: string,
  _hash: string | null,
): Promise<{ ok: boolean; stale: boolean }> => {
  throw new Error('not yet')
}
