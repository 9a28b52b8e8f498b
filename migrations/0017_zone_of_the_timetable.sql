-- Working hours are times of the clinic's own clock, so its zone belongs to what decides free times: the timetable is read anew,
-- and a booking that was decided by the old zone is decided again.
CREATE TRIGGER time_of_zone AFTER UPDATE OF timezone ON clinic WHEN OLD.timezone <> NEW.timezone
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.id; END;
