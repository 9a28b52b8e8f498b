-- A refused logon writes down whose name was tried, where it is somebody's. An index over those rows alone has one entry more
-- for a name that the clinic knows: the time it takes would tell (decision 2 of the threat model: equal work for everyone).
DROP INDEX audit_of_patient;
CREATE INDEX audit_of_patient ON audit (clinic_id, of_patient, id);
DROP INDEX audit_of_staff;
CREATE INDEX audit_of_staff ON audit (clinic_id, of_staff, id);
