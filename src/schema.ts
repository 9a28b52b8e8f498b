/** Every table on one page. The migrations are the law (checks, triggers, indexes); test/schema.test.ts holds this to them. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Milliseconds since 1970, UTC. */
const instant = (name: string) => integer(name)

export const clinic = sqliteTable('clinic', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  phone: text('phone').notNull(),
  timezone: text('timezone').notNull(),
  allowExisting: integer('allow_existing', { mode: 'boolean' }).notNull().default(false),
  allowNew: integer('allow_new', { mode: 'boolean' }).notNull().default(false),
  privacyNoticeVersion: integer('privacy_notice_version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  closedAt: instant('closed_at'),
})

/** What staff and patients have in common when they prove who they are. */
const password = () => ({
  passwordHash: text('password_hash'),
  passwordKind: text('password_kind', { enum: ['own', 'temporary'] }),
  passwordSetAt: instant('password_set_at'),
  temporaryExpiresAt: instant('temporary_expires_at'),
  temporaryUsedAt: instant('temporary_used_at'),
  lastLogonAt: instant('last_logon_at'),
})

export const staff = sqliteTable('staff', {
  id: text('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  username: text('username').notNull(),
  name: text('name').notNull(),
  role: text('role', { enum: ['manager', 'reception', 'practitioner'] }).notNull(),
  email: text('email'),
  ...password(),
  createdAt: instant('created_at').notNull(),
  deactivatedAt: instant('deactivated_at'),
  deactivatedBy: text('deactivated_by'),
})

export const patient = sqliteTable('patient', {
  id: text('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  title: text('title').notNull().default(''),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  preferredName: text('preferred_name').notNull().default(''),
  /** 'YYYY-MM-DD' */
  dateOfBirth: text('date_of_birth'),
  /** As typed; `emailCanonical` is the identity (see registration/email-address.ts). */
  email: text('email').notNull().default(''),
  emailCanonical: text('email_canonical'),
  mobile: text('mobile').notNull().default(''),
  phone: text('phone').notNull().default(''),
  address: text('address').notNull().default(''),
  postcode: text('postcode').notNull().default(''),
  notes: text('notes').notNull().default(''),
  sortName: text('sort_name').notNull(),
  searchText: text('search_text').notNull(),
  /** Rises with each edit, so that the second of two people editing is told. */
  version: integer('version').notNull().default(1),
  /** The form that added this patient: a form sent twice adds one patient. */
  formId: text('form_id'),
  privacyNoticeVersion: integer('privacy_notice_version'),
  privacyAcknowledgedAt: instant('privacy_acknowledged_at'),
  createdAt: instant('created_at').notNull(),
  /** The staff member who added them; null when the patient registered themselves. */
  createdBy: text('created_by'),
  archivedAt: instant('archived_at'),
  archivedBy: text('archived_by'),
})

export const onlineAccess = sqliteTable(
  'online_access',
  {
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    state: text('state', { enum: ['invited', 'active', 'inactive'] }).notNull(),
    since: instant('since').notNull(),
    /** Who set this state; null when the patient did, through a registration link. */
    byStaff: text('by_staff'),
    /** The logon name: held while invited or active, null while inactive. */
    email: text('email'),
    ...password(),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.patientId] })],
)

export const session = sqliteTable('session', {
  tokenHash: text('token_hash').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  staffId: text('staff_id'),
  patientId: text('patient_id'),
  createdAt: instant('created_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  userAgent: text('user_agent').notNull().default(''),
})

export const registration = sqliteTable('registration', {
  id: text('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  link: text('link', { enum: ['existing', 'new'] }).notNull(),
  /** Canonical. */
  email: text('email').notNull(),
  /** A keyed hash of the network that asked; never its address. */
  network: text('network').notNull(),
  /** Four characters that the caller and the desk both see, like R7K2. */
  reference: text('reference').notNull(),
  askedAt: instant('asked_at').notNull(),
  decidedAt: instant('decided_at'),
  outcome: text('outcome', { enum: ['invited', 'refused', 'limited', 'registered'] }),
  because: text('because'),
  mailedAt: instant('mailed_at'),
  patientId: text('patient_id'),
  /** What the person typed behind the link, as JSON: firstName, lastName, dateOfBirth, phone. Never a password. */
  details: text('details'),
  deskSince: instant('desk_since'),
  settledAt: instant('settled_at'),
  settledBy: text('settled_by'),
  settlement: text('settlement', { enum: ['activated', 'corrected', 'dismissed'] }),
  settlementReason: text('settlement_reason'),
})

export const forgottenPassword = sqliteTable('forgotten_password', {
  id: text('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  /** A username, or a canonical email address. */
  identifier: text('identifier').notNull(),
  network: text('network').notNull(),
  askedAt: instant('asked_at').notNull(),
  decidedAt: instant('decided_at'),
  mailedAt: instant('mailed_at'),
})

export const oneTimeLink = sqliteTable('one_time_link', {
  id: text('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  purpose: text('purpose', { enum: ['set-up', 'reset', 'registration'] }).notNull(),
  tokenHash: text('token_hash').notNull(),
  staffId: text('staff_id'),
  patientId: text('patient_id'),
  registrationId: text('registration_id'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  tries: integer('tries').notNull().default(0),
  usedAt: instant('used_at'),
  endedAt: instant('ended_at'),
})

export const lockout = sqliteTable('lockout', {
  /** A keyed hash of clinic and logon name, or of a network; never the name itself. */
  key: text('key').primaryKey(),
  tries: integer('tries').notNull(),
  triedAt: instant('tried_at').notNull(),
  waitUntil: instant('wait_until').notNull().default(0),
  monthTries: integer('month_tries').notNull().default(0),
  monthSince: instant('month_since').notNull(),
  /** Whether the latest try was refused unseen. */
  refused: integer('refused', { mode: 'boolean' }).notNull().default(false),
})

export const mail = sqliteTable('mail', {
  id: text('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  kind: text('kind').notNull(),
  toAddress: text('to_address').notNull(),
  patientId: text('patient_id'),
  staffId: text('staff_id'),
  sealed: text('sealed'),
  state: text('state', { enum: ['queued', 'sending', 'sent', 'abandoned'] })
    .notNull()
    .default('queued'),
  createdAt: instant('created_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: instant('next_attempt_at').notNull(),
  sentAt: instant('sent_at'),
  failure: text('failure'),
})

export const audit = sqliteTable('audit', {
  id: integer('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  at: instant('at').notNull(),
  act: text('act').notNull(),
  byStaff: text('by_staff'),
  byPatient: text('by_patient'),
  ofStaff: text('of_staff'),
  ofPatient: text('of_patient'),
  detail: text('detail').notNull().default('{}'),
})

/** The audit's hash chain: seal n holds the hash of the rows since seal n − 1, and of that seal (see audit/seal.ts). */
export const auditSeal = sqliteTable(
  'audit_seal',
  {
    clinicId: text('clinic_id').notNull(),
    n: integer('n').notNull(),
    upToId: integer('up_to_id').notNull(),
    count: integer('count').notNull(),
    hash: text('hash').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.n] })],
)

export type Clinic = typeof clinic.$inferSelect
export type Staff = typeof staff.$inferSelect
export type Patient = typeof patient.$inferSelect
export type OnlineAccess = typeof onlineAccess.$inferSelect
export type Registration = typeof registration.$inferSelect
export type OneTimeLink = typeof oneTimeLink.$inferSelect
export type Mail = typeof mail.$inferSelect
export type Audit = typeof audit.$inferSelect
export type AuditSeal = typeof auditSeal.$inferSelect
