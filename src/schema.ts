/** Every table on one page. The migrations are the law (checks, triggers, indexes); test/schema.test.ts holds this to them. */
import { customType, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Milliseconds since 1970, UTC. */
const instant = (name: string) => integer(name)

export const clinic = sqliteTable('clinic', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  phone: text('phone').notNull(),
  timezone: text('timezone').notNull(),
  /** Whose bank holidays are offered as closed days. */
  nation: text('nation', { enum: ['england-and-wales', 'scotland', 'northern-ireland', 'none'] })
    .notNull()
    .default('none'),
  allowExisting: integer('allow_existing', { mode: 'boolean' }).notNull().default(false),
  allowNew: integer('allow_new', { mode: 'boolean' }).notNull().default(false),
  privacyNoticeVersion: integer('privacy_notice_version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  closedAt: instant('closed_at'),
  staffNeedSecondFactor: integer('staff_need_second_factor', { mode: 'boolean' }).notNull().default(false),
  address: text('address').notNull().default(''),
  email: text('email').notNull().default(''),
  website: text('website').notNull().default(''),
  /** Words on the public pages; empty: none, or our standard words (see clinic/texts/public-words.ts). */
  openingWords: text('opening_words').notNull().default(''),
  existingWords: text('existing_words').notNull().default(''),
  newWords: text('new_words').notNull().default(''),
  existingAskWords: text('existing_ask_words').notNull().default(''),
  newAskWords: text('new_ask_words').notNull().default(''),
  /** '#0b6b60' */
  colour: text('colour'),
  /** The names of the files that pages load (see `lookFile`). */
  themeFile: text('theme_file'),
  logoFile: text('logo_file'),
  logoWidth: integer('logo_width'),
  logoHeight: integer('logo_height'),
})

/** D1 answers a blob as a list of numbers. */
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array | number[] }>({
  dataType: () => 'blob',
  fromDriver: (value) => Uint8Array.from(value),
})

/** The logo and the style sheet of a clinic. What was replaced stays for the pages that still name it. */
export const lookFile = sqliteTable(
  'look_file',
  {
    clinicId: text('clinic_id').notNull(),
    /** 'logo.1f0c2e9a7b.png' */
    name: text('name').notNull(),
    kind: text('kind', { enum: ['theme', 'logo'] }).notNull(),
    content: bytes('content').notNull(),
    replacedAt: instant('replaced_at'),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.name] })],
)

/** Published by the manager and never changed. Version 1 is the standard notice and has no row. */
export const privacyNotice = sqliteTable(
  'privacy_notice',
  {
    clinicId: text('clinic_id').notNull(),
    version: integer('version').notNull(),
    body: text('body').notNull(),
    publishedAt: instant('published_at').notNull(),
    publishedBy: text('published_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.version] })],
)

export const privacyDraft = sqliteTable('privacy_draft', {
  clinicId: text('clinic_id').primaryKey(),
  body: text('body').notNull(),
  savedAt: instant('saved_at').notNull(),
  savedBy: text('saved_by').notNull(),
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
  /** A space before each word by whose beginning the record is found (see patients/search/search-words.ts). */
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
  /** The record of the same person that holds everything now: this one stays in the archive for good. */
  mergedInto: text('merged_into'),
  /** The list that the record stands in. Kept by triggers. */
  listedAs: text('listed_as', { enum: ['none', 'invited', 'active', 'inactive', 'archived'] })
    .notNull()
    .default('none'),
})

/** How many records each list holds. Kept by triggers. */
export const patientCount = sqliteTable(
  'patient_count',
  {
    clinicId: text('clinic_id').notNull(),
    listedAs: text('listed_as', { enum: ['none', 'invited', 'active', 'inactive', 'archived'] }).notNull(),
    patients: integer('patients').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.listedAs] })],
)

/** Each word of `patient.searchText`, to be asked by its beginning. Kept by triggers. */
export const patientWord = sqliteTable(
  'patient_word',
  {
    clinicId: text('clinic_id').notNull(),
    word: text('word').notNull(),
    patientId: text('patient_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.word, table.patientId] })],
)

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
    /** The patient said "not now" when they were offered a passkey. */
    passkeyRefusedAt: instant('passkey_refused_at'),
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
  /** The passkey that began it, where no password was typed. */
  byPasskey: text('by_passkey'),
  /** For whom the account holder acts; null: for themselves. Never changed (see `actingGrant`). */
  actingFor: text('acting_for'),
})

/** Staff allow one patient, the account holder, to act for another: a parent for a child. Nothing changes but its end, and whose it is when records are merged. */
export const actingGrant = sqliteTable('acting_grant', {
  id: text('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  /** Who logs on. */
  holderId: text('holder_id').notNull(),
  /** For whom. */
  patientId: text('patient_id').notNull(),
  /** What the holder is to the patient. */
  relation: text('relation', {
    enum: ['parent', 'guardian', 'partner', 'son-or-daughter', 'carer', 'attorney'],
  }).notNull(),
  /** The staff member who approved it, who need not be the one who typed it in. */
  approvedBy: text('approved_by').notNull(),
  /** 'YYYY-MM-DD' */
  approvedOn: text('approved_on').notNull(),
  grantedBy: text('granted_by').notNull(),
  grantedAt: instant('granted_at').notNull(),
  /** The moment from which it does not work any more; or, instead, */
  endsAt: instant('ends_at'),
  /** from which staff are asked to look at it again, while it goes on. */
  reviewAt: instant('review_at'),
  endedAt: instant('ended_at'),
  /** Who ended it before its time. */
  endedBy: text('ended_by'),
})

/** The password was right, and the second factor is still to come. */
export const halfLogon = sqliteTable('half_logon', {
  tokenHash: text('token_hash').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  staffId: text('staff_id').notNull(),
  next: text('next').notNull().default(''),
  expiresAt: instant('expires_at').notNull(),
})

export const authenticatorApp = sqliteTable(
  'authenticator_app',
  {
    clinicId: text('clinic_id').notNull(),
    staffId: text('staff_id').notNull(),
    sealedKey: text('sealed_key').notNull(),
    addedAt: instant('added_at').notNull(),
    /** The latest step of time whose code was taken (RFC 6238 §5.2): none is taken twice. */
    lastStep: integer('last_step').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.staffId] })],
)

export const recoveryCode = sqliteTable(
  'recovery_code',
  {
    clinicId: text('clinic_id').notNull(),
    staffId: text('staff_id').notNull(),
    codeHash: text('code_hash').notNull(),
    madeAt: instant('made_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.staffId, table.codeHash] })],
)

export const passkey = sqliteTable('passkey', {
  id: text('id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  staffId: text('staff_id'),
  patientId: text('patient_id'),
  credentialId: text('credential_id').notNull(),
  /** COSE, base64url. */
  publicKey: text('public_key').notNull(),
  counter: integer('counter').notNull(),
  /** How the browser reaches it, as JSON. */
  transports: text('transports').notNull().default('[]'),
  canBeBackedUp: integer('can_be_backed_up', { mode: 'boolean' }).notNull(),
  isBackedUp: integer('is_backed_up', { mode: 'boolean' }).notNull(),
  name: text('name').notNull(),
  addedAt: instant('added_at').notNull(),
  usedAt: instant('used_at'),
  usedAgent: text('used_agent').notNull().default(''),
})

export const passkeyChallenge = sqliteTable('passkey_challenge', {
  challengeHash: text('challenge_hash').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  purpose: text('purpose', { enum: ['adding', 'second-factor', 'logon'] }).notNull(),
  /** Hash of the session or half logon that asked; empty at the logon page, where only the browser is known. */
  boundTo: text('bound_to').notNull(),
  expiresAt: instant('expires_at').notNull(),
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
  purpose: text('purpose', { enum: ['set-up', 'reset', 'registration', 'counter', 'email'] }).notNull(),
  tokenHash: text('token_hash').notNull(),
  staffId: text('staff_id'),
  patientId: text('patient_id'),
  registrationId: text('registration_id'),
  /** The staff member who made it; null when the person asked for it. */
  byStaff: text('by_staff'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  tries: integer('tries').notNull().default(0),
  usedAt: instant('used_at'),
  endedAt: instant('ended_at'),
  /** The new address that opening it proves, as typed; of purpose 'email' only. */
  email: text('email'),
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
  /** The staff member who sent it; null when nobody of the staff did. */
  byStaff: text('by_staff'),
  sealed: text('sealed'),
  state: text('state', { enum: ['queued', 'sending', 'sent', 'abandoned'] })
    .notNull()
    .default('queued'),
  createdAt: instant('created_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: instant('next_attempt_at').notNull(),
  sentAt: instant('sent_at'),
  failure: text('failure'),
  /** Somebody has seen that it was given up. */
  settledAt: instant('settled_at'),
  settledBy: text('settled_by'),
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
    /** 1: the hash is a plain SHA-256. 2: it is keyed. */
    format: integer('format').notNull().default(1),
    /** The keyed hash of the rows in whatever order; from format 2 on. */
    contents: text('contents'),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.n] })],
)

/** Staff who see patients. The row stays when they stop (`endedAt`), because their appointments do. */
export const practitioner = sqliteTable(
  'practitioner',
  {
    clinicId: text('clinic_id').notNull(),
    staffId: text('staff_id').notNull(),
    /** "Physiotherapist" */
    designation: text('designation').notNull().default(''),
    /** Order of the columns in the diary. */
    position: integer('position').notNull().default(0),
    /** 1 to 8, of a fixed set. */
    colour: integer('colour').notNull().default(1),
    mayChangeOwnHours: integer('may_change_own_hours', { mode: 'boolean' }).notNull().default(false),
    /** Rises with each change of the working hours, so that the second of two people editing is told. */
    hoursVersion: integer('hours_version').notNull().default(1),
    feedHash: text('feed_hash'),
    feedShowsNames: integer('feed_shows_names', { mode: 'boolean' }).notNull().default(false),
    addedAt: instant('added_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.staffId] })],
)

/** On the clinic's wall clock. Replaced as a whole, never changed row by row. */
export const workingHours = sqliteTable(
  'working_hours',
  {
    clinicId: text('clinic_id').notNull(),
    staffId: text('staff_id').notNull(),
    /** 1 is Monday. */
    weekday: integer('weekday').notNull(),
    /** Minutes of the day: 540 is 9am. */
    fromMinute: integer('from_minute').notNull(),
    untilMinute: integer('until_minute').notNull(),
    /** 'YYYY-MM-DD', both days included; null: until further notice. */
    validFrom: text('valid_from').notNull(),
    validUntil: text('valid_until'),
  },
  (table) => [
    primaryKey({ columns: [table.clinicId, table.staffId, table.weekday, table.fromMinute, table.validFrom] }),
  ],
)

export const absence = sqliteTable(
  'absence',
  {
    clinicId: text('clinic_id').notNull(),
    staffId: text('staff_id').notNull(),
    fromAt: instant('from_at').notNull(),
    untilAt: instant('until_at').notNull(),
    id: text('id').notNull(),
    /** For staff; no patient sees it. */
    reason: text('reason').notNull().default(''),
    addedAt: instant('added_at').notNull(),
    addedBy: text('added_by'),
    formId: text('form_id'),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.staffId, table.untilAt, table.id] })],
)

export const closedDay = sqliteTable(
  'closed_day',
  {
    clinicId: text('clinic_id').notNull(),
    /** 'YYYY-MM-DD' */
    date: text('date').notNull(),
    name: text('name').notNull(),
    addedAt: instant('added_at').notNull(),
    addedBy: text('added_by'),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.date] })],
)

export const appointmentType = sqliteTable(
  'appointment_type',
  {
    clinicId: text('clinic_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** A multiple of 5. */
    minutes: integer('minutes').notNull(),
    /** Kept free behind it: for notes, for the room. */
    bufferMinutes: integer('buffer_minutes').notNull().default(0),
    price: text('price').notNull().default(''),
    /** What to bring, how to prepare: told to the patient. */
    preparation: text('preparation').notNull().default(''),
    isOnline: integer('is_online', { mode: 'boolean' }).notNull().default(true),
    forNew: integer('for_new', { mode: 'boolean' }).notNull().default(true),
    forExisting: integer('for_existing', { mode: 'boolean' }).notNull().default(true),
    colour: integer('colour').notNull().default(1),
    position: integer('position').notNull().default(0),
    version: integer('version').notNull().default(1),
    formId: text('form_id'),
    addedAt: instant('added_at').notNull(),
    retiredAt: instant('retired_at'),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.id] })],
)

/** Which practitioner does which type. */
export const practitionerType = sqliteTable(
  'practitioner_type',
  {
    clinicId: text('clinic_id').notNull(),
    staffId: text('staff_id').notNull(),
    typeId: text('type_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.staffId, table.typeId] })],
)

/** One row for each clinic, made with it. */
export const bookingRules = sqliteTable('booking_rules', {
  clinicId: text('clinic_id').primaryKey(),
  isOnline: integer('is_online', { mode: 'boolean' }).notNull().default(false),
  /** Shown while online booking is off. */
  offlineMessage: text('offline_message').notNull().default(''),
  earliestNoticeMinutes: integer('earliest_notice_minutes').notNull().default(120),
  furthestAheadDays: integer('furthest_ahead_days').notNull().default(56),
  /** Most upcoming appointments of one patient. */
  mostUpcoming: integer('most_upcoming').notNull().default(3),
  cancelNoticeHours: integer('cancel_notice_hours').notNull().default(24),
  slotRule: text('slot_rule', { enum: ['every', 'first-of-block'] })
    .notNull()
    .default('every'),
  gridMinutes: integer('grid_minutes').notNull().default(15),
  /** Hours before an appointment; null: no reminders. */
  reminderHours: integer('reminder_hours').default(24),
  newPatientsNewTypesOnly: integer('new_patients_new_types_only', { mode: 'boolean' }).notNull().default(false),
  /** Rises with each edit of the form. */
  version: integer('version').notNull().default(1),
  /** Rises with everything that decides which times are free, but the appointments (triggers). */
  timeVersion: integer('time_version').notNull().default(1),
  /** Drawn anew with it (triggers): what of a timetable is kept is true as long as its mark is this one. */
  timeMark: text('time_mark').notNull().default(''),
})

export const appointment = sqliteTable(
  'appointment',
  {
    clinicId: text('clinic_id').notNull(),
    practitionerId: text('practitioner_id').notNull(),
    startAt: instant('start_at').notNull(),
    id: text('id').notNull(),
    endAt: instant('end_at').notNull(),
    /** The practitioner's time is taken until then. */
    bufferUntil: instant('buffer_until').notNull(),
    patientId: text('patient_id').notNull(),
    typeId: text('type_id').notNull(),
    /** FHIR's codes; see diary/appointment.ts. */
    status: text('status', { enum: ['booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'] })
      .notNull()
      .default('booked'),
    statusSince: instant('status_since').notNull(),
    /** Who set it; null when the patient did. */
    statusBy: text('status_by'),
    cancelReason: text('cancel_reason').notNull().default(''),
    bookedAt: instant('booked_at').notNull(),
    /** Null when the patient booked it. */
    bookedBy: text('booked_by'),
    /** The staff's; no patient sees it. */
    note: text('note').notNull().default(''),
    /** What the patient wrote when booking. */
    patientNote: text('patient_note').notNull().default(''),
    /** Staff booked it although the rules say no. */
    outsideRules: integer('outside_rules', { mode: 'boolean' }).notNull().default(false),
    /** Rises with each change, so that the second of two people changing it is told. */
    version: integer('version').notNull().default(1),
    /** RFC 5545 §3.8.7.4: rises when the patient's calendar has to change. */
    sequence: integer('sequence').notNull().default(0),
    /** The form that booked it: a form sent twice books once. */
    formId: text('form_id'),
    remindedAt: instant('reminded_at'),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.practitionerId, table.startAt, table.id] })],
)

/** Derived from the appointments by triggers: which stretches of a practitioner's UTC day are taken (migrations/0008_diary.sql). */
export const busyDay = sqliteTable(
  'busy_day',
  {
    clinicId: text('clinic_id').notNull(),
    practitionerId: text('practitioner_id').notNull(),
    /** Days since 1970, UTC. */
    day: integer('day').notNull(),
    spans: text('spans').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clinicId, table.practitionerId, table.day] })],
)

/** How far the copy of the seals in KV reaches (audit/checkpoint-store.ts). */
export const auditCheckpoint = sqliteTable('audit_checkpoint', {
  clinicId: text('clinic_id').primaryKey(),
  n: integer('n').notNull(),
  writtenAt: instant('written_at').notNull(),
})

export type Clinic = typeof clinic.$inferSelect
export type Staff = typeof staff.$inferSelect
export type Patient = typeof patient.$inferSelect
export type OnlineAccess = typeof onlineAccess.$inferSelect
export type Registration = typeof registration.$inferSelect
export type ActingGrant = typeof actingGrant.$inferSelect
export type OneTimeLink = typeof oneTimeLink.$inferSelect
export type Passkey = typeof passkey.$inferSelect
export type Mail = typeof mail.$inferSelect
export type Audit = typeof audit.$inferSelect
export type AuditSeal = typeof auditSeal.$inferSelect
export type Practitioner = typeof practitioner.$inferSelect
export type WorkingHours = typeof workingHours.$inferSelect
export type Absence = typeof absence.$inferSelect
export type ClosedDay = typeof closedDay.$inferSelect
export type AppointmentType = typeof appointmentType.$inferSelect
export type BookingRules = typeof bookingRules.$inferSelect
export type Appointment = typeof appointment.$inferSelect
