-- What is taken on a day is sent with every page that offers times, so it is written shorter: what begins where the one before
-- ends is only its length. '540+35+20 600+20' is 35 minutes from minute 540 of the day on, 20 behind them, 20 from minute 600.
-- Rows of before, '540+35 575+20 600+20', say the same and are read alike; each is written anew with its next appointment.
DROP TRIGGER busy_day_when_booked;
DROP TRIGGER busy_day_when_changed;
CREATE TRIGGER busy_day_when_booked AFTER INSERT ON appointment
BEGIN
  INSERT INTO busy_day (clinic_id, practitioner_id, day, spans)
  SELECT NEW.clinic_id, NEW.practitioner_id, NEW.start_at / 86400000, ifnull(ltrim(group_concat(span, '' ORDER BY start_at)), '')
  FROM (
    SELECT start_at, iif(start_at = lag(buffer_until) OVER (ORDER BY start_at), '', ' ' || (start_at % 86400000 / 60000))
      || '+' || ((buffer_until - start_at) / 60000) AS span
    FROM appointment WHERE clinic_id = NEW.clinic_id AND practitioner_id = NEW.practitioner_id
      AND start_at >= NEW.start_at / 86400000 * 86400000 AND start_at < (NEW.start_at / 86400000 + 1) * 86400000
      AND status <> 'cancelled')
  WHERE true
  ON CONFLICT DO UPDATE SET spans = excluded.spans;
END;
CREATE TRIGGER busy_day_when_changed
AFTER UPDATE OF practitioner_id, start_at, end_at, buffer_until, status ON appointment
BEGIN
  INSERT INTO busy_day (clinic_id, practitioner_id, day, spans)
  SELECT NEW.clinic_id, NEW.practitioner_id, NEW.start_at / 86400000, ifnull(ltrim(group_concat(span, '' ORDER BY start_at)), '')
  FROM (
    SELECT start_at, iif(start_at = lag(buffer_until) OVER (ORDER BY start_at), '', ' ' || (start_at % 86400000 / 60000))
      || '+' || ((buffer_until - start_at) / 60000) AS span
    FROM appointment WHERE clinic_id = NEW.clinic_id AND practitioner_id = NEW.practitioner_id
      AND start_at >= NEW.start_at / 86400000 * 86400000 AND start_at < (NEW.start_at / 86400000 + 1) * 86400000
      AND status <> 'cancelled')
  WHERE true
  ON CONFLICT DO UPDATE SET spans = excluded.spans;
  INSERT INTO busy_day (clinic_id, practitioner_id, day, spans)
  SELECT OLD.clinic_id, OLD.practitioner_id, OLD.start_at / 86400000, ifnull(ltrim(group_concat(span, '' ORDER BY start_at)), '')
  FROM (
    SELECT start_at, iif(start_at = lag(buffer_until) OVER (ORDER BY start_at), '', ' ' || (start_at % 86400000 / 60000))
      || '+' || ((buffer_until - start_at) / 60000) AS span
    FROM appointment WHERE clinic_id = OLD.clinic_id AND practitioner_id = OLD.practitioner_id
      AND start_at >= OLD.start_at / 86400000 * 86400000 AND start_at < (OLD.start_at / 86400000 + 1) * 86400000
      AND status <> 'cancelled')
  WHERE true
  ON CONFLICT DO UPDATE SET spans = excluded.spans;
END;
