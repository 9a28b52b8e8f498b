-- The mark of everything that a clinic's timetable is made of: types, practitioners, hours, absences and closed days. It is
-- drawn anew whenever `time_version` rises, so that an isolate that has read the timetable can ask: is it still the same?
-- Random, because a number that is set back (a database restored to an hour ago) would come a second time for something else.
ALTER TABLE booking_rules ADD COLUMN time_mark TEXT NOT NULL DEFAULT '';
UPDATE booking_rules SET time_mark = lower(hex(randomblob(8)));
CREATE TRIGGER time_mark_is_drawn AFTER INSERT ON booking_rules
BEGIN UPDATE booking_rules SET time_mark = lower(hex(randomblob(8))) WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_mark_is_drawn_anew AFTER UPDATE OF time_version ON booking_rules
BEGIN UPDATE booking_rules SET time_mark = lower(hex(randomblob(8))) WHERE clinic_id = NEW.clinic_id; END;

-- Until now `time_version` rose with what decides free times. A timetable holds names, colours and the order of columns too.
DROP TRIGGER time_of_practitioner;
DROP TRIGGER time_of_staff;
CREATE TRIGGER time_of_practitioner_added AFTER INSERT ON practitioner
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_practitioner_changed AFTER UPDATE OF designation, position, colour, ended_at ON practitioner
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_practitioner_removed AFTER DELETE ON practitioner
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = OLD.clinic_id; END;
CREATE TRIGGER time_of_staff AFTER UPDATE OF name, deactivated_at ON staff
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_type_added AFTER INSERT ON appointment_type
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_type_removed AFTER DELETE ON appointment_type
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = OLD.clinic_id; END;
CREATE TRIGGER time_of_type_regiven AFTER UPDATE ON practitioner_type
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
