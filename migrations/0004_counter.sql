-- Counter mode, and invitations with a state. A link may be shown at the counter, and tells who of the staff made it; a
-- mail tells who of the staff sent it, and whether somebody has seen that it was given up. Nothing references these two
-- tables, so they can be made anew.

CREATE TABLE one_time_link_anew (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('set-up', 'reset', 'registration', 'counter')),
  token_hash TEXT NOT NULL UNIQUE,
  staff_id TEXT,
  patient_id TEXT,
  registration_id TEXT REFERENCES registration (id),
  by_staff TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  used_at INTEGER,
  ended_at INTEGER,
  CHECK (purpose <> 'counter' OR (patient_id IS NOT NULL AND by_staff IS NOT NULL)),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, by_staff) REFERENCES staff (clinic_id, id)
) STRICT;
INSERT INTO one_time_link_anew (id, clinic_id, purpose, token_hash, staff_id, patient_id, registration_id, created_at, expires_at, tries, used_at, ended_at)
  SELECT id, clinic_id, purpose, token_hash, staff_id, patient_id, registration_id, created_at, expires_at, tries, used_at, ended_at FROM one_time_link;
DROP TABLE one_time_link;
ALTER TABLE one_time_link_anew RENAME TO one_time_link;
CREATE INDEX one_time_link_of_patient ON one_time_link (clinic_id, patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX one_time_link_of_staff ON one_time_link (clinic_id, staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX one_time_link_of_registration ON one_time_link (registration_id) WHERE registration_id IS NOT NULL;
CREATE INDEX one_time_link_by_end ON one_time_link (expires_at);
CREATE INDEX one_time_link_at_counter ON one_time_link (clinic_id, by_staff) WHERE purpose = 'counter' AND used_at IS NULL AND ended_at IS NULL;
CREATE INDEX one_time_link_run_out ON one_time_link (clinic_id, expires_at, id) WHERE patient_id IS NOT NULL AND used_at IS NULL AND ended_at IS NULL;

CREATE TABLE mail_anew (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  kind TEXT NOT NULL,
  to_address TEXT NOT NULL,
  patient_id TEXT,
  staff_id TEXT,
  by_staff TEXT,
  sealed TEXT,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'abandoned')),
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  sent_at INTEGER,
  failure TEXT,
  settled_at INTEGER,
  settled_by TEXT,
  CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
  CHECK (settled_at IS NULL OR state = 'abandoned'),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, by_staff) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, settled_by) REFERENCES staff (clinic_id, id)
) STRICT;
INSERT INTO mail_anew (id, clinic_id, kind, to_address, patient_id, staff_id, sealed, state, created_at, attempts, next_attempt_at, sent_at, failure)
  SELECT id, clinic_id, kind, to_address, patient_id, staff_id, sealed, state, created_at, attempts, next_attempt_at, sent_at, failure FROM mail;
DROP TABLE mail;
ALTER TABLE mail_anew RENAME TO mail;
CREATE INDEX mail_due ON mail (next_attempt_at) WHERE state IN ('queued', 'sending');
CREATE INDEX mail_of_patient ON mail (clinic_id, patient_id, created_at) WHERE patient_id IS NOT NULL;
CREATE INDEX mail_of_staff ON mail (clinic_id, staff_id, created_at) WHERE staff_id IS NOT NULL;
CREATE INDEX mail_of_clinic ON mail (clinic_id, created_at, id);
CREATE INDEX mail_on_its_way ON mail (clinic_id, created_at, id) WHERE state IN ('queued', 'sending');
CREATE INDEX mail_abandoned ON mail (clinic_id, created_at, id) WHERE state = 'abandoned';
CREATE INDEX mail_to_settle ON mail (clinic_id, created_at, id) WHERE state = 'abandoned' AND settled_at IS NULL;
CREATE INDEX mail_by_age ON mail (created_at);

-- Who was given a way in and never came. `email` is held while the access is invited or active.
CREATE INDEX online_access_never_in ON online_access (clinic_id, since, patient_id) WHERE last_logon_at IS NULL AND email IS NOT NULL;
