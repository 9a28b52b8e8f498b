/**
 * The audit's hash chain (security.md "Audit log"): a seal is the SHA-256 of the seal before it and of every row since.
 * It shows edits, insertions, removals and reordering behind the seals; not whether somebody has written all of it anew.
 */
import type { Audit, AuditSeal } from '../schema.ts'
import { hashToken } from '../web/random.ts'

/** What the first seal of a clinic holds in place of an older one. */
const beginning = '0'.repeat(64)

/** @param rows in the order of their ids, all of them after the older seal @param older the hash of the seal before, or null */
export const sealOf = (rows: Audit[], older: string | null): string =>
  hashToken([older ?? beginning, ...rows.map(canonical)].join('\n'))

/** One line per row; the order of the fields is part of the format. */
const canonical = (row: Audit): string =>
  JSON.stringify([
    row.id,
    row.clinicId,
    row.at,
    row.act,
    row.byStaff,
    row.byPatient,
    row.ofStaff,
    row.ofPatient,
    row.detail,
  ])

export type Verdict =
  | { ok: true; sealed: number; waiting: number }
  | { ok: false; because: 'edited' | 'missing' | 'inserted' | 'seal-missing'; n: number }

/** Whether the rows are still those that were sealed. @param rows and seals of one clinic, oldest first */
export function verdictOn(rows: Audit[], seals: AuditSeal[]): Verdict {
  let older: string | null = null
  let from = 0
  for (const [index, seal] of seals.entries()) {
    if (seal.n !== index + 1) return { ok: false, because: 'seal-missing', n: index + 1 }
    const to = from + rows.slice(from).filter(({ id }) => id <= seal.upToId).length
    const behind = rows.slice(from, to)
    if (behind.length < seal.count) return { ok: false, because: 'missing', n: seal.n }
    if (behind.length > seal.count) return { ok: false, because: 'inserted', n: seal.n }
    if (sealOf(behind, older) !== seal.hash) return { ok: false, because: 'edited', n: seal.n }
    older = seal.hash
    from = to
  }
  return { ok: true, sealed: from, waiting: rows.length - from }
}
