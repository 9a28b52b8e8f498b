import type { Bindings } from '../environment.ts'
import type { Database, Statement } from '../web/database.ts'
import type { Letter } from './letter.ts'

export interface Outgoing {
  clinicId: string
  kind: string
  to: string
  patientId?: string
  staffId?: string
  letter: Letter
}
/** Seals the mail and gives the statement that puts it into the outbox: write it in the batch of the change it tells of. */
export const queueMail = async (_env: Bindings, _db: Database, _mail: Outgoing, _now: number): Promise<Statement> => {
  throw new Error('not yet')
}
/** Delivers what is due. */
export const deliverDue = async (_env: Bindings, _now: number): Promise<void> => {}
export const sweepMail = (_db: Database, _now: number): Statement[] => []
