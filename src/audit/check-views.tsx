import type { AuditSeal } from '../schema.ts'
import { momentInWords } from '../web/dates.ts'
import { inDigits } from '../web/numbers.ts'
import { Breadcrumb, Notice } from '../web/parts.tsx'
import type { Checkpoint, Fault, Verdict } from './seal-verdict.ts'

interface CheckProps {
  base: string
  timezone: string
  verdict: Verdict
  /** Rows, with those of the stretches before. */
  checked: number
  newest: AuditSeal | undefined
  checkpoint: Checkpoint | null
}

const faults: Record<Fault, string> = {
  edited: 'A row or its seal was changed after it was written',
  inserted: 'Rows were put in afterwards',
  missing: 'Rows were taken away',
  truncated: 'The newest rows were taken away',
  swapped: 'Rows were put into another order',
  'seal-missing': 'A seal was taken away',
  restamped: 'The seals were written anew',
}

export function CheckPage(props: CheckProps) {
  const { base, verdict } = props
  return (
    <>
      <Breadcrumb href={`${base}/audit`}>Audit</Breadcrumb>
      <h1>Check the audit</h1>
      {!verdict.ok && <Faulty {...props} verdict={verdict} />}
      {verdict.ok &&
        (verdict.isLast ? <Whole {...props} verdict={verdict} /> : <Progress {...props} verdict={verdict} />)}
      <h2>How it is checked</h2>
      <p>
        Each minute, new rows are sealed with a hash that holds the seal before. A row that was changed, put in or taken
        away no longer fits its seal, and nobody can make a seal without the secret of this diary. Each hour the newest
        seal is also copied to a second place, which shows when rows or seals at the end are gone.
      </p>
      <SealToKeep {...props} />
    </>
  )
}

function Faulty({ verdict, timezone }: CheckProps & { verdict: Verdict & { ok: false } }) {
  return (
    <Notice tone="warning">
      <strong>{faults[verdict.because]}</strong>, behind seal {verdict.n}
      {verdict.at !== null && ` of ${momentInWords(verdict.at, timezone)}`}. Tell whoever runs this diary’s computers,
      and keep a copy of this page.
    </Notice>
  )
}

function Whole({ verdict, checked, checkpoint, timezone }: CheckProps & { verdict: Verdict & { ok: true } }) {
  return (
    <>
      <Notice>
        Nothing was changed: {inRows(checked)} as written.
        {verdict.waiting > 0 && ` ${inWaiting(verdict.waiting)} sealed within a minute.`}
      </Notice>
      {checkpoint ? (
        <p>
          The copy of {momentInWords(checkpoint.at, timezone)}, with seal {checkpoint.n}, agrees. Rows newer than that
          copy have only their seals.
        </p>
      ) : (
        <Notice tone="note">
          There is no checkpoint to compare with. Rows or seals that are gone from the end would not be noticed now. The
          copy is made within an hour; if this stays so, tell whoever runs this diary’s computers.
        </Notice>
      )}
    </>
  )
}

/** A part of the audit is checked at a time, so that a long one is never too much for one request. */
function Progress({ base, verdict, checked, newest }: CheckProps & { verdict: Verdict & { ok: true } }) {
  const next = `${base}/audit/check?after=${verdict.upTo?.n ?? 0}&checked=${checked}`
  return (
    <>
      <Notice tone="note">
        Nothing was changed so far. Checked up to seal {verdict.upTo?.n} of {newest?.n}: {inRows(checked)} as written.
      </Notice>
      <p class="actions">
        <a class="button" href={next}>
          Continue
        </a>
      </p>
    </>
  )
}

/** A line for the clinic's own files: who wants to change the past must change the paper too. */
function SealToKeep({ newest, timezone }: CheckProps) {
  if (!newest) return null
  return (
    <>
      <h2>A line to keep on paper</h2>
      <p>Write it down or print it now and then. Whoever writes the audit anew cannot change your paper.</p>
      <p>
        Seal {newest.n}, {momentInWords(newest.sealedAt, timezone)}:
      </p>
      <p class="secret">{inGroups(newest.hash.slice(0, 24))}</p>
    </>
  )
}

const inGroups = (hex: string): string => hex.match(/.{4}/g)?.join(' ') ?? ''
const inRows = (count: number): string => (count === 1 ? '1 row is' : `${inDigits(count)} rows are`)
const inWaiting = (count: number): string => (count === 1 ? '1 new row is' : `${count} new rows are`)
