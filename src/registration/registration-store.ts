import type { Database, Statement } from '../web/database.ts'
export const sweepRegistrations = (_db: Database, _now: number): Statement[] => []
