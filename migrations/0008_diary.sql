-- The diary: who sees patients and when, what can be booked, and the appointments.
-- Instants are milliseconds since 1970 (UTC); what stands on the clinic's wall is minutes of a day and 'YYYY-MM-DD'.
-- The clinic is the first column of every key. What must never be true is refused here, whatever the code above does.

ALTER TABLE clinic ADD COLUMN nation TEXT NOT NULL DEFAULT 'none'
  CHECK (nation IN ('england-and-wales', 'scotland', 'northern-ireland', 'none'));

-- Staff who see patients. The row stays when they stop, because their appointments do.
CREATE TABLE practitioner (
  clinic_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  designation TEXT NOT NULL DEFAULT '' CHECK (length(designation) <= 80),
  position INTEGER NOT NULL DEFAULT 0,
  colour INTEGER NOT NULL DEFAULT 1 CHECK (colour BETWEEN 1 AND 8),
  may_change_own_hours INTEGER NOT NULL DEFAULT 0 CHECK (may_change_own_hours IN (0, 1)),
  hours_version INTEGER NOT NULL DEFAULT 1,
  feed_hash TEXT,
  feed_shows_names INTEGER NOT NULL DEFAULT 0 CHECK (feed_shows_names IN (0, 1)),
  added_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (clinic_id, staff_id),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES staff (clinic_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX practitioner_of_feed ON practitioner (feed_hash) WHERE feed_hash IS NOT NULL;

-- Weekly hours on the clinic's wall clock: weekday 1 is Monday; `valid_until` is the last day, null: until further notice.
CREATE TABLE working_hours (
  clinic_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  from_minute INTEGER NOT NULL CHECK (from_minute >= 0 AND from_minute % 5 = 0),
  until_minute INTEGER NOT NULL CHECK (until_minute <= 1440 AND until_minute % 5 = 0),
  valid_from TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  valid_until TEXT CHECK (valid_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  PRIMARY KEY (clinic_id, staff_id, weekday, from_minute, valid_from),
  CHECK (until_minute > from_minute),
  CHECK (valid_until IS NULL OR valid_until >= valid_from),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES practitioner (clinic_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER working_hours_never_overlap BEFORE INSERT ON working_hours
BEGIN
  SELECT RAISE(ABORT, 'hours_overlap') WHERE EXISTS (
    SELECT 1 FROM working_hours WHERE clinic_id = NEW.clinic_id AND staff_id = NEW.staff_id AND weekday = NEW.weekday
      AND from_minute < NEW.until_minute AND until_minute > NEW.from_minute
      AND valid_from <= ifnull(NEW.valid_until, '9999-12-31') AND ifnull(valid_until, '9999-12-31') >= NEW.valid_from);
END;
CREATE TRIGGER working_hours_are_replaced BEFORE UPDATE ON working_hours
BEGIN SELECT RAISE(ABORT, 'hours_are_replaced'); END;

-- Instants, as appointments are: an absence is one stretch of time, and SQL can list the appointments in it.
-- The key ends with `until_at`, so that what is over is not read. `reason` is for staff; no patient sees it.
CREATE TABLE absence (
  clinic_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  until_at INTEGER NOT NULL,
  id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  added_at INTEGER NOT NULL,
  added_by TEXT,
  form_id TEXT,
  PRIMARY KEY (clinic_id, staff_id, until_at, id),
  UNIQUE (clinic_id, id),
  CHECK (until_at > from_at),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES practitioner (clinic_id, staff_id),
  FOREIGN KEY (clinic_id, added_by) REFERENCES staff (clinic_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX absence_of_form ON absence (clinic_id, form_id) WHERE form_id IS NOT NULL;

-- Days on which nobody can be booked; bank holidays only when the clinic accepted them.
CREATE TABLE closed_day (
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  added_at INTEGER NOT NULL,
  added_by TEXT,
  PRIMARY KEY (clinic_id, date),
  FOREIGN KEY (clinic_id, added_by) REFERENCES staff (clinic_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment_type (
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 480 AND minutes % 5 = 0),
  buffer_minutes INTEGER NOT NULL DEFAULT 0 CHECK (buffer_minutes BETWEEN 0 AND 120 AND buffer_minutes % 5 = 0),
  price TEXT NOT NULL DEFAULT '' CHECK (length(price) <= 40),
  preparation TEXT NOT NULL DEFAULT '' CHECK (length(preparation) <= 500),
  is_online INTEGER NOT NULL DEFAULT 1 CHECK (is_online IN (0, 1)),
  for_new INTEGER NOT NULL DEFAULT 1 CHECK (for_new IN (0, 1)),
  for_existing INTEGER NOT NULL DEFAULT 1 CHECK (for_existing IN (0, 1)),
  colour INTEGER NOT NULL DEFAULT 1 CHECK (colour BETWEEN 1 AND 8),
  position INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  form_id TEXT,
  added_at INTEGER NOT NULL,
  retired_at INTEGER,
  PRIMARY KEY (clinic_id, id),
  CHECK (for_new + for_existing > 0)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX appointment_type_of_form ON appointment_type (clinic_id, form_id) WHERE form_id IS NOT NULL;
CREATE UNIQUE INDEX appointment_type_by_name ON appointment_type (clinic_id, name) WHERE retired_at IS NULL;

-- Which practitioner does which type.
CREATE TABLE practitioner_type (
  clinic_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  type_id TEXT NOT NULL,
  PRIMARY KEY (clinic_id, staff_id, type_id),
  FOREIGN KEY (clinic_id, staff_id) REFERENCES practitioner (clinic_id, staff_id),
  FOREIGN KEY (clinic_id, type_id) REFERENCES appointment_type (clinic_id, id)
) STRICT, WITHOUT ROWID;

-- One row for each clinic. `version` is that of the form; `time_version` rises with everything that decides which times
-- are free but the appointments themselves, so that a booking can say: only if nothing of that has changed since I looked.
CREATE TABLE booking_rules (
  clinic_id TEXT PRIMARY KEY REFERENCES clinic (id),
  is_online INTEGER NOT NULL DEFAULT 0 CHECK (is_online IN (0, 1)),
  offline_message TEXT NOT NULL DEFAULT '' CHECK (length(offline_message) <= 300),
  earliest_notice_minutes INTEGER NOT NULL DEFAULT 120 CHECK (earliest_notice_minutes BETWEEN 0 AND 43200),
  furthest_ahead_days INTEGER NOT NULL DEFAULT 56 CHECK (furthest_ahead_days BETWEEN 1 AND 366),
  most_upcoming INTEGER NOT NULL DEFAULT 3 CHECK (most_upcoming BETWEEN 1 AND 50),
  cancel_notice_hours INTEGER NOT NULL DEFAULT 24 CHECK (cancel_notice_hours BETWEEN 0 AND 336),
  slot_rule TEXT NOT NULL DEFAULT 'every' CHECK (slot_rule IN ('every', 'first-of-block')),
  grid_minutes INTEGER NOT NULL DEFAULT 15 CHECK (grid_minutes IN (5, 10, 15, 20, 30, 60)),
  reminder_hours INTEGER DEFAULT 24 CHECK (reminder_hours BETWEEN 1 AND 336),
  new_patients_new_types_only INTEGER NOT NULL DEFAULT 0 CHECK (new_patients_new_types_only IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  time_version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
INSERT INTO booking_rules (clinic_id) SELECT id FROM clinic;
CREATE TRIGGER clinic_has_booking_rules AFTER INSERT ON clinic
BEGIN INSERT INTO booking_rules (clinic_id) VALUES (NEW.id); END;

-- FHIR's codes of an appointment's status. Of a cancelled one `status_by` and `status_since` say who did it and when;
-- null is the patient. The time is taken from `start_at` to `buffer_until`. Clustered by practitioner and time, so that a
-- day is read in one piece, whatever else the database holds.
CREATE TABLE appointment (
  clinic_id TEXT NOT NULL,
  practitioner_id TEXT NOT NULL,
  start_at INTEGER NOT NULL CHECK (start_at % 300000 = 0),
  id TEXT NOT NULL,
  end_at INTEGER NOT NULL CHECK (end_at % 300000 = 0),
  buffer_until INTEGER NOT NULL,
  patient_id TEXT NOT NULL,
  type_id TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'booked' CHECK (status IN ('booked', 'arrived', 'fulfilled', 'cancelled', 'noshow')),
  status_since INTEGER NOT NULL,
  status_by TEXT,
  cancel_reason TEXT NOT NULL DEFAULT '' CHECK (length(cancel_reason) <= 200),
  booked_at INTEGER NOT NULL,
  booked_by TEXT,
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
  patient_note TEXT NOT NULL DEFAULT '' CHECK (length(patient_note) <= 500),
  outside_rules INTEGER NOT NULL DEFAULT 0 CHECK (outside_rules IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  sequence INTEGER NOT NULL DEFAULT 0,
  form_id TEXT,
  reminded_at INTEGER,
  PRIMARY KEY (clinic_id, practitioner_id, start_at, id),
  UNIQUE (clinic_id, id),
  CHECK (end_at > start_at AND buffer_until >= end_at AND buffer_until <= start_at + 43200000),
  CHECK (buffer_until % 300000 = 0),
  CHECK (status = 'cancelled' OR cancel_reason = ''),
  FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner (clinic_id, staff_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, type_id) REFERENCES appointment_type (clinic_id, id),
  FOREIGN KEY (clinic_id, booked_by) REFERENCES staff (clinic_id, id),
  FOREIGN KEY (clinic_id, status_by) REFERENCES staff (clinic_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX appointment_of_patient ON appointment (clinic_id, patient_id, start_at);
CREATE UNIQUE INDEX appointment_of_form ON appointment (clinic_id, form_id) WHERE form_id IS NOT NULL;
CREATE INDEX appointment_to_remind ON appointment (clinic_id, start_at, status, reminded_at)
  WHERE status = 'booked' AND reminded_at IS NULL;

-- No double booking, ever. The longest stretch is 12 hours (see the CHECK), so only that much of the day is looked at.
CREATE TRIGGER appointment_never_overlaps_when_booked BEFORE INSERT ON appointment
BEGIN
  SELECT RAISE(ABORT, 'form_repeated') WHERE NEW.form_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM appointment WHERE clinic_id = NEW.clinic_id AND form_id = NEW.form_id);
  SELECT RAISE(ABORT, 'time_taken') WHERE NEW.status <> 'cancelled' AND EXISTS (
    SELECT 1 FROM appointment WHERE clinic_id = NEW.clinic_id AND practitioner_id = NEW.practitioner_id
      AND start_at > NEW.start_at - 43200000 AND start_at < NEW.buffer_until
      AND buffer_until > NEW.start_at AND status <> 'cancelled');
END;
CREATE TRIGGER appointment_never_overlaps_when_changed
BEFORE UPDATE OF clinic_id, practitioner_id, start_at, end_at, buffer_until, status, id ON appointment
WHEN NEW.status <> 'cancelled'
BEGIN
  SELECT RAISE(ABORT, 'time_taken') WHERE EXISTS (
    SELECT 1 FROM appointment WHERE clinic_id = NEW.clinic_id AND practitioner_id = NEW.practitioner_id
      AND start_at > NEW.start_at - 43200000 AND start_at < NEW.buffer_until
      AND buffer_until > NEW.start_at AND status <> 'cancelled' AND id <> OLD.id);
END;
-- The permitted moves, as in src/diary/appointment.ts; a test holds the two to each other.
CREATE TRIGGER appointment_status_moves BEFORE UPDATE OF status ON appointment
WHEN NEW.status <> OLD.status AND OLD.status || '>' || NEW.status NOT IN (
  'booked>arrived', 'booked>fulfilled', 'booked>cancelled', 'booked>noshow', 'arrived>fulfilled', 'noshow>arrived',
  'arrived>booked', 'fulfilled>arrived', 'fulfilled>booked', 'noshow>booked', 'cancelled>booked')
BEGIN SELECT RAISE(ABORT, 'no_such_move'); END;
CREATE TRIGGER appointment_is_never_deleted BEFORE DELETE ON appointment
BEGIN SELECT RAISE(ABORT, 'appointments_are_kept'); END;

-- Which stretches of a day are taken, one row for each practitioner and UTC day: '540+35 600+20' is 35 minutes from minute
-- 540 of that day on. Derived from the appointments that start on the day, written anew whenever one of them changes;
-- free times of 14 days cost 15 rows for each practitioner instead of every appointment.
CREATE TABLE busy_day (
  clinic_id TEXT NOT NULL,
  practitioner_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  spans TEXT NOT NULL,
  PRIMARY KEY (clinic_id, practitioner_id, day)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER busy_day_when_booked AFTER INSERT ON appointment
BEGIN
  INSERT INTO busy_day (clinic_id, practitioner_id, day, spans)
  SELECT NEW.clinic_id, NEW.practitioner_id, NEW.start_at / 86400000, ifnull(group_concat(
    (start_at % 86400000 / 60000) || '+' || ((buffer_until - start_at) / 60000), ' '), '')
  FROM appointment WHERE clinic_id = NEW.clinic_id AND practitioner_id = NEW.practitioner_id
    AND start_at >= NEW.start_at / 86400000 * 86400000 AND start_at < (NEW.start_at / 86400000 + 1) * 86400000
    AND status <> 'cancelled'
  ON CONFLICT DO UPDATE SET spans = excluded.spans;
END;
CREATE TRIGGER busy_day_when_changed
AFTER UPDATE OF practitioner_id, start_at, end_at, buffer_until, status ON appointment
BEGIN
  INSERT INTO busy_day (clinic_id, practitioner_id, day, spans)
  SELECT NEW.clinic_id, NEW.practitioner_id, NEW.start_at / 86400000, ifnull(group_concat(
    (start_at % 86400000 / 60000) || '+' || ((buffer_until - start_at) / 60000), ' '), '')
  FROM appointment WHERE clinic_id = NEW.clinic_id AND practitioner_id = NEW.practitioner_id
    AND start_at >= NEW.start_at / 86400000 * 86400000 AND start_at < (NEW.start_at / 86400000 + 1) * 86400000
    AND status <> 'cancelled'
  ON CONFLICT DO UPDATE SET spans = excluded.spans;
  INSERT INTO busy_day (clinic_id, practitioner_id, day, spans)
  SELECT OLD.clinic_id, OLD.practitioner_id, OLD.start_at / 86400000, ifnull(group_concat(
    (start_at % 86400000 / 60000) || '+' || ((buffer_until - start_at) / 60000), ' '), '')
  FROM appointment WHERE clinic_id = OLD.clinic_id AND practitioner_id = OLD.practitioner_id
    AND start_at >= OLD.start_at / 86400000 * 86400000 AND start_at < (OLD.start_at / 86400000 + 1) * 86400000
    AND status <> 'cancelled'
  ON CONFLICT DO UPDATE SET spans = excluded.spans;
END;

-- Everything that decides which times are free raises the clinic's `time_version`.
CREATE TRIGGER time_of_rules AFTER UPDATE OF is_online, earliest_notice_minutes, furthest_ahead_days, most_upcoming,
  cancel_notice_hours, slot_rule, grid_minutes, new_patients_new_types_only ON booking_rules
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_hours_added AFTER INSERT ON working_hours
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_hours_removed AFTER DELETE ON working_hours
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = OLD.clinic_id; END;
CREATE TRIGGER time_of_absence_added AFTER INSERT ON absence
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_absence_changed AFTER UPDATE ON absence
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_absence_removed AFTER DELETE ON absence
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = OLD.clinic_id; END;
CREATE TRIGGER time_of_closed_day_added AFTER INSERT ON closed_day
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_closed_day_changed AFTER UPDATE ON closed_day
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_closed_day_removed AFTER DELETE ON closed_day
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = OLD.clinic_id; END;
CREATE TRIGGER time_of_type_changed AFTER UPDATE ON appointment_type
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_type_given AFTER INSERT ON practitioner_type
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_type_taken AFTER DELETE ON practitioner_type
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = OLD.clinic_id; END;
CREATE TRIGGER time_of_practitioner AFTER UPDATE OF ended_at ON practitioner
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
CREATE TRIGGER time_of_staff AFTER UPDATE OF deactivated_at ON staff
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
