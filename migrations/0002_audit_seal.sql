-- The audit's hash chain: each minute's new rows of a clinic are sealed by a hash that holds the seal before it.
-- It shows that a row was changed, inserted or taken out afterwards, by whoever got past the triggers.

CREATE TABLE audit_seal (
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  n INTEGER NOT NULL,
  up_to_id INTEGER NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  hash TEXT NOT NULL,
  sealed_at INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_seal_is_never_changed BEFORE UPDATE ON audit_seal BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
CREATE TRIGGER audit_seal_is_never_deleted BEFORE DELETE ON audit_seal BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
CREATE TRIGGER audit_seal_is_never_replaced BEFORE INSERT ON audit_seal
WHEN EXISTS (SELECT 1 FROM audit_seal WHERE clinic_id = NEW.clinic_id AND n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
CREATE INDEX audit_by_act ON audit (clinic_id, act, id);
CREATE INDEX audit_by_staff ON audit (clinic_id, by_staff, id) WHERE by_staff IS NOT NULL;
