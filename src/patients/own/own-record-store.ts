/** A patient's own record: read, and changed by themselves. */
import { and, count, eq, gt, inArray } from 'drizzle-orm'
import { mail } from '../../schema.ts'
import type { Database } from '../../web/database.ts'

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
