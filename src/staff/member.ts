/** Who an address under `/:clinic/staff` is about. Of another clinic or of nobody: 404. */
import type { Ask } from '../ask.ts'
import type { Staff } from '../schema.ts'
import { NotFound } from '../web/trouble.ts'
import { staffById } from './staff-store.ts'

/** Deactivated or not. */
export async function loadMember(c: Ask): Promise<Staff> {
  const { visit } = c.var
  const [[member]] = await visit.read(staffById(visit.db, visit.clinicId, c.req.param('id') ?? ''))
  if (!member) throw new NotFound()
  return member
}

/** Somebody who was deactivated gets no way to log on. */
export async function loadActiveMember(c: Ask): Promise<Staff> {
  const member = await loadMember(c)
  if (member.deactivatedAt !== null) throw new NotFound()
  return member
}

export const pageOf = (c: Ask, id: string, done = ''): string =>
  `${c.var.frame.base}/staff/${id}${done && `?done=${done}`}`
