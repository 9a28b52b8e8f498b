-- A patient's new email address, proven by a link that is mailed to it: the link carries the address as it was typed.
-- Nothing references this table, so it can be made anew.

CREATE TABLE one_time_link_anew (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('set-up', 'reset', 'registration', 'counter', 'email')),
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
  email TEXT CHECK (length(email) <= 254),
  CHECK (purpose <> 'counter' OR (patient_id IS NOT NULL AND by_staff IS NOT NULL)),
  CHECK ((purpose = 'email') = (email IS NOT NULL)),
  CHECK (purpose <> 'email' OR patient_id IS NOT NULL),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, by_staff) REFERENCES staff (clinic_id, id)
) STRICT;
INSERT INTO one_time_link_anew (id, clinic_id, purpose, token_hash, staff_id, patient_id, registration_id, by_staff, created_at, expires_at, tries, used_at, ended_at)
  SELECT id, clinic_id, purpose, token_hash, staff_id, patient_id, registration_id, by_staff, created_at, expires_at, tries, used_at, ended_at FROM one_time_link;
DROP TABLE one_time_link;
ALTER TABLE one_time_link_anew RENAME TO one_time_link;
CREATE INDEX one_time_link_of_patient ON one_time_link (clinic_id, patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX one_time_link_of_staff ON one_time_link (clinic_id, staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX one_time_link_of_registration ON one_time_link (registration_id) WHERE registration_id IS NOT NULL;
CREATE INDEX one_time_link_by_end ON one_time_link (expires_at);
CREATE INDEX one_time_link_at_counter ON one_time_link (clinic_id, by_staff) WHERE purpose = 'counter' AND used_at IS NULL AND ended_at IS NULL;
CREATE INDEX one_time_link_run_out ON one_time_link (clinic_id, expires_at, id) WHERE patient_id IS NOT NULL AND used_at IS NULL AND ended_at IS NULL;
CREATE TRIGGER one_time_link_of_one_clinic BEFORE INSERT ON one_time_link
WHEN NEW.registration_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM registration WHERE id = NEW.registration_id AND clinic_id = NEW.clinic_id)
BEGIN SELECT RAISE(ABORT, 'another_clinic'); END;
