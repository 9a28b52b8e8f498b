import type { Bindings } from '../environment.ts'
export const decideRegistrations = async (_env: Bindings, _now: number): Promise<void> => {}
