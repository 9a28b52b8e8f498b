/** The clinic's privacy notices, each version as it was published, and the draft of the next one. */
import { and, desc, eq } from 'drizzle-orm'
import { clinic, privacyDraft, privacyNotice, staff } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'

const who = (table: { clinicId: unknown }, id: unknown) =>
  and(eq(staff.clinicId, table.clinicId as string), eq(staff.id, id as string))

/** At most one row; none for version 1, which is the standard notice. */
export const noticeByVersion = (db: Database, clinicId: string, version: number) =>
  db
    .select()
    .from(privacyNotice)
    .where(and(eq(privacyNotice.clinicId, clinicId), eq(privacyNotice.version, version)))

/** The one in force, if it is the clinic's own: at most one row. */
export const newestNotice = (db: Database, clinicId: string) =>
  db
    .select()
    .from(privacyNotice)
    .where(eq(privacyNotice.clinicId, clinicId))
    .orderBy(desc(privacyNotice.version))
    .limit(1)

/** The clinic's own versions, newest first, without their text. */
export const publishedNotices = (db: Database, clinicId: string) =>
  db
    .select({ version: privacyNotice.version, at: privacyNotice.publishedAt, by: staff.name })
    .from(privacyNotice)
    .innerJoin(staff, who(privacyNotice, privacyNotice.publishedBy))
    .where(eq(privacyNotice.clinicId, clinicId))
    .orderBy(desc(privacyNotice.version))
export type Published = Awaited<ReturnType<typeof publishedNotices>>[number]

/** At most one row. */
export const draftOf = (db: Database, clinicId: string) =>
  db
    .select({ body: privacyDraft.body, at: privacyDraft.savedAt, by: staff.name })
    .from(privacyDraft)
    .innerJoin(staff, who(privacyDraft, privacyDraft.savedBy))
    .where(eq(privacyDraft.clinicId, clinicId))
export type Draft = Awaited<ReturnType<typeof draftOf>>[number]

/** Changes no row when somebody else saved, removed or began a draft meanwhile. @param before as the form found it */
export const saveDraft = (
  db: Database,
  clinicId: string,
  before: Draft | undefined,
  draft: { body: string; by: string },
  now: number,
): Statement => {
  const row = { body: draft.body, savedAt: now, savedBy: draft.by }
  return before
    ? db.update(privacyDraft).set(row).where(isDraft(clinicId, before))
    : db
        .insert(privacyDraft)
        .values({ clinicId, ...row })
        .onConflictDoNothing()
}

/** Changes no row when the draft is not that one any more. */
export const removeDraft = (db: Database, clinicId: string, before: Draft): Statement =>
  db.delete(privacyDraft).where(isDraft(clinicId, before))

const isDraft = (clinicId: string, { body, at }: Draft) =>
  and(eq(privacyDraft.clinicId, clinicId), eq(privacyDraft.body, body), eq(privacyDraft.savedAt, at))

/** Two statements: the version itself, and that it is the one in force. The second changes no row when it is too late. */
export const publishNotice = (
  db: Database,
  clinicId: string,
  notice: { version: number; body: string; by: string },
  now: number,
): Statement[] => [
  db
    .insert(privacyNotice)
    .values({ clinicId, version: notice.version, body: notice.body, publishedAt: now, publishedBy: notice.by }),
  db
    .update(clinic)
    .set({ privacyNoticeVersion: notice.version })
    .where(and(eq(clinic.id, clinicId), eq(clinic.privacyNoticeVersion, notice.version - 1))),
]
