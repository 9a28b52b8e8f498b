/**
 * One person's request behind the door. Rooms read and write only through it, so that the session's row in D1 is
 * asked in the same batch as the page's own data, and nothing is written before it was asked.
 */
import { onlyWhileGranted } from '../../acting-for/live-grant-store.ts'
import { type Act, may } from '../../staff/role.ts'
import { apart } from '../../web/apart.ts'
import { type Database, type Statement, type Written, writeAll } from '../../web/database.ts'
import { liveSession, type SessionRow } from './live-session-store.ts'
import type { Claim } from './session-store.ts'

/** The session is not there, ended or too old. */
export class SessionEnded extends Error {
  override name = 'SessionEnded'
}
/** The person is known and may not do this. */
export class Forbidden extends Error {
  override name = 'Forbidden'
}
/** A temporary password was used: first it must be changed (ASVS 6.4.1). */
export class MustChangePassword extends Error {
  override name = 'MustChangePassword'
}
/** The clinic asks for a second factor: first it must be set up. */
export class MustAddFactor extends Error {
  override name = 'MustAddFactor'
}

/** They acted for a patient, and it has ended: first they go on as themselves. */
export class MayNotAct extends Error {
  override name = 'MayNotAct'
}

/** What somebody may still lack who has logged on: nothing is open to them but the rooms in which they get it. */
type Lack = 'own password' | 'second factor' | 'grant'

/** Whom a room is for; `evenWithout`: it is one of those in which this is got. */
export type Rule = { evenWithout?: Lack } & (
  | { side: 'staff'; act: Act }
  | { side: 'patient' }
  /** Open to both. */
  | { side: 'either' }
)

/** Of a statement that is left out: nothing, an empty list. */
type Asked = Statement | undefined
export type Answers<T extends Asked[]> = { [K in keyof T]: NonNullable<T[K]>['_']['result'] }

export class Visit {
  readonly db: Database
  readonly claim: Claim
  readonly now: number
  /** Whom the room is for: set by the room, asked before anyone is let in. */
  rule: Rule | undefined
  readonly #welcome: (who: SessionRow) => void
  #who: SessionRow | undefined

  /** @param welcome called once D1 has said who it is and the room's rule has let them in */
  constructor(db: Database, claim: Claim, now: number, welcome: (who: SessionRow) => void) {
    this.db = db
    this.claim = claim
    this.now = now
    this.#welcome = welcome
  }

  get clinicId(): string {
    return this.claim.clinicId
  }

  /** Who it is, once D1 has said so. */
  get who(): SessionRow {
    if (!this.#who) throw new Error('nobody asked D1 about this session yet')
    return this.#who
  }

  get confirmed(): boolean {
    return this.#who !== undefined
  }

  /** The staff member's id. Only in rooms of the staff. */
  get staffId(): string {
    return this.who.staffId ?? missing('staff')
  }

  /**
   * Whose pages these are: the patient acted for, or who logged on. From the claim, so that it can stand in the first batch; of
   * staff it finds nobody, and that batch turns them away. Only in rooms of patients.
   */
  get patientId(): string {
    return this.claim.actingFor ?? this.holderId
  }

  /** The patient acted for, by their whole name; undefined: they act for themselves. */
  get actedFor(): string | undefined {
    return this.who.actedFor === null ? undefined : apart(this.who.actedFor)
  }

  /** Who could book for somebody else is told, wherever something is booked or cancelled, for whom it is. */
  get namesPatient(): boolean {
    return this.who.mayAct === 1 || this.who.actedFor !== null
  }

  /** What to call the patient whose pages these are. */
  get called(): string {
    return this.who.actedForCalled ?? this.who.person
  }

  /** The patient who logged on, whoever they act for: whose account it is, and who did it. Only in rooms of patients. */
  get holderId(): string {
    return this.claim.patientId ?? ''
  }

  /**
   * Whether a form was drawn for the patient whose pages these are: another tab may have switched since. A form that names nobody
   * is the holder's own.
   */
  isFor(drawnFor = this.holderId): boolean {
    return drawnFor === this.patientId
  }

  /**
   * Asks D1 who this is and everything the page needs, in one round trip.
   * @param queries undefined where this address has no use for it: each statement has its price
   * @throws SessionEnded, Forbidden, MustChangePassword, MustAddFactor, MayNotAct
   */
  async read<T extends Asked[]>(...queries: T): Promise<Answers<T>> {
    const session = liveSession(this.db, this.claim.tokenHash, this.clinicId, this.now)
    const asked = queries.filter((query) => query !== undefined)
    const [rows, ...answers] = (await this.db.batch([session, ...asked])) as [SessionRow[], ...unknown[]]
    this.#admit(rows[0])
    return queries.map((query) => (query ? answers.shift() : [])) as Answers<T>
  }

  /** Writes as one transaction; see `writeAll`. Only after a `read`. */
  async write(statements: Statement[]): Promise<Written> {
    if (!this.confirmed) throw new Error('a room wrote before it asked who this is')
    return writeAll(this.db, statements)
  }

  /** The same for what is a patient's: of somebody acted for only while that may be ('nothing-changed': read again). */
  async writeForPatient(statements: Statement[]): Promise<Written> {
    const { db, clinicId, holderId, now } = this
    const patientId = this.claim.actingFor
    const guard = patientId ? [onlyWhileGranted(db, { clinicId, holderId, patientId }, now)] : []
    return this.write([...guard, ...statements])
  }

  #admit(row: SessionRow | undefined): void {
    if (!row) throw new SessionEnded()
    const { rule } = this
    if (!rule) throw new Error('a room without a rule')
    const lack = lackOf(row)
    if (lack && lack !== rule.evenWithout) throw new lacking[lack]()
    if (rule.side === 'staff' && !(row.role && may(row.role, rule.act))) throw new Forbidden()
    if (rule.side === 'patient' && !row.patientId) throw new Forbidden()
    this.#who = row
    this.#welcome(row)
  }
}

const lacking = { 'own password': MustChangePassword, 'second factor': MustAddFactor, grant: MayNotAct }

/** One after the other: the password first. */
function lackOf(row: SessionRow): Lack | undefined {
  if (row.mustChangePassword) return 'own password'
  if (row.mustAddFactor) return 'second factor'
  return row.mayNotActNow ? 'grant' : undefined
}

function missing(what: string): never {
  throw new Error(`this room is not for a ${what}`)
}
