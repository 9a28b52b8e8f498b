-- What names a row of the same clinic without a composite foreign key: the database refuses another clinic's here.

CREATE TRIGGER one_time_link_of_one_clinic BEFORE INSERT ON one_time_link
WHEN NEW.registration_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM registration WHERE id = NEW.registration_id AND clinic_id = NEW.clinic_id)
BEGIN SELECT RAISE(ABORT, 'another_clinic'); END;

CREATE TRIGGER patient_archived_by_one_clinic BEFORE UPDATE OF archived_by ON patient
WHEN NEW.archived_by IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM staff WHERE id = NEW.archived_by AND clinic_id = NEW.clinic_id)
BEGIN SELECT RAISE(ABORT, 'another_clinic'); END;

CREATE TRIGGER staff_deactivated_by_one_clinic BEFORE UPDATE OF deactivated_by ON staff
WHEN NEW.deactivated_by IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM staff WHERE id = NEW.deactivated_by AND clinic_id = NEW.clinic_id)
BEGIN SELECT RAISE(ABORT, 'another_clinic'); END;
