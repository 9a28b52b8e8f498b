/** What a select's rows become is what drizzle makes of them, of every kind of column. */
import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { clinic, staff } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { aClinic, aStaffMember } from '../support/world.ts'

const db = database(env)
const asDrizzle = drizzle(env.DB)

beforeEach(async () => {
  const riverside = await aClinic({ slug: 'riverside', allowNew: true, allowExisting: false })
  await aStaffMember({ clinicId: riverside.id, username: 'sam' })
})

describe('a row', () => {
  const everyKind = (on: typeof db) =>
    on
      .select({
        name: clinic.name, // text
        allowNew: clinic.allowNew, // a number that means yes or no
        closedAt: clinic.closedAt, // nothing
        asCount: sql<string>`6 + 1`.mapWith(String), // decided by the page
        named: sql<string>`upper(${clinic.slug})`.as('shouted'),
      })
      .from(clinic)

  it('has what each column says it is', async () => {
    const [rows] = await db.batch([everyKind(db)])
    expect(rows).toEqual([{ ...rows[0], allowNew: true, closedAt: null, asCount: '7', named: 'RIVERSIDE' }])
    expect(rows).toEqual(await everyKind(asDrizzle))
  })

  it('of two tables is an object for each, as drizzle makes it', async () => {
    const ofBoth = (on: typeof db) =>
      on
        .select({ clinic: clinic.slug, staff: { id: staff.id } })
        .from(clinic)
        .innerJoin(staff, eq(staff.clinicId, clinic.id))
    const [rows] = await db.batch([ofBoth(db)])
    expect(rows).toEqual(await ofBoth(asDrizzle))
  })

  it('with two columns of one name is a fault: D1 hands over one of them, and the others would move up', async () => {
    const sameName = db
      .select({ clinic: clinic.id, staff: staff.id, name: staff.name })
      .from(clinic)
      .innerJoin(staff, eq(staff.clinicId, clinic.id))
    await expect(db.batch([sameName])).rejects.toThrow('two columns of one name')
  })
})

describe('a batch', () => {
  it('gives raw statements their parameters', async () => {
    const [rows] = await db.batch([db.all<{ said: string }>(sql`SELECT ${'hello'} AS said`)])
    expect(rows).toEqual([{ said: 'hello' }])
  })
})
