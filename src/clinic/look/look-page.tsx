/** What the rooms of the look have in common: what is read for them, how a change is written, and the page. */
import type { Ask } from '../../ask.ts'
import type { AuditedAct } from '../../audit/audit-store.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import type { Clinic } from '../../schema.ts'
import { onlyIfChanged, type Written } from '../../web/database.ts'
import type { Problems } from '../../web/form.ts'
import { openedWith } from '../../web/opened-with.ts'
import { show } from '../../web/page.tsx'
import { clinicById, forgetClinic } from '../clinic-store.ts'
import { type Change, changeSettings, lastChange } from '../settings-store.ts'
import { type LookFile, replaceLookFile } from './look-store.ts'
import { LookPage } from './views.tsx'

export interface Loaded {
  clinic: Clinic
  colourChange?: Change
  logoChange?: Change
}

export async function loadLook(c: Ask): Promise<Loaded> {
  const { visit } = c.var
  const [[clinic], [colourChange], [logoChange]] = await visit.read(
    clinicById(visit.db, visit.clinicId),
    lastChange(visit.db, visit.clinicId, 'colour-changed'),
    lastChange(visit.db, visit.clinicId, 'logo-changed'),
  )
  return { clinic: clinic!, colourChange, logoChange }
}

type ColourSetting = Pick<Clinic, 'colour' | 'themeFile'>
type LogoSetting = Pick<Clinic, 'logoFile' | 'logoWidth' | 'logoHeight'>

interface LookChange {
  act: AuditedAct
  kind: LookFile['kind']
  /** None: the diary's own look. */
  file: LookFile | null
  settings: ColourSetting | LogoSetting
  detail: Record<string, string>
}

export function writeLook(c: Ask, before: Clinic, { act, kind, file, settings, detail }: LookChange): Promise<Written> {
  const { visit, now } = c.var
  const { db, clinicId } = visit
  return visit.write([
    changeSettings(db, clinicId, before, settings),
    onlyIfChanged(db),
    ...replaceLookFile(db, clinicId, kind, file, now),
    entryByStaff(c, act, { detail }),
  ])
}

export function lookSaved(c: Ask, done: 'colour' | 'logo' | 'removed') {
  forgetClinic(c.var.clinic.slug)
  return c.redirect(`${c.var.frame.base}/settings/look?done=${done}`, 303)
}

interface Sent {
  /** The colour, as it was typed. */
  typed?: string
  problems?: Problems
  /** What somebody else changed first: this was not saved. */
  meanwhile?: 'colour' | 'logo'
}

export function showLook(c: Ask, { clinic, colourChange, logoChange }: Loaded, sent: Sent = {}) {
  const { now, frame } = c.var
  const { typed = clinic.colour ?? '', problems = {}, meanwhile } = sent
  const marks = { colour: openedWith(clinic.colour), logo: openedWith(clinic.logoFile) }
  const props = { base: frame.base, now, clinic, colourChange, logoChange, typed, problems, meanwhile, marks }
  return show(c, {
    title: meanwhile ? 'Somebody else changed the look' : 'Look',
    problems,
    status: meanwhile && 409,
    island: true,
    children: <LookPage {...props} done={c.req.query('done')} />,
  })
}
