-- Staff find a patient by the postcode too: it is one more word of `search_text`.

-- A change writes only the words that came and went, not every word of the record again.
DROP TRIGGER patient_is_found_when_changed;
CREATE TRIGGER patient_is_found_when_changed AFTER UPDATE OF search_text ON patient
WHEN NEW.search_text <> OLD.search_text
BEGIN
  DELETE FROM patient_word WHERE clinic_id = OLD.clinic_id AND patient_id = OLD.id AND word IN (
    SELECT value FROM json_each('[' || replace(json_quote(OLD.search_text), ' ', '","') || ']')
    EXCEPT SELECT value FROM json_each('[' || replace(json_quote(NEW.search_text), ' ', '","') || ']'));
  INSERT INTO patient_word (clinic_id, word, patient_id) SELECT NEW.clinic_id, value, NEW.id FROM (
    SELECT value FROM json_each('[' || replace(json_quote(NEW.search_text), ' ', '","') || ']') WHERE value <> ''
    EXCEPT SELECT value FROM json_each('[' || replace(json_quote(OLD.search_text), ' ', '","') || ']'));
END;

-- Records from before: the word that src/patients/search/search-words.ts would take from them, as far as SQL can fold.
UPDATE patient SET search_text = search_text || CASE WHEN postcode GLOB '[0-9]*' THEN ' ' ELSE ' #' END
  || lower(replace(replace(replace(postcode, ' ', ''), '-', ''), '.', ''))
WHERE postcode GLOB '*[A-Za-z0-9]*';
