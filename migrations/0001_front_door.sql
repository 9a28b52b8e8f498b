-- The front door: clinics, staff, patients, their online access, and how people prove who they are.
-- Times are milliseconds since 1970 (UTC); dates of birth are 'YYYY-MM-DD'. Nothing is deleted by a cascade.
-- What must never be true is refused here, whatever the code above does.

CREATE TABLE clinic (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE CHECK (slug = lower(slug) AND slug NOT GLOB '*[^a-z0-9-]*' AND length(slug) BETWEEN 2 AND 40),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  phone TEXT NOT NULL,
  timezone TEXT NOT NULL,
  allow_existing INTEGER NOT NULL DEFAULT 0 CHECK (allow_existing IN (0, 1)),
  allow_new INTEGER NOT NULL DEFAULT 0 CHECK (allow_new IN (0, 1)),
  privacy_notice_version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  username TEXT NOT NULL CHECK (username NOT GLOB '*[^a-z0-9._-]*' AND username GLOB '[a-z0-9]*' AND length(username) BETWEEN 2 AND 32),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('manager', 'reception', 'practitioner')),
  email TEXT,
  password_hash TEXT,
  password_kind TEXT CHECK (password_kind IN ('own', 'temporary')),
  password_set_at INTEGER,
  temporary_expires_at INTEGER,
  temporary_used_at INTEGER,
  last_logon_at INTEGER,
  created_at INTEGER NOT NULL,
  deactivated_at INTEGER,
  deactivated_by TEXT,
  UNIQUE (clinic_id, username),
  UNIQUE (clinic_id, id),
  CHECK ((password_hash IS NULL) = (password_kind IS NULL)),
  CHECK (password_kind IS NOT 'temporary' OR temporary_expires_at IS NOT NULL)
) STRICT;

CREATE TABLE patient (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  title TEXT NOT NULL DEFAULT '',
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  preferred_name TEXT NOT NULL DEFAULT '',
  date_of_birth TEXT CHECK (date_of_birth GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  email TEXT NOT NULL DEFAULT '',
  email_canonical TEXT,
  mobile TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  sort_name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  form_id TEXT,
  privacy_notice_version INTEGER,
  privacy_acknowledged_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by TEXT,
  archived_at INTEGER,
  archived_by TEXT,
  UNIQUE (clinic_id, id),
  UNIQUE (clinic_id, form_id),
  CHECK ((email = '') = (email_canonical IS NULL)),
  FOREIGN KEY (clinic_id, created_by) REFERENCES staff (clinic_id, id)
) STRICT;
CREATE INDEX patient_by_email ON patient (clinic_id, email_canonical) WHERE email_canonical IS NOT NULL;
CREATE INDEX patient_by_name ON patient (clinic_id, sort_name, id);
CREATE INDEX patient_by_birth ON patient (clinic_id, date_of_birth);

-- A patient's permission to use the diary. No row: not registered. `email` is the logon name, and is held only
-- while the patient may log on or is invited to.
CREATE TABLE online_access (
  clinic_id TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'inactive')),
  since INTEGER NOT NULL,
  by_staff TEXT,
  email TEXT,
  password_hash TEXT,
  password_kind TEXT CHECK (password_kind IN ('own', 'temporary')),
  password_set_at INTEGER,
  temporary_expires_at INTEGER,
  temporary_used_at INTEGER,
  last_logon_at INTEGER,
  PRIMARY KEY (clinic_id, patient_id),
  UNIQUE (clinic_id, email),
  CHECK ((state = 'inactive') = (email IS NULL)),
  CHECK ((password_hash IS NULL) = (password_kind IS NULL)),
  CHECK (password_kind IS NOT 'temporary' OR temporary_expires_at IS NOT NULL),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, by_staff) REFERENCES staff (clinic_id, id)
) STRICT, WITHOUT ROWID;

-- Rule M9: a logon name is the email address of that patient's own record, and of no other record.
CREATE TRIGGER online_access_email_when_given BEFORE INSERT ON online_access WHEN NEW.email IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'email_not_on_record') WHERE NOT EXISTS (
    SELECT 1 FROM patient WHERE clinic_id = NEW.clinic_id AND id = NEW.patient_id
      AND email_canonical = NEW.email AND archived_at IS NULL);
  SELECT RAISE(ABORT, 'email_shared') WHERE EXISTS (
    SELECT 1 FROM patient WHERE clinic_id = NEW.clinic_id AND email_canonical = NEW.email AND id <> NEW.patient_id);
END;
CREATE TRIGGER online_access_email_when_changed BEFORE UPDATE OF email, state ON online_access
WHEN NEW.email IS NOT NULL AND (NEW.email IS NOT OLD.email OR NEW.state IS NOT OLD.state)
BEGIN
  SELECT RAISE(ABORT, 'email_not_on_record') WHERE NOT EXISTS (
    SELECT 1 FROM patient WHERE clinic_id = NEW.clinic_id AND id = NEW.patient_id
      AND email_canonical = NEW.email AND archived_at IS NULL);
  SELECT RAISE(ABORT, 'email_shared') WHERE EXISTS (
    SELECT 1 FROM patient WHERE clinic_id = NEW.clinic_id AND email_canonical = NEW.email AND id <> NEW.patient_id);
END;
-- The logon name follows the record, never to an address that another record has.
CREATE TRIGGER online_access_follows_record AFTER UPDATE OF email_canonical ON patient
WHEN NEW.email_canonical IS NOT OLD.email_canonical
BEGIN
  UPDATE online_access SET email = NEW.email_canonical
  WHERE clinic_id = NEW.clinic_id AND patient_id = NEW.id AND email IS NOT NULL;
END;

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL,
  staff_id TEXT,
  patient_id TEXT,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  user_agent TEXT NOT NULL DEFAULT '',
  CHECK ((staff_id IS NULL) <> (patient_id IS NULL)),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_staff ON session (clinic_id, staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX session_of_patient ON session (clinic_id, patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX session_by_age ON session (created_at);

-- A patient asks for online access: written down first, decided after the answer.
CREATE TABLE registration (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  link TEXT NOT NULL CHECK (link IN ('existing', 'new')),
  email TEXT NOT NULL,
  network TEXT NOT NULL,
  reference TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  decided_at INTEGER,
  outcome TEXT CHECK (outcome IN ('invited', 'refused', 'limited', 'registered')),
  because TEXT,
  mailed_at INTEGER,
  patient_id TEXT,
  details TEXT CHECK (details IS NULL OR json_valid(details)),
  desk_since INTEGER,
  settled_at INTEGER,
  settled_by TEXT,
  settlement TEXT CHECK (settlement IN ('activated', 'corrected', 'dismissed')),
  settlement_reason TEXT,
  CHECK ((decided_at IS NULL) = (outcome IS NULL)),
  CHECK ((settled_at IS NULL) = (settlement IS NULL)),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, settled_by) REFERENCES staff (clinic_id, id)
) STRICT;
CREATE INDEX registration_undecided ON registration (asked_at) WHERE decided_at IS NULL;
CREATE INDEX registration_on_desk ON registration (clinic_id, desk_since) WHERE desk_since IS NOT NULL AND settled_at IS NULL;
CREATE INDEX registration_mailed ON registration (clinic_id, email, mailed_at) WHERE mailed_at IS NOT NULL;
CREATE INDEX registration_mailed_for_network ON registration (network, mailed_at) WHERE mailed_at IS NOT NULL;
CREATE INDEX registration_by_age ON registration (asked_at);

-- A forgotten password: written down first, worked on after the answer.
CREATE TABLE forgotten_password (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  identifier TEXT NOT NULL,
  network TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  decided_at INTEGER,
  mailed_at INTEGER
) STRICT;
CREATE INDEX forgotten_password_undecided ON forgotten_password (asked_at) WHERE decided_at IS NULL;
CREATE INDEX forgotten_password_mailed ON forgotten_password (clinic_id, identifier, mailed_at) WHERE mailed_at IS NOT NULL;
CREATE INDEX forgotten_password_mailed_for_network ON forgotten_password (network, mailed_at) WHERE mailed_at IS NOT NULL;
CREATE INDEX forgotten_password_by_age ON forgotten_password (asked_at);

-- A link in a mail: only the hash of its token, used once, ended by a newer one.
CREATE TABLE one_time_link (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('set-up', 'reset', 'registration')),
  token_hash TEXT NOT NULL UNIQUE,
  staff_id TEXT,
  patient_id TEXT,
  registration_id TEXT REFERENCES registration (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  used_at INTEGER,
  ended_at INTEGER,
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id)
) STRICT;
CREATE INDEX one_time_link_of_patient ON one_time_link (clinic_id, patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX one_time_link_of_staff ON one_time_link (clinic_id, staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX one_time_link_of_registration ON one_time_link (registration_id) WHERE registration_id IS NOT NULL;
CREATE INDEX one_time_link_by_age ON one_time_link (created_at);

-- Failures of an account, known or not (the key is a keyed hash), and of a network.
CREATE TABLE lockout (
  key TEXT PRIMARY KEY,
  tries INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  wait_until INTEGER NOT NULL DEFAULT 0,
  month_tries INTEGER NOT NULL DEFAULT 0,
  month_since INTEGER NOT NULL,
  refused INTEGER NOT NULL DEFAULT 0 CHECK (refused IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX lockout_by_age ON lockout (tried_at);

-- Mails on their way. `sealed` holds subject and bodies (AES-GCM) and is wiped when the mail has gone.
CREATE TABLE mail (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  kind TEXT NOT NULL,
  to_address TEXT NOT NULL,
  patient_id TEXT,
  staff_id TEXT,
  sealed TEXT,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'abandoned')),
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  sent_at INTEGER,
  failure TEXT,
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id)
) STRICT;
CREATE INDEX mail_due ON mail (next_attempt_at) WHERE state IN ('queued', 'sending');
CREATE INDEX mail_of_patient ON mail (clinic_id, patient_id, created_at) WHERE patient_id IS NOT NULL;
CREATE INDEX mail_of_staff ON mail (clinic_id, staff_id, created_at) WHERE staff_id IS NOT NULL;
CREATE INDEX mail_abandoned ON mail (clinic_id, created_at) WHERE state = 'abandoned';
CREATE INDEX mail_by_age ON mail (created_at);

-- Who did what, append-only. `detail` holds codes and ids, never a name, an address or a secret.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  at INTEGER NOT NULL,
  act TEXT NOT NULL,
  by_staff TEXT,
  by_patient TEXT,
  of_staff TEXT,
  of_patient TEXT,
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail))
) STRICT;
CREATE INDEX audit_of_patient ON audit (clinic_id, of_patient, id) WHERE of_patient IS NOT NULL;
CREATE INDEX audit_by_time ON audit (clinic_id, id);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
