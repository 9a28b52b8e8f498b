/** The first page behind the door: for staff their day, for patients their home. Appointments are not kept here yet. */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { passkeyOffer } from '../front-door/passkeys/passkey-store.ts'
import { patientsOnly, staffMay } from '../front-door/sessions/guard.ts'
import { patientById } from '../patients/patient-store.ts'
import { may } from '../staff/role.ts'
import type { Statement } from '../web/database.ts'
import { dateIn, dayInWords } from '../web/dates.ts'
import { show } from '../web/page.tsx'
import { NotFound } from '../web/trouble.ts'
import { appointmentRoutes } from './appointments/routes.tsx'
import { upcomingOf } from './appointments-store.ts'
import { bookRoutes } from './booking/routes.tsx'
import { noonOf } from './day.ts'
import { DayPage } from './day-views.tsx'
import { abandonedMails, patientsByAccess, staffWithoutPassword } from './first-things-store.ts'
import { ownAppointmentRoutes } from './own/routes.tsx'
import { HomePage } from './patient-views.tsx'
import { rulesOf } from './time/time-store.ts'

const mayUse = staffMay('use the diary')

export const diaryRoutes = new Hono<App>()
  .route('/', bookRoutes)
  .route('/', ownAppointmentRoutes)
  .route('/', appointmentRoutes)
  .get('/diary', mayUse, async (c) => {
    await c.var.visit.read()
    return c.redirect(`${c.var.frame.base}/diary/${today(c)}`, 303)
  })
  .get('/diary/:date', mayUse, async (c) => {
    const { visit, frame } = c.var
    const of = [visit.db, visit.clinicId] as const
    const [mailsGivenUp, [without], patients] = await visit.read(
      abandonedMails(...of),
      staffWithoutPassword(...of),
      patientsByAccess(...of),
    )
    const date = c.req.param('date')
    const noon = noonOf(date)
    if (noon === null) throw new NotFound()
    const day = dayInWords(noon, 'UTC')
    const { role, waiting } = visit.who
    return show(c, {
      title: day,
      children: (
        <DayPage
          base={frame.base}
          day={day}
          isToday={date === today(c)}
          may={(act) => may(role!, act)}
          waiting={waiting}
          mailsGivenUp={mailsGivenUp}
          staffWithoutPassword={without!.count}
          patients={patients}
        />
      ),
    })
  })
  .get('/home', patientsOnly, async (c) => {
    const { frame, clinic, now, visit } = c.var
    const { db, clinicId, claim } = visit
    const [patient, upcoming, [rules], [offer]] = await ownRecord(
      c,
      upcomingOf(db, clinicId, claim.patientId ?? '', now),
      rulesOf(db, clinicId),
      passkeyOffer(db, clinicId, claim.patientId ?? ''),
    )
    const isPasskeyOffered = offer?.isOpen === 1
    const props = { base: frame.base, clinic, patient, upcoming, rules: rules!, now, isPasskeyOffered }
    return show(c, { title: 'Home', look: 'diary', children: <HomePage {...props} /> })
  })

const today = (c: Ask) => dateIn(c.var.now, c.var.clinic.timezone)

/** The claim says whose record, if it is a patient's; whoever else asks is turned away by the same batch. */
async function ownRecord<T extends Statement[]>(c: Ask, ...more: T) {
  const { visit } = c.var
  const record = patientById(visit.db, visit.clinicId, visit.claim.patientId ?? '')
  const [[patient], ...answers] = await visit.read(record, ...more)
  return [patient!, ...answers] as const
}
