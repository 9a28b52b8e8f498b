/** The logo and the style sheet of a clinic: kept under the hash of their content, so that browsers may keep them for ever. */
import { sha256 } from '@oslojs/crypto/sha2'
import { encodeHexLowerCase } from '@oslojs/encoding'
import { and, eq, isNull, lt, ne } from 'drizzle-orm'
import { lookFile } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { hour } from '../../web/durations.ts'

/** For whoever was sent a page a moment ago, or is sent one by an isolate that has not heard of the change yet. */
const keptAfterwards = hour

export interface LookFile {
  kind: 'theme' | 'logo'
  /** 'logo.1f0c2e9a7b.png' */
  name: string
  content: Uint8Array
}

export function newLookFile(kind: LookFile['kind'], content: Uint8Array, ending: string): LookFile {
  return { kind, content, name: `${kind}.${encodeHexLowerCase(sha256(content)).slice(0, 10)}.${ending}` }
}

/** At most one row; a file that was replaced a moment ago too. */
export const lookFileByName = (db: Database, clinicId: string, name: string) =>
  db
    .select({ content: lookFile.content })
    .from(lookFile)
    .where(and(eq(lookFile.clinicId, clinicId), eq(lookFile.name, name)))

/** The new file, or none: the one before stays a while longer. */
export const replaceLookFile = (
  db: Database,
  clinicId: string,
  kind: LookFile['kind'],
  file: LookFile | null,
  now: number,
): Statement[] => [
  db
    .update(lookFile)
    .set({ replacedAt: now })
    .where(
      and(
        eq(lookFile.clinicId, clinicId),
        eq(lookFile.kind, kind),
        isNull(lookFile.replacedAt),
        file ? ne(lookFile.name, file.name) : undefined,
      ),
    ),
  ...(file ? [insertLookFile(db, clinicId, file)] : []),
]

const insertLookFile = (db: Database, clinicId: string, file: LookFile): Statement =>
  db
    .insert(lookFile)
    .values({ clinicId, ...file })
    .onConflictDoUpdate({ target: [lookFile.clinicId, lookFile.name], set: { replacedAt: null } })

/** What no page names any more. */
export const sweepLookFiles = (db: Database, now: number): Statement =>
  db.delete(lookFile).where(lt(lookFile.replacedAt, now - keptAfterwards))
