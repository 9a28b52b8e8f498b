/** The outbox: a mail is written in the same batch as the change it tells of, and delivered afterwards. */
import { type Bindings, reportTrouble } from '../environment.ts'
import { factorTakenAway } from '../front-door/second-factor/emails.tsx'
import type { Mail } from '../schema.ts'
import { type Database, database, onlyIfChanged, type Statement, writeAll } from '../web/database.ts'
import { hashToken, newId } from '../web/random.ts'
import { seal, unseal } from '../web/secret.ts'
import type { Letter, Sender } from './letter.ts'
import type { MailKind } from './mail-kind.ts'
import type { Failure } from './mail-state.ts'
import { claimDue, clinicsOf, fateEntry, insertMail, markAbandoned, markSent, markToRetry } from './mail-store.ts'
import { nextAttempt } from './retry.ts'
import { send } from './transport.ts'

export interface Outgoing {
  clinicId: string
  kind: MailKind
  /** Canonical. */
  to: string
  patientId?: string
  staffId?: string
  /** Who of the staff sends it; nobody when the diary does by itself. */
  byStaff?: string
  letter: Letter
  /** The form that asks for this mail: sent twice, it sends one. */
  formId?: string
}

/** The second mail of a form is refused as 'mail.id'. A form without an id sends a mail each time. */
export const mailIdOf = (mail: Pick<Outgoing, 'clinicId' | 'kind' | 'to' | 'formId'>): string =>
  mail.formId ? hashToken(JSON.stringify([mail.clinicId, mail.kind, mail.to, mail.formId])).slice(0, 32) : newId()

/**
 * Seals the mail and gives the statement that puts it into the outbox: write it in the batch of the change it tells of.
 * In an array, because drizzle's statements are thenables: alone, one would be run by the `await`, outside its batch.
 */
export async function queueMail(env: Bindings, db: Database, mail: Outgoing, now: number): Promise<[Statement]> {
  const { letter, to, formId: _form, ...rest } = mail
  const id = mailIdOf(mail)
  const sealed = await seal(env, `mail ${id}`, JSON.stringify(letter))
  return [insertMail(db, { ...rest, id, toAddress: to, sealed, createdAt: now, nextAttemptAt: now })]
}

const atOnce = 6 // mails: as many connections as a Worker may hold open
const rounds = 10

/** Delivers what is due, of all clinics. What fails is tried again by a later minute. */
export async function deliverDue(env: Bindings, now: number): Promise<void> {
  const db = database(env)
  for (let round = 0; round < rounds; round++) {
    const mails = await claimDue(db, now, atOnce)
    if (mails.length === 0) return
    const clinics = await clinicsOf(
      db,
      mails.map(({ clinicId }) => clinicId),
    )
    const byId = new Map(clinics.map((clinic) => [clinic.id, clinic]))
    await Promise.all(mails.map((mail) => deliverOne(env, mail, byId.get(mail.clinicId)!, now)))
    if (mails.length < atOnce) return
  }
}

/** One mail that cannot be written down does not hold up the others: its claim ends, and it is taken up again. */
async function deliverOne(env: Bindings, mail: Mail, clinic: Sender, now: number): Promise<void> {
  try {
    await writeAll(database(env), await outcomeOf(env, mail, clinic, now))
  } catch (error) {
    reportTrouble('delivery', error)
  }
}

/** Queued by the operator, who has no key to seal a mail with: the words are fixed here, and nothing in them is secret. */
const unsealed: Record<string, (clinic: Sender) => Letter> = {
  'second-factor-removed': (clinic) => factorTakenAway(clinic, 'operator'),
}

async function letterOf(env: Bindings, { id, kind, sealed }: Mail, clinic: Sender): Promise<Letter | null> {
  if (sealed === null) return unsealed[kind]?.(clinic) ?? null
  const content = await unseal(env, `mail ${id}`, sealed)
  return content === null ? null : (JSON.parse(content) as Letter)
}

/** Sends the mail and says what is to be written down about it. */
async function outcomeOf(env: Bindings, mail: Mail, clinic: Sender, now: number): Promise<Statement[]> {
  const db = database(env)
  const { id, toAddress: to, createdAt } = mail
  const letter = await letterOf(env, mail, clinic)
  const abandoned = (because: Failure) => [
    markAbandoned(db, id, because),
    onlyIfChanged(db),
    fateEntry(db, mail, 'mail-abandoned', now),
  ]
  if (letter === null) return abandoned('unreadable')
  const sent = await send(env, { id, to, clinicName: clinic.name, createdAt, letter })
  if (sent.ok) return [markSent(db, id, now), onlyIfChanged(db), fateEntry(db, mail, 'mail-sent', now)]
  reportTrouble(`mail by ${env.MAIL_TRANSPORT}`, new Error(sent.because))
  const next = sent.isFinal ? null : nextAttempt(mail.attempts, createdAt, now)
  return next === null ? abandoned(sent.because) : [markToRetry(db, id, sent.because, next)]
}
