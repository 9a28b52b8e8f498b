/** Applies the rules to what was asked, after the answer. One email goes to the typed address; the truth to the desk. */
import { auditEntry } from '../audit/audit-store.ts'
import { isOn } from '../clinic/registration-settings.ts'
import { type Bindings, publicOrigin, reportTrouble } from '../environment.ts'
import { newLink } from '../front-door/links/one-time-link-store.ts'
import { queueMail } from '../mail/outbox.ts'
import { type Database, database, onlyIfChanged, type Statement, type Written, writeAll } from '../web/database.ts'
import { dateIn } from '../web/dates.ts'
import { pleaseCall, registrationLink } from './emails.tsx'
import { type Because, registrationVerdict } from './registration.ts'
import {
  endLinksOfEmail,
  type HolderRow,
  holdersWithAccess,
  invite,
  markDecided,
  refuseUnmailed,
  takeForMail,
  undecidedRegistrations,
} from './registration-store.ts'

type Request = Awaited<ReturnType<typeof undecidedRegistrations>>[number]
type Refusal = { because: Because; holders: HolderRow[] }

/** What cannot be decided now stays written down for the next minute: no request is lost. @param id this one only */
export async function decideRegistrations(env: Bindings, now: number, id?: string): Promise<void> {
  const db = database(env)
  for (const request of await undecidedRegistrations(db, id)) {
    await decide(env, db, request, now).catch((error) => reportTrouble('registration', error))
  }
}

async function decide(env: Bindings, db: Database, request: Request, now: number): Promise<void> {
  const { asked, clinic } = request
  const isOpen = clinic.closedAt === null && isOn(clinic, asked.link)
  if (!isOpen) return void (await markDecided(db, asked, 'closed', now))
  const unmailed = await applyRules(env, db, request, now)
  if (unmailed) await tellDeskOnly(db, request, unmailed, now)
  await markDecided(db, asked, 'too-many', now) // whatever is still undecided had enough mails
}

/**
 * A rule that changes between reading and writing is refused by the database: then they are read once more.
 * @returns what the rules refuse, where the address had enough mails; else undefined
 */
async function applyRules(env: Bindings, db: Database, request: Request, now: number): Promise<Refusal | undefined> {
  const { asked, clinic } = request
  let refused = ''
  let refusal: Refusal | undefined
  for (let reading = 0; reading < 2; reading++) {
    const holders = await holdersWithAccess(db, clinic.id, asked.email)
    const verdict = registrationVerdict(asked.link, true, holders, dateIn(now, clinic.timezone))
    refusal = verdict.ok ? undefined : { because: verdict.because, holders }
    const written = refusal
      ? await writeRefusal(env, db, request, refusal, now)
      : await writeInvitation(env, db, request, holders[0], now)
    if (written.ok) return undefined
    refused = written.because
  }
  if (refused !== 'nothing-changed') throw new Error(`the database refused twice: ${refused}`)
  return refusal
}

async function writeInvitation(
  env: Bindings,
  db: Database,
  { asked, clinic }: Request,
  holder: HolderRow | undefined,
  now: number,
): Promise<Written> {
  const owner = holder ? { patientId: holder.id } : { registrationId: asked.id }
  const link = newLink(db, { clinicId: clinic.id, purpose: 'registration', owner, registrationId: asked.id }, now)
  const href = `${publicOrigin(env)}/${clinic.slug}/registration/${link.token}`
  const mail = { clinicId: clinic.id, to: asked.email, patientId: holder?.id, kind: 'registration-link' as const }
  return writeAll(db, [
    takeForMail(db, asked, { outcome: 'invited' }, now),
    onlyIfChanged(db),
    ...(holder
      ? [invite(db, { clinicId: clinic.id, patientId: holder.id, email: asked.email }, now), onlyIfChanged(db)]
      : [endLinksOfEmail(db, clinic.id, asked.email, now)]),
    ...link.statements,
    ...(await queueMail(env, db, { ...mail, letter: registrationLink(clinic, asked.link, href) }, now)),
    entry(db, { asked, clinic }, 'registration-invited', holder?.id, 'invited', now),
  ])
}

async function writeRefusal(
  env: Bindings,
  db: Database,
  { asked, clinic }: Request,
  { because, holders }: Refusal,
  now: number,
): Promise<Written> {
  const letter = pleaseCall(clinic, `${publicOrigin(env)}/${clinic.slug}`)
  return writeAll(db, [
    takeForMail(db, asked, { outcome: 'refused', because }, now),
    onlyIfChanged(db),
    ...(await queueMail(env, db, { clinicId: clinic.id, kind: 'please-call', to: asked.email, letter }, now)),
    entry(db, { asked, clinic }, 'registration-refused', theOnly(holders)?.id, because, now),
  ])
}

/** The mailbox has had its mails; what staff must know they are told once for each link and reason. */
const tellDeskOnly = (
  db: Database,
  { asked, clinic }: Request,
  { because, holders }: Refusal,
  now: number,
): Promise<Written> =>
  writeAll(db, [
    refuseUnmailed(db, asked, because, now),
    onlyIfChanged(db),
    entry(db, { asked, clinic }, 'registration-refused', theOnly(holders)?.id, because, now),
  ])

/** Whose it is, where the address says so. */
const theOnly = <T>(holders: T[]): T | undefined => (holders.length === 1 ? holders[0] : undefined)

const entry = (
  db: Database,
  { asked, clinic }: Request,
  act: 'registration-invited' | 'registration-refused',
  ofPatient: string | undefined,
  because: string,
  now: number,
): Statement =>
  auditEntry(db, {
    clinicId: clinic.id,
    act,
    at: now,
    ofPatient,
    detail: { registration: asked.id, link: asked.link, because },
  })
