/** What the operator's command asks the database and writes to it: src's own statements, as the SQL text that wrangler takes. */
import { sql } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import { auditEntry } from '../../src/audit/audit-store.ts'
import { newLink } from '../../src/front-door/links/one-time-link-store.ts'
import {
  hasFactor,
  removeApp,
  removePasskeysOfStaff,
  removeRecoveryCodes,
} from '../../src/front-door/second-factor/factor-store.ts'
import { endHalfLogonsOf } from '../../src/front-door/second-factor/half-logon-store.ts'
import { endSessionsOf } from '../../src/front-door/sessions/session-store.ts'
import { clinic, staff } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { newId } from '../../src/web/random.ts'

const db = database({ DB: {} }) // builds statements; they are sent by wrangler
const dialect = new SQLiteAsyncDialect()

/** @returns the SQL of the statement with its values in it */
const text = (statement) => dialect.sqlToQuery(statement.getSQL().inlineParams()).sql
const script = (statements) => statements.map((statement) => `${text(statement)};\n`).join('')

/**
 * The clinic with both switches off, its manager without a password, and the link to set one.
 * @returns the SQL, the token that stands in the link and nowhere else, and when the link ends
 */
export function setUp(of, manager, now) {
  const clinicId = newId()
  const staffId = newId()
  const link = newLink(db, { clinicId, purpose: 'set-up', owner: { staffId } }, now)
  const by = { clinicId, at: now, detail: { by: 'operator' } }
  const statements = [
    db.insert(clinic).values({ ...of, id: clinicId, allowExisting: false, allowNew: false, createdAt: now }),
    db.insert(staff).values({ ...manager, id: staffId, clinicId, role: 'manager', createdAt: now }),
    ...link.statements,
    auditEntry(db, { ...by, act: 'clinic-created' }),
    auditEntry(db, {
      ...by,
      act: 'staff-added',
      ofStaff: staffId,
      detail: { by: 'operator', role: 'manager', link: 'set-up' },
    }),
  ]
  return { sql: script(statements), token: link.token, expiresAt: link.expiresAt }
}

/** Closing twice changes nothing the second time. Whoever is inside is let out: their sessions are gone. */
export const closing = (slug, now) =>
  script([
    sql`INSERT INTO audit (clinic_id, at, act, detail) SELECT id, ${now}, 'clinic-closed', '{"by":"operator"}'
      FROM clinic WHERE slug = ${slug} AND closed_at IS NULL`,
    sql`UPDATE clinic SET closed_at = ${now} WHERE slug = ${slug} AND closed_at IS NULL`,
    sql`DELETE FROM session WHERE clinic_id = (SELECT id FROM clinic WHERE slug = ${slug} AND closed_at IS NOT NULL)`,
  ])

/** At most one row: whose second factor it is, and whether there is one. */
export const oneMember = (slug, username) =>
  script([
    sql`SELECT s.clinic_id AS clinicId, s.id AS staffId, s.name, s.username, s.email, c.name AS clinic,
      s.deactivated_at AS deactivatedAt, c.staff_need_second_factor AS isNeeded,
      ${hasFactor(sql`s.clinic_id`, sql`s.id`)} AS hasFactor
      FROM staff s JOIN clinic c ON c.id = s.clinic_id WHERE c.slug = ${slug} AND s.username = ${username}`,
  ])

/** As when a manager takes a lost factor away. Only the Worker can seal a mail: it writes the words of this one itself. */
export const withoutFactor = ({ clinicId, staffId }, now) =>
  script([
    sql`INSERT INTO audit (clinic_id, at, act, of_staff, detail)
      SELECT ${clinicId}, ${now}, 'staff-second-factor-removed', ${staffId}, '{"by":"operator"}' WHERE ${hasFactor(clinicId, staffId)}`,
    sql`INSERT INTO mail (id, clinic_id, kind, to_address, staff_id, created_at, next_attempt_at)
      SELECT ${newId()}, clinic_id, 'second-factor-removed', email, id, ${now}, ${now} FROM staff
      WHERE clinic_id = ${clinicId} AND id = ${staffId} AND email IS NOT NULL AND ${hasFactor(clinicId, staffId)}`,
    removeApp(db, { clinicId, staffId }),
    removePasskeysOfStaff(db, { clinicId, staffId }),
    removeRecoveryCodes(db, { clinicId, staffId }),
    endHalfLogonsOf(db, clinicId, staffId),
    endSessionsOf(db, clinicId, { staffId }),
  ])

export const everyClinic = () =>
  script([sql`SELECT slug, name, created_at AS createdAt, closed_at AS closedAt FROM clinic ORDER BY slug`])

/** At most one row. Counts of patients, never a patient. */
export const oneClinic = (slug) =>
  script([
    sql`SELECT slug, name, phone, timezone, allow_existing AS allowExisting, allow_new AS allowNew,
      created_at AS createdAt, closed_at AS closedAt,
      (SELECT count(*) FROM patient p WHERE p.clinic_id = c.id) AS patients,
      (SELECT count(*) FROM online_access a WHERE a.clinic_id = c.id AND a.state = 'active') AS active,
      (SELECT count(*) FROM staff s WHERE s.clinic_id = c.id AND s.deactivated_at IS NULL) AS staff,
      (SELECT json_group_array(json_object('username', s.username, 'hasPassword', s.password_hash IS NOT NULL))
        FROM staff s WHERE s.clinic_id = c.id AND s.role = 'manager' AND s.deactivated_at IS NULL) AS managers
      FROM clinic c WHERE slug = ${slug}`,
  ])
