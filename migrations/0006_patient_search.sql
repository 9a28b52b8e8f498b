-- Finding patients, and listing them, with the same work however many there are. All of it is derived, and kept by triggers.

-- The list that a record stands in: by its online access, or among the archived ones.
ALTER TABLE patient ADD COLUMN listed_as TEXT NOT NULL DEFAULT 'none'
  CHECK (listed_as IN ('none', 'invited', 'active', 'inactive', 'archived'));
UPDATE patient SET listed_as = CASE WHEN archived_at IS NOT NULL THEN 'archived' ELSE coalesce(
  (SELECT state FROM online_access a WHERE a.clinic_id = patient.clinic_id AND a.patient_id = patient.id), 'none') END;
CREATE INDEX patient_by_list ON patient (clinic_id, listed_as, sort_name, id);
CREATE INDEX patient_not_archived ON patient (clinic_id, sort_name, id) WHERE archived_at IS NULL;

-- How many records each list holds.
CREATE TABLE patient_count (
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  listed_as TEXT NOT NULL,
  patients INTEGER NOT NULL CHECK (patients >= 0),
  PRIMARY KEY (clinic_id, listed_as)
) STRICT, WITHOUT ROWID;
INSERT INTO patient_count (clinic_id, listed_as, patients) SELECT clinic_id, listed_as, count(*) FROM patient GROUP BY 1, 2;

-- Each word of `search_text`, to be asked by its beginning. Rows come from the triggers below and from nowhere else.
CREATE TABLE patient_word (
  clinic_id TEXT NOT NULL,
  word TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  PRIMARY KEY (clinic_id, word, patient_id)
) STRICT, WITHOUT ROWID;

-- Records from before: the words that src/patients/search/search-words.ts would take from them, as far as SQL can fold.
UPDATE patient SET search_text = (
  WITH token (word) AS (
      SELECT value FROM json_each('[' || replace(json_quote(patient.search_text), ' ', '","') || ']')
      UNION SELECT patient.date_of_birth WHERE patient.date_of_birth IS NOT NULL),
    place (n) AS (SELECT value FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]')),
    part (word) AS (
      SELECT word FROM token
      UNION SELECT substr(word, n) FROM token, place WHERE n <= length(word)
        AND (word NOT GLOB '*[^0-9]*' AND length(word) - n >= 2 OR unicode(substr(word, n)) BETWEEN 0x3040 AND 0xD7AF)
      UNION SELECT substr(word, instr(word, '@')) FROM token WHERE instr(word, '@') > 0
      UNION SELECT value FROM token, json_each('[' || replace(replace(replace(replace(replace(
        json_quote(word), '@', '","'), '.', '","'), '-', '","'), '_', '","'), '+', '","') || ']') WHERE instr(word, '@') > 0
      UNION SELECT lower(substr(name, instr(name, '’') + 1))
        FROM (SELECT replace(patient.last_name, '''', '’') AS name) WHERE instr(name, '’') > 0 AND instr(name, ' ') = 0)
  SELECT ' ' || group_concat(word, ' ') FROM part WHERE word <> '');
INSERT INTO patient_word (clinic_id, word, patient_id)
SELECT DISTINCT p.clinic_id, w.value, p.id
FROM patient p, json_each('[' || replace(json_quote(p.search_text), ' ', '","') || ']') w WHERE w.value <> '';

CREATE TRIGGER patient_is_found_when_added AFTER INSERT ON patient
BEGIN
  INSERT INTO patient_word (clinic_id, word, patient_id) SELECT DISTINCT NEW.clinic_id, value, NEW.id
  FROM json_each('[' || replace(json_quote(NEW.search_text), ' ', '","') || ']') WHERE value <> '';
  INSERT INTO patient_count (clinic_id, listed_as, patients) VALUES (NEW.clinic_id, NEW.listed_as, 1)
  ON CONFLICT (clinic_id, listed_as) DO UPDATE SET patients = patients + 1;
  UPDATE patient SET listed_as = 'archived' WHERE id = NEW.id AND archived_at IS NOT NULL;
END;
CREATE TRIGGER patient_is_found_when_changed AFTER UPDATE OF search_text ON patient
WHEN NEW.search_text <> OLD.search_text
BEGIN
  DELETE FROM patient_word WHERE clinic_id = OLD.clinic_id AND patient_id = OLD.id AND word IN (
    SELECT value FROM json_each('[' || replace(json_quote(OLD.search_text), ' ', '","') || ']'));
  INSERT INTO patient_word (clinic_id, word, patient_id) SELECT DISTINCT NEW.clinic_id, value, NEW.id
  FROM json_each('[' || replace(json_quote(NEW.search_text), ' ', '","') || ']') WHERE value <> '';
END;
CREATE TRIGGER patient_is_forgotten AFTER DELETE ON patient
BEGIN
  DELETE FROM patient_word WHERE clinic_id = OLD.clinic_id AND patient_id = OLD.id AND word IN (
    SELECT value FROM json_each('[' || replace(json_quote(OLD.search_text), ' ', '","') || ']'));
  UPDATE patient_count SET patients = patients - 1 WHERE clinic_id = OLD.clinic_id AND listed_as = OLD.listed_as;
END;

CREATE TRIGGER patient_is_listed_when_archived AFTER UPDATE OF archived_at ON patient
WHEN (NEW.archived_at IS NULL) <> (OLD.archived_at IS NULL)
BEGIN
  UPDATE patient SET listed_as = CASE WHEN NEW.archived_at IS NOT NULL THEN 'archived' ELSE coalesce(
    (SELECT state FROM online_access a WHERE a.clinic_id = NEW.clinic_id AND a.patient_id = NEW.id), 'none') END
  WHERE id = NEW.id;
END;
CREATE TRIGGER patient_is_listed_when_access_given AFTER INSERT ON online_access
BEGIN
  UPDATE patient SET listed_as = NEW.state
  WHERE clinic_id = NEW.clinic_id AND id = NEW.patient_id AND archived_at IS NULL;
END;
CREATE TRIGGER patient_is_listed_when_access_changed AFTER UPDATE OF state ON online_access
WHEN NEW.state <> OLD.state
BEGIN
  UPDATE patient SET listed_as = NEW.state
  WHERE clinic_id = NEW.clinic_id AND id = NEW.patient_id AND archived_at IS NULL;
END;
CREATE TRIGGER patient_is_listed_when_access_ends AFTER DELETE ON online_access
BEGIN
  UPDATE patient SET listed_as = 'none'
  WHERE clinic_id = OLD.clinic_id AND id = OLD.patient_id AND archived_at IS NULL;
END;
CREATE TRIGGER patient_is_counted_when_listed AFTER UPDATE OF listed_as ON patient
WHEN NEW.listed_as <> OLD.listed_as
BEGIN
  UPDATE patient_count SET patients = patients - 1 WHERE clinic_id = OLD.clinic_id AND listed_as = OLD.listed_as;
  INSERT INTO patient_count (clinic_id, listed_as, patients) VALUES (NEW.clinic_id, NEW.listed_as, 1)
  ON CONFLICT (clinic_id, listed_as) DO UPDATE SET patients = patients + 1;
END;
