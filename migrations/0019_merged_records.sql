-- Two records of one person become one: the other stays in the archive, for good, and says where everything went. It holds no
-- address any more, so that it keeps nobody from registering (rule M9).
ALTER TABLE patient ADD COLUMN merged_into TEXT
  CHECK (merged_into IS NULL OR (merged_into <> id AND archived_at IS NOT NULL AND email_canonical IS NULL));
CREATE INDEX patient_merged_into ON patient (clinic_id, merged_into) WHERE merged_into IS NOT NULL;

-- Into a record of the same clinic that has not gone that way itself.
CREATE TRIGGER patient_is_merged_into_one_that_stays BEFORE UPDATE OF merged_into ON patient
WHEN NEW.merged_into IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM patient WHERE id = NEW.merged_into AND clinic_id = NEW.clinic_id AND merged_into IS NULL)
BEGIN SELECT RAISE(ABORT, 'another_clinic'); END;
CREATE TRIGGER patient_is_merged_for_good BEFORE UPDATE OF merged_into ON patient
WHEN OLD.merged_into IS NOT NULL AND NEW.merged_into IS NULL
BEGIN SELECT RAISE(ABORT, 'merged_for_good'); END;

-- Online access that goes over to another record of the same person (see 0006: the list that a record stands in).
CREATE TRIGGER patient_is_listed_when_access_moves AFTER UPDATE OF patient_id ON online_access
BEGIN
  UPDATE patient SET listed_as = NEW.state
  WHERE clinic_id = NEW.clinic_id AND id = NEW.patient_id AND archived_at IS NULL;
END;
