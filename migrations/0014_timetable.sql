-- A clinic's timetable as one JSON text, so that the statement that decides which times are free need not spell it out (its text
-- is sent and read with every page, the timetable only when its mark has changed): booking rules, closed days, the types that
-- can be booked, and who sees patients, with what they do and when they work. Absences are asked for beside it, by date.
-- The names are those of src/diary/time/clinic-time.ts.
CREATE VIEW timetable (clinic_id, timetable) AS
SELECT clinic_id, json_object(
  'rules', json_object(
    'clinicId', clinic_id,
    'isOnline', json(iif(is_online, 'true', 'false')),
    'offlineMessage', offline_message,
    'earliestNoticeMinutes', earliest_notice_minutes,
    'furthestAheadDays', furthest_ahead_days,
    'mostUpcoming', most_upcoming,
    'cancelNoticeHours', cancel_notice_hours,
    'slotRule', slot_rule,
    'gridMinutes', grid_minutes,
    'reminderHours', reminder_hours,
    'newPatientsNewTypesOnly', json(iif(new_patients_new_types_only, 'true', 'false')),
    'version', version,
    'timeVersion', time_version,
    'timeMark', time_mark),
  'closedDays', json((
    SELECT json_group_array(json_object('date', date, 'name', name) ORDER BY date)
    FROM closed_day WHERE closed_day.clinic_id = booking_rules.clinic_id)),
  'types', json((
    SELECT json_group_array(json_object(
      'clinicId', appointment_type.clinic_id,
      'id', id,
      'name', name,
      'minutes', minutes,
      'bufferMinutes', buffer_minutes,
      'price', price,
      'preparation', preparation,
      'isOnline', json(iif(appointment_type.is_online, 'true', 'false')),
      'forNew', json(iif(for_new, 'true', 'false')),
      'forExisting', json(iif(for_existing, 'true', 'false')),
      'colour', colour,
      'position', position,
      'version', appointment_type.version,
      'formId', form_id,
      'addedAt', added_at,
      'retiredAt', retired_at) ORDER BY position, name)
    FROM appointment_type WHERE appointment_type.clinic_id = booking_rules.clinic_id AND retired_at IS NULL)),
  'practitioners', json((
    SELECT json_group_array(json_object(
      'id', practitioner.staff_id,
      'name', staff.name,
      'designation', designation,
      'colour', colour,
      'typeIds', json((
        SELECT json_group_array(type_id) FROM practitioner_type
        WHERE practitioner_type.clinic_id = practitioner.clinic_id AND practitioner_type.staff_id = practitioner.staff_id)),
      'hours', json((
        SELECT json_group_array(json_object(
          'weekday', weekday,
          'fromMinute', from_minute,
          'untilMinute', until_minute,
          'validFrom', valid_from,
          'validUntil', valid_until) ORDER BY weekday, from_minute)
        FROM working_hours
        WHERE working_hours.clinic_id = practitioner.clinic_id AND working_hours.staff_id = practitioner.staff_id))
      ) ORDER BY position, staff.name, practitioner.staff_id)
    FROM practitioner JOIN staff ON staff.clinic_id = practitioner.clinic_id AND staff.id = practitioner.staff_id
    WHERE practitioner.clinic_id = booking_rules.clinic_id AND ended_at IS NULL AND deactivated_at IS NULL)))
FROM booking_rules;

-- The rules are part of it, so the mark is drawn anew with every one of them.
DROP TRIGGER time_of_rules;
CREATE TRIGGER time_of_rules AFTER UPDATE OF is_online, offline_message, earliest_notice_minutes, furthest_ahead_days,
  most_upcoming, cancel_notice_hours, slot_rule, grid_minutes, reminder_hours, new_patients_new_types_only, version ON booking_rules
BEGIN UPDATE booking_rules SET time_version = time_version + 1 WHERE clinic_id = NEW.clinic_id; END;
