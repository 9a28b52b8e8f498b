/** Somebody was refused at the door, with a password or a passkey: written down for the clinic. */
import type { Ask } from '../ask.ts'
import { type Bound, boundedEntry } from '../audit/audit-store.ts'
import type { Database, Statement } from '../web/database.ts'
import { minute } from '../web/durations.ts'
import type { Account } from './account-store.ts'

/** At one clinic: far more than people mistype, and what comes above it stands in the log. */
const atMost: Bound = { most: 300, within: 10 * minute }

/** The same statement for everyone, so that its cost tells nobody whether a name is known. */
export const refusedAtTheDoor = (c: Ask, db: Database, account: Account | undefined, because: string): Statement =>
  boundedEntry(
    db,
    {
      clinicId: c.var.clinic.id,
      act: 'logon-refused',
      at: c.var.now,
      ofStaff: account?.staffId,
      ofPatient: account?.patientId,
      detail: { because },
    },
    atMost,
  )
