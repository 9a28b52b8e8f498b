/** What every request about a clinic meets first: which clinic it is, or that there is none. */
import type { MiddlewareHandler } from 'hono'
import type { App, Ask } from '../ask.ts'
import type { Clinic } from '../schema.ts'
import type { FrameLogo } from '../web/frame.ts'
import { NotFound } from '../web/trouble.ts'
import { clinicBySlug, lastKnownClinic } from './clinic-store.ts'
import { isTypedInCapitals } from './slug.ts'

export const atTheClinic: MiddlewareHandler<App> = async (c, next) => {
  const slug = c.req.param('clinic') ?? ''
  if (isTypedInCapitals(slug) && c.req.method === 'GET') return c.redirect(inSmallLetters(c.req.url, slug), 301)
  nameTheClinic(c, lastKnownClinic(slug)) // for an error page, should D1 not answer
  const clinic = await clinicBySlug(c.env, slug, c.var.now)
  if (!clinic) throw new NotFound()
  nameTheClinic(c, clinic)
  c.set('clinic', clinic)
  await next()
}

/** What stands behind the slug stays as it is: tokens know capitals. */
function inSmallLetters(address: string, slug: string): string {
  const { pathname, search } = new URL(address)
  return `/${slug.toLowerCase()}${pathname.slice(slug.length + 1)}${search}`
}

function nameTheClinic(c: Ask, clinic: Clinic | undefined): void {
  if (!clinic) return
  const base = `/${clinic.slug}`
  const { name, phone, address, email, website, themeFile } = clinic
  const theme = themeFile ? `${base}/${themeFile}` : undefined
  Object.assign(c.var.frame, { name, phone, address, email, website, theme, logo: logoOf(clinic), base, home: base })
}

export function logoOf({ slug, name, logoFile, logoWidth, logoHeight }: Clinic): FrameLogo | undefined {
  if (!logoFile || !logoWidth || !logoHeight) return undefined
  return { src: `/${slug}/${logoFile}`, alt: name, width: logoWidth, height: logoHeight }
}
