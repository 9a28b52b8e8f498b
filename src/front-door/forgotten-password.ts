import type { Bindings } from '../environment.ts'
export const decideForgottenPasswords = async (_env: Bindings, _now: number): Promise<void> => {}
