/** Diary settings: the overview, who may register, and the rooms for everything else. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../ask.ts'
import { entryByStaff } from '../audit/entry-by-staff.ts'
import { timeState } from '../diary/time/time-state-store.ts'
import { publicOrigin } from '../environment.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { onlyIfChanged } from '../web/database.ts'
import { readForm } from '../web/form.ts'
import { show } from '../web/page.tsx'
import { clinicById, forgetClinic } from './clinic-store.ts'
import { detailsRoutes } from './details/routes.tsx'
import { lookRoutes } from './look/routes.tsx'
import { SettingsPage } from './overview-views.tsx'
import { privacyRoutes } from './privacy/routes.tsx'
import type { RegistrationSettings } from './registration-settings.ts'
import { lastChange, overviewOf, setRegistration } from './settings-store.ts'
import { LogonPreview, RegistrationSettingsPage } from './settings-views.tsx'
import { textsRoutes } from './texts/routes.tsx'

const maySet = staffMay('change settings')

export const settingsRoutes = new Hono<App>()
  .get('/settings', maySet, async (c) => {
    const { visit, now, frame } = c.var
    const [[clinic], [overview], [time]] = await visit.read(
      clinicById(visit.db, visit.clinicId),
      overviewOf(visit.db, visit.clinicId),
      timeState(visit.db, visit.clinicId, today(c)),
    )
    const props = { base: frame.base, now, clinic: clinic!, overview: overview!, time: time! }
    return show(c, { title: 'Diary settings', children: <SettingsPage {...props} /> })
  })
  .get('/settings/registration', maySet, async (c) => {
    const { visit, clinic, now, frame } = c.var
    const [[settings], [changed]] = await visit.read(
      clinicById(visit.db, visit.clinicId),
      lastChange(visit.db, visit.clinicId, 'registration-settings-changed'),
    )
    return show(c, {
      title: 'Registration settings',
      island: true,
      children: (
        <RegistrationSettingsPage
          base={frame.base}
          clinicUrl={publicOrigin(c.env) + frame.base}
          clinic={clinic}
          settings={settings!}
          changed={changed}
          now={now}
          saved={c.req.query('saved') === 'yes'}
        />
      ),
    })
  })
  .get('/settings/registration/preview', maySet, async (c) => {
    await c.var.visit.read()
    const { clinic, frame } = c.var
    if (c.req.header('HX-Request') !== 'true') return c.redirect(`${frame.base}/settings/registration`, 303)
    return c.html(<LogonPreview clinic={clinic} base={frame.base} settings={asked(c)} isDraft />)
  })
  .post('/settings/registration', maySet, async (c) => {
    const { visit, clinic, frame } = c.var
    const form = await readForm(c.req.raw)
    await visit.read()
    const settings = { allowExisting: form.ticked('allow_existing'), allowNew: form.ticked('allow_new') }
    await visit.write([
      setRegistration(visit.db, visit.clinicId, settings),
      onlyIfChanged(visit.db), // saved as it was: nothing to write down
      entryByStaff(c, 'registration-settings-changed', { detail: { ...settings } }),
    ])
    forgetClinic(clinic.slug)
    return c.redirect(`${frame.base}/settings/registration?saved=yes`, 303)
  })
  .route('/', detailsRoutes)
  .route('/', textsRoutes)
  .route('/', lookRoutes)
  .route('/', privacyRoutes)

/** The switches as they stand in the form that is being filled in. */
const asked = (c: Ask): RegistrationSettings => ({
  allowExisting: c.req.query('allow_existing') === 'on',
  allowNew: c.req.query('allow_new') === 'on',
})
