/** Whether the audit is still what was written: its rows beside their seals, and the newest seals beside the checkpoint. */
import type { Audit, AuditSeal } from '../schema.ts'
import { type Hashes, hashesOf } from './seal.ts'

/** What was found, each a verdict of its own (J08). */
export type Fault = 'edited' | 'inserted' | 'missing' | 'truncated' | 'swapped' | 'seal-missing' | 'restamped'

/** A seal as it was copied to a second place. */
export interface Checkpoint {
  n: number
  hash: string
  at: number
}

/** A stretch of the audit: the seal before it, the seals and rows behind that, oldest first. */
interface Stretch {
  older: AuditSeal | undefined
  seals: AuditSeal[]
  rows: Audit[]
  /** Whether these are all rows and seals that there are. */
  isLast: boolean
}

export type Verdict =
  | { ok: true; upTo: AuditSeal | undefined; rows: number; waiting: number; isLast: boolean }
  | { ok: false; because: Fault; n: number; at: number | null }

/** The rows of a stretch beside their seals, as far as both are there. */
export async function verdictOn({ older, seals, rows, isLast }: Stretch, by: Hashes): Promise<Verdict> {
  const lastId = rows.at(-1)?.id ?? 0
  const whole = isLast ? seals : seals.filter(({ upToId }) => upToId <= lastId)
  const [first] = seals
  if (first && whole.length === 0) return fault(rows.length > 0 ? 'inserted' : 'missing', first) // more than a seal holds
  let before = older
  let from = 0
  for (const seal of whole) {
    const to = endOf(rows, from, seal.upToId)
    const because = orderFault(seal, before) ?? (await faultIn(seal, rows.slice(from, to), before, by))
    if (because === 'missing' && isLast && seal === whole.at(-1) && isCutOff(seal, rows))
      return fault('truncated', seal)
    if (because) return fault(because, seal, before)
    before = seal
    from = to
  }
  return { ok: true, upTo: before, rows: from, waiting: isLast ? rows.length - from : 0, isLast }
}

/** The newest seals beside the copy that lies elsewhere. @param copied the seal with the checkpoint's number, if it is there */
export function verdictOnCheckpoint(checkpoint: Checkpoint | null, copied: AuditSeal | undefined): Verdict | null {
  if (!checkpoint || copied?.hash === checkpoint.hash) return null
  return { ok: false, because: copied ? 'restamped' : 'truncated', n: checkpoint.n, at: checkpoint.at }
}

/** A seal that is not there has a number and no moment. */
const fault = (because: Fault, seal: AuditSeal, before?: AuditSeal): Verdict => {
  const isGone = because === 'seal-missing'
  return { ok: false, because, n: isGone ? (before?.n ?? 0) + 1 : seal.n, at: isGone ? null : seal.sealedAt }
}

/** The first index behind the rows up to this id. */
function endOf(rows: Audit[], from: number, upToId: number): number {
  let to = from
  while (to < rows.length && rows[to]!.id <= upToId) to++
  return to
}

/** Seals are counted without a gap, and none goes back to an older format. */
function orderFault(seal: AuditSeal, before: AuditSeal | undefined): Fault | null {
  if (seal.n !== (before?.n ?? 0) + 1) return 'seal-missing'
  return seal.format < (before?.format ?? 1) ? 'restamped' : null
}

async function faultIn(
  seal: AuditSeal,
  behind: Audit[],
  before: AuditSeal | undefined,
  by: Hashes,
): Promise<Fault | null> {
  if (behind.length < seal.count) return 'missing'
  if (behind.length > seal.count) return 'inserted'
  const { hash, contents } = await hashesOf(seal, behind, before?.hash ?? null, by)
  if (hash === seal.hash) return null
  return contents !== null && contents === seal.contents ? 'swapped' : 'edited'
}

/** The newest rows of all are gone, not some in the middle. */
const isCutOff = (seal: AuditSeal, rows: Audit[]): boolean =>
  (rows.findLast(({ id }) => id <= seal.upToId)?.id ?? 0) < seal.upToId
