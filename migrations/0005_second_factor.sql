-- A second factor for staff, and passkeys for everybody. What proves a person is sealed or hashed, never readable here.

ALTER TABLE clinic ADD COLUMN staff_need_second_factor INTEGER NOT NULL DEFAULT 0 CHECK (staff_need_second_factor IN (0, 1));
-- The patient said "not now" when they were offered a passkey.
ALTER TABLE online_access ADD COLUMN passkey_refused_at INTEGER;
-- The passkey that began this session, where no password was typed.
ALTER TABLE session ADD COLUMN by_passkey TEXT;

-- One app for each of the staff. A row is there only when its first code was right; each step of time is taken once.
CREATE TABLE authenticator_app (
  clinic_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  sealed_key TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  last_step INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, staff_id),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_code (
  clinic_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (clinic_id, staff_id, code_hash),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id)
) STRICT, WITHOUT ROWID;

-- Public keys (WebAuthn credentials). One credential belongs to one person, whichever clinic it is.
CREATE TABLE passkey (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL,
  staff_id TEXT,
  patient_id TEXT,
  credential_id TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL CHECK (counter >= 0),
  transports TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(transports)),
  can_be_backed_up INTEGER NOT NULL CHECK (can_be_backed_up IN (0, 1)),
  is_backed_up INTEGER NOT NULL CHECK (is_backed_up IN (0, 1)),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  added_at INTEGER NOT NULL,
  used_at INTEGER,
  used_agent TEXT NOT NULL DEFAULT '',
  CHECK ((staff_id IS NULL) <> (patient_id IS NULL)),
  CHECK (can_be_backed_up = 1 OR is_backed_up = 0),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id)
) STRICT;
CREATE INDEX passkey_of_staff ON passkey (clinic_id, staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX passkey_of_patient ON passkey (clinic_id, patient_id) WHERE patient_id IS NOT NULL;
-- A session that a passkey began is of the same clinic, and ends with it.
CREATE INDEX session_by_passkey ON session (by_passkey) WHERE by_passkey IS NOT NULL;
CREATE TRIGGER session_by_own_passkey BEFORE INSERT ON session WHEN NEW.by_passkey IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'passkey_of_another') WHERE NOT EXISTS (
    SELECT 1 FROM passkey WHERE clinic_id = NEW.clinic_id AND id = NEW.by_passkey
      AND staff_id IS NEW.staff_id AND patient_id IS NEW.patient_id);
END;
CREATE TRIGGER session_ends_with_passkey AFTER DELETE ON passkey
BEGIN
  DELETE FROM session WHERE clinic_id = OLD.clinic_id AND by_passkey = OLD.id;
END;
-- The address is the identity (rule M9): a new one is proved with the password before there is a passkey again.
CREATE TRIGGER passkey_ends_with_address AFTER UPDATE OF email_canonical ON patient
WHEN NEW.email_canonical IS NOT OLD.email_canonical
BEGIN
  DELETE FROM passkey WHERE clinic_id = NEW.clinic_id AND patient_id = NEW.id;
END;

-- What a passkey is asked to sign: once, for a few minutes, for one purpose, in the browser that asked.
CREATE TABLE passkey_challenge (
  challenge_hash TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('adding', 'second-factor', 'logon')),
  bound_to TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_challenge_by_age ON passkey_challenge (expires_at);

-- The password was right and the second factor is still to come. Only the hash of its token is kept.
CREATE TABLE half_logon (
  token_hash TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  next TEXT NOT NULL DEFAULT '',
  expires_at INTEGER NOT NULL,
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX half_logon_of_staff ON half_logon (clinic_id, staff_id);
CREATE INDEX half_logon_by_age ON half_logon (expires_at);
-- Whoever changes the password or stops the account ends what the old password has begun.
CREATE TRIGGER half_logon_ends AFTER UPDATE OF password_hash, deactivated_at ON staff
WHEN NEW.password_hash IS NOT OLD.password_hash OR NEW.deactivated_at IS NOT OLD.deactivated_at
BEGIN
  DELETE FROM half_logon WHERE clinic_id = NEW.clinic_id AND staff_id = NEW.id;
END;
