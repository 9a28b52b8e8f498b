/**
 * The audit's hash chain (security.md "Audit log"): a seal holds the hash of the seal before it and of every row since.
 * In format 1 that is a plain SHA-256, which whoever may write to the database could make anew; from format 2 on it is
 * keyed with a secret that the database does not have. What was sealed stays checkable in the format it was sealed in.
 */
import type { Audit, AuditSeal } from '../schema.ts'

/** The ways to hash a text; those with a key are known to the deployment only. */
export interface Hashes {
  plain: (text: string) => string
  keyed: (text: string) => Promise<string>
  contents: (text: string) => Promise<string>
}

/** What a seal says of itself. */
type SealHead = Pick<AuditSeal, 'clinicId' | 'n' | 'upToId' | 'count' | 'sealedAt' | 'format'>

export const newestFormat = 2

/** What the first seal of a clinic holds in place of an older one. */
const beginning = '0'.repeat(64)

/** @param rows in the order of their ids, all of them after the older seal @param older the hash of the seal before, or null */
export async function hashesOf(
  head: SealHead,
  rows: Audit[],
  older: string | null,
  by: Hashes,
): Promise<{ hash: string; contents: string | null }> {
  const chain = [older ?? beginning, ...rows.map(canonical)]
  if (head.format === 1) return { hash: by.plain(chain.join('\n')), contents: null }
  const { clinicId, n, upToId, count, sealedAt, format } = head
  const first = JSON.stringify([format, clinicId, n, upToId, count, sealedAt])
  return {
    hash: await by.keyed([first, ...chain].join('\n')),
    contents: await by.contents([first, ...rows.map(told).sort()].join('\n')),
  }
}

/** What a row tells; the order of the fields is part of the format. */
const fieldsOf = (row: Audit) => [
  row.clinicId,
  row.at,
  row.act,
  row.byStaff,
  row.byPatient,
  row.ofStaff,
  row.ofPatient,
  row.detail,
]
const told = (row: Audit): string => JSON.stringify(fieldsOf(row))
/** One line per row, with its place. */
const canonical = (row: Audit): string => JSON.stringify([row.id, ...fieldsOf(row)])
