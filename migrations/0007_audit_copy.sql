-- The audit's seals are keyed from format 2 on: whoever has the database alone cannot make them. `contents` is the keyed
-- hash of what the rows hold, whatever their order, so that rows that changed places are told from rows that were changed.
ALTER TABLE audit_seal ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format IN (1, 2));
ALTER TABLE audit_seal ADD COLUMN contents TEXT;

-- Up to which seal the copy outside of this database reaches, and when it was written there.
CREATE TABLE audit_checkpoint (
  clinic_id TEXT PRIMARY KEY REFERENCES clinic (id),
  n INTEGER NOT NULL,
  written_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A row comes behind all others, never between them.
CREATE TRIGGER audit_is_only_appended AFTER INSERT ON audit WHEN NEW.id < (SELECT max(id) FROM audit)
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;

-- One index for each way to read it: a page reads as many rows as it shows, however long the audit is.
CREATE INDEX audit_by_moment ON audit (clinic_id, at, id);
CREATE INDEX audit_by_patient ON audit (clinic_id, by_patient, id) WHERE by_patient IS NOT NULL;
CREATE INDEX audit_by_patients ON audit (clinic_id, id) WHERE by_patient IS NOT NULL;
CREATE INDEX audit_of_staff ON audit (clinic_id, of_staff, id) WHERE of_staff IS NOT NULL;

-- Rule M4: somebody is always left who can run the clinic, whatever the code above does.
CREATE TRIGGER staff_keeps_a_manager BEFORE UPDATE OF role, password_kind, deactivated_at ON staff
WHEN OLD.role = 'manager' AND OLD.password_kind = 'own' AND OLD.deactivated_at IS NULL
  AND NOT (NEW.role = 'manager' AND NEW.password_kind IS 'own' AND NEW.deactivated_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM staff other WHERE other.clinic_id = OLD.clinic_id AND other.id <> OLD.id
    AND other.role = 'manager' AND other.password_kind = 'own' AND other.deactivated_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'last_manager'); END;
