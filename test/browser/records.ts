/** The records that the pages in places.ts are about: the seeded people, and extreme ones added once. */
import type { APIRequestContext } from '@playwright/test'
import {
  aChild,
  aFamily,
  anAccess,
  aPatient,
  loggedOn,
  recordOf,
  sent,
  theAccount,
  theRecord,
  theType,
} from './given.ts'
import type { Records } from './places.ts'

/** Finds the seeded people and adds the extreme ones, once. */
export async function recordsAt(origin: string): Promise<Records> {
  const desk = await loggedOn(origin)
  const manager = await loggedOn(origin, 'maya')
  const records = {
    janet: await theRecord(desk, 'Janet Hall'),
    shared: await aFamily(desk),
    child: await aChild(desk),
    george: await theRecord(desk, 'George Whitfield'),
    amara: await theRecord(desk, 'Amara Nwosu'),
    margaret: await theRecord(desk, 'Margaret Ellis'),
    without: (await recordOf(desk, 'Wanda')) ?? (await aPatient(desk, wanda)),
    archived: await theArchived(desk),
    longest: (await recordOf(desk, wolfe.last)) ?? (await aPatient(desk, wolfe)),
    tom: await theAccount(manager, 'Tom Becker'),
    sam: await theAccount(manager, 'Sam Okoro'),
    type: await theType(manager),
  }
  await anAccess(desk, records.without)
  await deskEntries(desk)
  await desk.dispose()
  await manager.dispose()
  return records
}

const wanda = { first: 'Wanda', last: 'Without', email: 'wanda@example.com' }
const wolfe = {
  first: 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren',
  last: 'Keihanaikukauakahihuliheekahaunaele-Featherstonehaugh',
  email: `${'a.very.long.mailbox'.repeat(3)}@a-very-long-subdomain.of-a-long-domain.example.com`,
}

/** Somebody who left, archived once. */
async function theArchived(desk: APIRequestContext): Promise<string> {
  const known = await recordOf(desk, 'Arlo', 'archived')
  if (known) return known
  const record = await aPatient(desk, { first: 'Arlo', last: 'Gone', email: 'arlo.gone@example.com' })
  await anAccess(desk, record)
  await sent(desk, `${record}/archiving`, {})
  return record
}

/** Entries with a record beside them, and one with none. */
async function deskEntries(desk: APIRequestContext): Promise<void> {
  await sent(desk, '/riverside/register/existing', { email: 'somebody.unknown@example.com' })
  await sent(desk, '/riverside/register/existing', { email: 'janet.hall@example.com' })
  await sent(desk, '/riverside/register/new', { email: 'raj.patel@example.com' })
}
