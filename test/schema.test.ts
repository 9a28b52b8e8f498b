/** The migrations are the law: `src/schema.ts` says the same, and what must never be is refused by the database itself. */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { auditEntry } from '../src/audit/audit-store.ts'
import * as schema from '../src/schema.ts'
import { database, onlyIfChanged, writeAll } from '../src/web/database.ts'
import { emptyWorld, whatStands } from './support/empty-world.ts'
import { aClinic, anAccess, aPatient, aStaffMember } from './support/world.ts'

const tables = Object.values(schema).map((table) => getTableConfig(table))
const all = async <T>(sql: string): Promise<T[]> => (await env.DB.prepare(sql).all<T>()).results
const run = (sql: string, ...values: unknown[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run()
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

describe('schema.ts', () => {
  it.each(tables.map(({ name, columns }) => [name, columns] as const))(
    '%s has the columns of the migrations',
    async (name, columns) => {
      const { results } = await env.DB.prepare('SELECT name, type, "notnull" AS needed, pk FROM pragma_table_info(?)')
        .bind(name)
        .all<{ name: string; type: string; needed: number; pk: number }>()
      const inDatabase = results.map((column) => [column.name, column.type, column.needed === 1 || column.pk > 0])
      const inCode = columns.map((column) => [
        column.name,
        column.getSQLType().toUpperCase(),
        column.notNull || column.primary,
      ])
      expect(inCode.sort()).toEqual(inDatabase.sort())
    },
  )

  it('knows every table', async () => {
    const { results } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT IN ('d1_migrations', 'sqlite_sequence')",
    ).all<{ name: string }>()
    expect(results.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name).sort())
  })
})

describe('the world of a test', () => {
  it('is what the migrations make, one after the other', async () => {
    await emptyWorld()
    const ofTests = await whatStands()
    await reset()
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
    expect(ofTests).toEqual(await whatStands())
  })

  it('holds nothing that the migrations put there', async () => {
    await reset()
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
    for (const { name } of tables) {
      expect([name, (await all(`SELECT * FROM ${name}`)).length]).toEqual([name, 0])
    }
  })
})

describe('the audit', () => {
  beforeEach(async () => {
    await run("INSERT INTO audit (id, clinic_id, at, act) VALUES (1, ?, 1, 'logged-on')", clinicId)
  })

  it.each([
    ["UPDATE audit SET act = 'logged-off'"],
    ['DELETE FROM audit'],
    ["REPLACE INTO audit (id, clinic_id, at, act) SELECT 1, clinic_id, 1, 'logged-off' FROM audit"],
    ["INSERT OR REPLACE INTO audit (id, clinic_id, at, act) SELECT 1, clinic_id, 1, 'logged-off' FROM audit"],
  ])('J08 refuses %s', async (sql) => {
    await expect(run(sql)).rejects.toThrow('audit_is_append_only')
    expect(await env.DB.prepare('SELECT act FROM audit').first('act')).toBe('logged-on')
  })

  it('that cannot be written stops the change it tells of (J09; every act in audit/acts.test.ts)', async () => {
    await run("CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_full'); END")
    const db = database(env)
    const change = db.update(schema.clinic).set({ name: 'Changed' })
    const written = writeAll(db, [change, auditEntry(db, { clinicId, act: 'logged-on', at: 1 })])
    await expect(written).rejects.toThrow() // our trouble, never an answer that a room would take for "refused"
    expect(await env.DB.prepare('SELECT name FROM clinic').first('name')).toBe('Riverside Clinic')
  })
})

describe('a logon name', () => {
  const email = 'janet.hall@example.com'

  it('is the address of that patient’s own record', async () => {
    const janet = await aPatient({ clinicId, email })
    await expect(anAccess({ ...janet, emailCanonical: 'other@example.com' })).rejects.toThrow()
  })

  it('stands on no other record, archived ones included', async () => {
    const janet = await aPatient({ clinicId, email })
    await aPatient({ clinicId, firstName: 'Tom', email, archivedAt: 1 })
    await expect(anAccess(janet)).rejects.toThrow()
  })

  it('is not given to an archived record', async () => {
    await expect(anAccess(await aPatient({ clinicId, email, archivedAt: 1 }))).rejects.toThrow()
  })

  it('follows the record’s address, and never to one that another record has', async () => {
    const janet = await aPatient({ clinicId, email })
    await anAccess(janet)
    await run("UPDATE patient SET email = 'j@example.com', email_canonical = 'j@example.com' WHERE id = ?", janet.id)
    expect(await env.DB.prepare('SELECT email FROM online_access').first('email')).toBe('j@example.com')
    await aPatient({ clinicId, email: 'taken@example.com' })
    const move = run(
      "UPDATE patient SET email = 'taken@example.com', email_canonical = 'taken@example.com' WHERE id = ?",
      janet.id,
    )
    await expect(move).rejects.toThrow('email_shared')
    const remove = run("UPDATE patient SET email = '', email_canonical = NULL WHERE id = ?", janet.id)
    await expect(remove).rejects.toThrow()
  })

  it('may be the same at two clinics: they are two people', async () => {
    await anAccess(await aPatient({ clinicId, email }))
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await anAccess(await aPatient({ clinicId: hillside.id, email }))
    expect(await env.DB.prepare('SELECT count(*) AS c FROM online_access').first('c')).toBe(2)
  })
})

/** Columns that look as if they named a row, and stand in no foreign key together with the clinic. */
const withoutKey: Record<string, string> = {
  'audit.by_patient': 'the audit outlives whom it names',
  'audit.by_staff': 'the audit outlives whom it names',
  'audit.of_patient': 'the audit outlives whom it names',
  'audit.of_staff': 'the audit outlives whom it names',
  'audit_seal.up_to_id': 'the audit is never changed',
  'busy_day.practitioner_id': 'written by triggers of appointment, which has the key',
  'one_time_link.registration_id': 'by a trigger, below',
  'passkey.credential_id': 'what the authenticator calls it',
  'patient.archived_by': 'by a trigger, below',
  'patient_word.patient_id': 'written by triggers of patient, which has the key',
  'session.by_passkey': 'by the trigger session_by_own_passkey',
  'staff.deactivated_by': 'by a trigger, below',
}

describe('rows of two clinics', () => {
  it('G06 cannot be tied together by a foreign key', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aPatient({ clinicId: hillside.id, email: 'x@example.com' })
    await expect(
      run(
        'INSERT INTO session (token_hash, clinic_id, patient_id, created_at, last_seen_at) VALUES (?, ?, ?, 1, 1)',
        'h',
        clinicId,
        foreign.id,
      ),
    ).rejects.toThrow('FOREIGN KEY')
  })

  it('G06 are told apart by every column that names a row', async () => {
    const naming = await all<{ place: string }>(`
      SELECT m.name || '.' || c.name AS place FROM sqlite_master m, pragma_table_info(m.name) c
      WHERE m.type = 'table' AND m.name NOT GLOB '_cf_*' AND c.name NOT IN ('clinic_id', 'form_id') AND c.pk <> 1
        AND (c.name GLOB '*_id' OR c.name GLOB '*_by' OR c.name GLOB 'by_*' OR c.name GLOB 'of_*')
        AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) t WHERE t.name = 'clinic_id')
        AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f JOIN pragma_foreign_key_list(m.name) k
          ON k.id = f.id AND k."from" = 'clinic_id' AND k."to" = 'clinic_id' WHERE f."from" = c.name)
      ORDER BY place`)
    expect(naming.map(({ place }) => place)).toEqual(Object.keys(withoutKey).sort())
  })

  it.each([
    [
      "INSERT INTO one_time_link (id, clinic_id, purpose, token_hash, registration_id, created_at, expires_at) VALUES ('l', ?, 'registration', 'h', 'theirs', 1, 1)",
    ],
    ["UPDATE patient SET archived_by = 'theirs' WHERE clinic_id = ?"],
    ["UPDATE staff SET deactivated_by = 'theirs' WHERE clinic_id = ?"],
  ])('G06 cannot be tied together where a trigger says so: %s', async (sql) => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await aStaffMember({ clinicId: hillside.id, id: 'theirs' })
    await run(
      "INSERT INTO registration (id, clinic_id, link, email, network, reference, asked_at) VALUES ('theirs', ?, 'new', 'x', 'x', 'x', 1)",
      hillside.id,
    )
    await aPatient({ clinicId })
    await aStaffMember({ clinicId })
    await expect(run(sql, clinicId)).rejects.toThrow('another_clinic')
  })
})

describe('a batch', () => {
  it('is undone when its condition changed no row, and says so', async () => {
    const db = database(env)
    const nobody = db.update(schema.patient).set({ notes: 'x' })
    const rename = db.update(schema.clinic).set({ name: 'Changed' })
    expect(await writeAll(db, [nobody, onlyIfChanged(db), rename])).toEqual({ ok: false, because: 'nothing-changed' })
    expect(await env.DB.prepare('SELECT name FROM clinic').first('name')).toBe('Riverside Clinic')
  })

  it('names the columns of a constraint that refused it', async () => {
    const db = database(env)
    const twin = db
      .insert(schema.clinic)
      .values({ id: 'x', slug: 'riverside', name: 'x', phone: 'x', timezone: 'UTC', createdAt: 1 })
    expect(await writeAll(db, [twin])).toEqual({ ok: false, because: 'clinic.slug' })
  })

  it('throws what is trouble and no rule', async () => {
    const db = database({
      DB: new Proxy(env.DB, {
        get: (target, name) => (name === 'batch' ? broken : Reflect.get(target, name).bind(target)),
      }),
    })
    await expect(writeAll(db, [db.delete(schema.mail)])).rejects.toThrow()
  })
})

const broken = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'))
