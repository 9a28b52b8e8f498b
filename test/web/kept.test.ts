/** A kept select asks for what it is given each time, alone and in a batch, and never for what somebody else asked. */
import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { clinic } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { kept } from '../../src/web/kept.ts'
import { watched } from '../support/counting.ts'
import { aClinic } from '../support/world.ts'

let built = 0
const bySlug = kept(['slug'], (db, { slug }) => {
  built++
  return db.select({ name: clinic.name, allowNew: clinic.allowNew }).from(clinic).where(eq(clinic.slug, slug))
})
const phoneOf = kept(['slug', 'otherwise'], (db, { slug, otherwise }) =>
  db.all<{ phone: string }>(sql`SELECT coalesce(max(phone), ${otherwise}) AS phone FROM clinic WHERE slug = ${slug}`),
)
const db = database(env)

beforeEach(async () => {
  await aClinic({ slug: 'riverside', name: 'Riverside Clinic', allowNew: true })
  await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy', allowNew: false })
})

describe('a kept select', () => {
  it('is asked alone, with the values of this time', async () => {
    expect(await bySlug(db, { slug: 'riverside' })).toEqual([{ name: 'Riverside Clinic', allowNew: true }])
    expect(await bySlug(db, { slug: 'hillside' })).toEqual([{ name: 'Hillside Physiotherapy', allowNew: false }])
    expect(await bySlug(db, { slug: 'nowhere' })).toEqual([])
  })

  it('stands in one batch twice, each time with its own values', async () => {
    const [hillside, riverside, phone] = await db.batch([
      bySlug(db, { slug: 'hillside' }),
      bySlug(db, { slug: 'riverside' }),
      phoneOf(db, { slug: 'nowhere', otherwise: 'none' }),
    ])
    expect([hillside[0]?.name, riverside[0]?.name, phone]).toEqual([
      'Hillside Physiotherapy',
      'Riverside Clinic',
      [{ phone: 'none' }],
    ])
  })

  it('is built once for each database, and speaks to that one only', async () => {
    await bySlug(db, { slug: 'riverside' })
    const before = built
    await Promise.all([bySlug(db, { slug: 'riverside' }), bySlug(db, { slug: 'hillside' })])
    expect(built).toBe(before)
    const other = watched()
    await bySlug(database(other.env), { slug: 'riverside' })
    expect(other.work.trips).toHaveLength(1)
    expect(built).toBe(before + 1)
  })

  it('with a value missing is a fault', () => {
    expect(() => bySlug(db, {} as { slug: string })).toThrow('slug')
  })
})
