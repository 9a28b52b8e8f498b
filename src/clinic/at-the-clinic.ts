/** What every request about a clinic meets first: which clinic it is, or that there is none. */
import type { MiddlewareHandler } from 'hono'
import type { App, Ask } from '../ask.ts'
import { NotFound } from '../web/trouble.ts'
import { clinicBySlug, lastKnownClinic } from './clinic-store.ts'

export const atTheClinic: MiddlewareHandler<App> = async (c, next) => {
  const slug = c.req.param('clinic') ?? ''
  nameTheClinic(c, lastKnownClinic(slug)) // for an error page, should D1 not answer
  const clinic = await clinicBySlug(c.env, slug, c.var.now)
  if (!clinic) throw new NotFound()
  nameTheClinic(c, clinic)
  c.set('clinic', clinic)
  await next()
}

function nameTheClinic(c: Ask, clinic: { slug: string; name: string; phone: string } | undefined): void {
  if (!clinic) return
  const base = `/${clinic.slug}`
  Object.assign(c.var.frame, { name: clinic.name, phone: clinic.phone, base, home: base })
}
