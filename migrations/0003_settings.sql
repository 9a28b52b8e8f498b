-- What the manager decides for the clinic: its details, the words on its public pages, its look and its privacy notice.
-- What the logon page shows stands in the clinic's row, which an isolate keeps for five seconds; the bytes of the logo
-- and of the style sheet do not.

ALTER TABLE clinic ADD COLUMN address TEXT NOT NULL DEFAULT '' CHECK (length(address) <= 400);
ALTER TABLE clinic ADD COLUMN email TEXT NOT NULL DEFAULT '' CHECK (length(email) <= 254);
ALTER TABLE clinic ADD COLUMN website TEXT NOT NULL DEFAULT '' CHECK (length(website) <= 200);

-- Plain text. Empty: no opening words, and our standard words beside the registration links.
ALTER TABLE clinic ADD COLUMN opening_words TEXT NOT NULL DEFAULT '' CHECK (length(opening_words) <= 500);
ALTER TABLE clinic ADD COLUMN existing_words TEXT NOT NULL DEFAULT '' CHECK (length(existing_words) <= 200);
ALTER TABLE clinic ADD COLUMN new_words TEXT NOT NULL DEFAULT '' CHECK (length(new_words) <= 200);
ALTER TABLE clinic ADD COLUMN existing_ask_words TEXT NOT NULL DEFAULT '' CHECK (length(existing_ask_words) <= 300);
ALTER TABLE clinic ADD COLUMN new_ask_words TEXT NOT NULL DEFAULT '' CHECK (length(new_ask_words) <= 300);

-- The names of the files that pages load; none: the diary's own look.
ALTER TABLE clinic ADD COLUMN colour TEXT CHECK (colour GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]');
ALTER TABLE clinic ADD COLUMN theme_file TEXT CHECK ((theme_file IS NULL) = (colour IS NULL));
ALTER TABLE clinic ADD COLUMN logo_file TEXT;
ALTER TABLE clinic ADD COLUMN logo_width INTEGER CHECK ((logo_width IS NULL) = (logo_file IS NULL));
ALTER TABLE clinic ADD COLUMN logo_height INTEGER CHECK ((logo_height IS NULL) = (logo_file IS NULL));

-- Served under a name that holds the hash of the content. A replaced file stays for the pages that still name it.
CREATE TABLE look_file (
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('theme', 'logo')),
  content BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 30720),
  replaced_at INTEGER,
  PRIMARY KEY (clinic_id, name)
) STRICT;
CREATE INDEX look_file_replaced ON look_file (replaced_at) WHERE replaced_at IS NOT NULL;

-- Version 1 is the standard notice and has no row. A published version is never changed: people acknowledged it.
CREATE TABLE privacy_notice (
  clinic_id TEXT NOT NULL REFERENCES clinic (id),
  version INTEGER NOT NULL CHECK (version >= 2),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 12000),
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (clinic_id, version),
  FOREIGN KEY (clinic_id, published_by) REFERENCES staff (clinic_id, id)
) STRICT;
CREATE TRIGGER privacy_notice_is_never_changed BEFORE UPDATE ON privacy_notice
BEGIN SELECT RAISE(ABORT, 'privacy_notice_is_kept'); END;
CREATE TRIGGER privacy_notice_is_never_deleted BEFORE DELETE ON privacy_notice
BEGIN SELECT RAISE(ABORT, 'privacy_notice_is_kept'); END;
CREATE TRIGGER privacy_notice_is_never_replaced BEFORE INSERT ON privacy_notice
WHEN EXISTS (SELECT 1 FROM privacy_notice WHERE clinic_id = NEW.clinic_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'privacy_notice_is_kept'); END;

-- What the manager is writing: one draft a clinic, shown to nobody else.
CREATE TABLE privacy_draft (
  clinic_id TEXT PRIMARY KEY REFERENCES clinic (id),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 12000),
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  FOREIGN KEY (clinic_id, saved_by) REFERENCES staff (clinic_id, id)
) STRICT;
