/** `/settings/links`: what the manager puts on the clinic's own website, and on the wall. */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { publicOrigin } from '../environment.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { show } from '../web/page.tsx'
import { NotFound } from '../web/trouble.ts'
import { logoOf } from './at-the-clinic.ts'
import { clinicById } from './clinic-store.ts'
import { linksOf } from './links.ts'
import { LinksPage, PosterPage } from './links-views.tsx'

const maySet = staffMay('change settings')

export const linksRoutes = new Hono<App>()
  .get('/settings/links', maySet, async (c) => {
    const { links, clinic } = await load(c)
    return show(c, {
      title: 'Links and QR code',
      children: <LinksPage base={c.var.frame.base} links={links} colour={clinic.colour} />,
    })
  })
  .get('/settings/links/poster', maySet, async (c) => {
    const { links, clinic } = await load(c)
    const link = links.find(({ key }) => key === (c.req.query('for') ?? 'logon'))
    if (!link) throw new NotFound()
    return show(c, {
      title: `Poster: ${link.words}`,
      children: <PosterPage base={c.var.frame.base} link={link} clinic={clinic} logo={logoOf(clinic)} />,
    })
  })

async function load(c: Ask) {
  const { visit, frame } = c.var
  const [[clinic]] = await visit.read(clinicById(visit.db, visit.clinicId))
  if (!clinic) throw new NotFound()
  return { clinic, links: linksOf(publicOrigin(c.env) + frame.base, clinic) }
}
