/** `/:clinic/settings/second-factor`: the manager decides whether staff need one. Nobody locks themselves out with it. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { onlyIfChanged } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { staffMay } from '../sessions/guard.ts'
import { requireFactor, requirementOf, staffAndFactors } from './factor-store.ts'
import { RequirementPage } from './requirement-views.tsx'

const maySet = staffMay('change settings')

export const requirementRoutes = new Hono<App>()
  .get('/settings/second-factor', maySet, (c) => showSetting(c))
  .post('/settings/second-factor', maySet, async (c) => {
    const { visit, frame } = c.var
    const isRequired = (await readForm(c.req.raw)).ticked('required')
    await visit.read()
    const written = await visit.write([
      requireFactor(visit.db, { clinicId: visit.clinicId, staffId: visit.staffId }, isRequired),
      onlyIfChanged(visit.db), // saved as it was, or the manager has none: nothing to write down
      entryByStaff(c, 'second-factor-settings-changed', { detail: { required: isRequired } }),
    ])
    if (!written.ok && isRequired) return showSetting(c, isRequired)
    return c.redirect(`${frame.base}/settings/second-factor?saved=yes`, 303)
  })

/** @param asked that it be required, which nothing came of */
async function showSetting(c: Ask, asked = false) {
  const { visit, frame } = c.var
  const [[setting], members] = await visit.read(
    requirementOf(visit.db, visit.clinicId),
    staffAndFactors(visit.db, visit.clinicId),
  )
  const hasOwn = members.some(({ id, hasFactor }) => id === visit.staffId && hasFactor)
  const isRequired = setting?.isRequired ?? false
  if (asked && isRequired) return c.redirect(`${frame.base}/settings/second-factor?saved=yes`, 303)
  const problem = asked ? 'Set up a second factor of your own first, so that you do not lock yourself out' : undefined
  const saved = c.req.query('saved') === 'yes'
  const props = { base: frame.base, isRequired, members, hasOwn, saved, problem }
  return show(c, {
    title: 'Second factor for staff',
    problems: problem ? { required: problem } : {},
    children: <RequirementPage {...props} />,
  })
}
