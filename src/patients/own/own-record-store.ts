/** What a patient's own pages read. */
import { and, count, eq, gt, inArray } from 'drizzle-orm'
import type { Ask } from '../../ask.ts'
import { mail } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { patientById } from '../patient-store.ts'

/**
 * The record whose pages these are, and what the page reads besides, in one trip. The claim says whose record, if it is a
 * patient's; whoever else asks is turned away by the same batch.
 */
export const ownRecord = <T extends Asked[]>(c: Ask, ...more: T) => recordWith(c, c.var.visit.patientId, more)

/** The record of who logged on, for whomever they act: their account is theirs. */
export const holdersRecord = <T extends Asked[]>(c: Ask, ...more: T) => recordWith(c, c.var.visit.holderId, more)

/** A statement that is left out is answered with none. */
type Asked = Statement | undefined

async function recordWith<T extends Asked[]>(c: Ask, id: string, more: T) {
  const { visit } = c.var
  const record = patientById(visit.db, visit.clinicId, id)
  const [[patient], ...answers] = await visit.read(record, ...more)
  return [patient!, ...answers] as const
}

/** How many mails about a new address this patient has caused lately. */
export const emailMailsSince = (db: Database, clinicId: string, patientId: string, since: number) =>
  db
    .select({ count: count() })
    .from(mail)
    .where(
      and(
        eq(mail.clinicId, clinicId),
        eq(mail.patientId, patientId),
        inArray(mail.kind, ['email-proof', 'email-refused']),
        gt(mail.createdAt, since),
      ),
    )
