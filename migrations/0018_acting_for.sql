-- Families share an email address (product.md §1): one patient, the account holder, may act for others. Each row is one grant of the
-- staff. Nothing in it changes but its end, so that it can be read later who was allowed what, and when.
CREATE TABLE acting_grant (
  id TEXT PRIMARY KEY,
  clinic_id TEXT NOT NULL,
  holder_id TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  relation TEXT NOT NULL CHECK (relation IN ('parent', 'guardian', 'partner', 'son-or-daughter', 'carer', 'attorney')),
  approved_by TEXT NOT NULL,
  approved_on TEXT NOT NULL CHECK (approved_on = date(approved_on)),
  granted_by TEXT NOT NULL,
  granted_at INTEGER NOT NULL,
  ends_at INTEGER,
  review_at INTEGER,
  ended_at INTEGER,
  ended_by TEXT,
  CHECK (holder_id <> patient_id),
  CHECK ((ends_at IS NULL) <> (review_at IS NULL)),
  CHECK (ended_by IS NULL OR ended_at IS NOT NULL),
  FOREIGN KEY (clinic_id, holder_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, approved_by) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, granted_by) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, ended_by) REFERENCES staff (clinic_id, id)
) STRICT;
CREATE UNIQUE INDEX acting_grant_of_holder ON acting_grant (clinic_id, holder_id, patient_id) WHERE ended_at IS NULL;
CREATE INDEX acting_grant_of_patient ON acting_grant (clinic_id, patient_id, granted_at);
CREATE INDEX acting_grant_to_review ON acting_grant (clinic_id, review_at) WHERE ended_at IS NULL AND review_at IS NOT NULL;

-- For whom the account holder acts in this session; null: for themselves. It never changes: who turns to somebody else gets a new session.
ALTER TABLE session ADD COLUMN acting_for TEXT;
