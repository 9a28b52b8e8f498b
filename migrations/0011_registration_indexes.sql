-- What the desk has settled, newest first, without reading the registrations of other clinics; and those of one patient.
CREATE INDEX registration_of_clinic ON registration (clinic_id, asked_at);
CREATE INDEX registration_of_patient ON registration (clinic_id, patient_id) WHERE patient_id IS NOT NULL;
