/** Staff open the record, set Online Diary Access to Active, generate a password, send an email (rule M6). */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer, today } from '../ask.ts'
import { entryByStaff } from '../audit/entry-by-staff.ts'
import { publicOrigin } from '../environment.ts'
import { forgetTriesEverywhere } from '../front-door/lockout/lockout-store.ts'
import { accountKeyOf } from '../front-door/logon-try.ts'
import { hashPassword } from '../front-door/passwords/password.ts'
import { forgetGenerated, generatedFor, keepGenerated, showOnce } from '../front-door/passwords/shown-once.ts'
import { newTemporaryPassword, temporaryLifetime } from '../front-door/passwords/temporary-password.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { mailsOfPatient } from '../mail/mail-store.ts'
import { deliverDue, mailIdOf } from '../mail/outbox.ts'
import { archiverOf } from '../patients/archive/archive-store.ts'
import { fullName } from '../patients/patient.ts'
import { patientById, sharersOfEmail } from '../patients/patient-store.ts'
import { settleByActivation } from '../registration/desk/desk-store.ts'
import { isUnderAge } from '../registration/registration.ts'
import { may } from '../staff/role.ts'
import { onlyIfChanged } from '../web/database.ts'
import { type Problems, readForm } from '../web/form.ts'
import { isOutdated, openedWith } from '../web/opened-with.ts'
import { hasProblems, show } from '../web/page.tsx'
import { newId } from '../web/random.ts'
import { NotFound } from '../web/trouble.ts'
import { counterRoutes } from './counter/counter-routes.tsx'
import { endWaysIn } from './ending-store.ts'
import { invitationRoutes } from './invitations/invitations-routes.tsx'
import { mailDetails } from './mail-details.ts'
import { activationProblem, activationVerdict, type Refusal, type Verdict } from './online-access.ts'
import { accessWithName, activate, deactivate, newestLink, setTemporaryPassword } from './online-access-store.ts'
import { DeactivationPage, PanelPage } from './views.tsx'

const maySee = staffMay('see online access')
const mayChange = staffMay('change online access')

export const onlineAccessRoutes = new Hono<App>()
  .get('/patients/:id/online-access', maySee, async (c) => showPanel(c, await load(c)))
  .post('/patients/:id/online-access/activation', mayChange, async (c) => {
    const { visit, now } = c.var
    const panel = await load(c)
    const isDecided = isYoung(c, panel) && (await readForm(c.req.raw)).ticked('under_age')
    const verdict = verdictOn(c, panel, isDecided)
    if (!verdict.ok) return notActivated(c, panel, verdict.because)
    const written = await visit.write([
      activate(visit.db, panel.of, visit.staffId, now),
      onlyIfChanged(visit.db),
      settleByActivation(visit.db, panel.of.clinicId, panel.patient.emailCanonical ?? '', visit.staffId, now),
      entryByStaff(c, 'access-activated', {
        ofPatient: panel.of.patientId,
        detail: isDecided ? { underAge: true } : {},
      }),
    ])
    if (written.ok) return goBack(c, 'activated')
    const again = await load(c) // somebody was a moment faster: now it can be seen
    const late = verdictOn(c, again, isDecided)
    if (late.ok) throw new Error(`online access could not be set to active: ${written.because}`)
    return notActivated(c, again, late.because)
  })
  .get('/patients/:id/online-access/deactivation', mayChange, async (c) => {
    const { patient, access } = await load(c)
    if (!access || access.state === 'inactive') return goBack(c, '')
    return show(c, {
      title: `Set online access of ${fullName(patient)} to inactive`,
      children: <DeactivationPage base={c.var.frame.base} patient={patient} today={today(c)} />,
    })
  })
  .post('/patients/:id/online-access/deactivation', mayChange, async (c) => {
    const { visit, now } = c.var
    const panel = await load(c)
    await visit.write([
      deactivate(visit.db, panel.of, visit.staffId, now),
      onlyIfChanged(visit.db), // inactive already: nothing to do, and it says so
      ...endWaysIn(visit.db, panel.of, 'stopped', visit.staffId, now),
      entryByStaff(c, 'access-deactivated', { ofPatient: panel.of.patientId }),
    ])
    return goBack(c, panel.access ? 'inactive' : '')
  })
  .post('/patients/:id/online-access/password', mayChange, async (c) => {
    const { visit, now } = c.var
    const typed = (await readForm(c.req.raw)).typed()
    const panel = await load(c)
    const before = panel.access?.passwordSetAt ?? null
    if (isOutdated(typed, openedWith(before))) return goBack(c, '') // the same form, sent twice: its password is shown
    const password = newTemporaryPassword()
    const hash = await hashPassword(c.env, password)
    const written = await visit.write([
      setTemporaryPassword(visit.db, { ...panel.of, before }, hash, now + temporaryLifetime, now),
      onlyIfChanged(visit.db),
      forgetTriesEverywhere(visit.db, await accountKeyOf(c, panel.patient.emailCanonical ?? '')),
      ...endWaysIn(visit.db, panel.of, 'replaced', visit.staffId, now),
      entryByStaff(c, 'access-password-generated', { ofPatient: panel.of.patientId }),
    ])
    if (!written.ok) return passwordRefused(c)
    await keepGenerated(c, { ofId: panel.patient.id, password, generatedAt: now, wasShown: false })
    return goBack(c, '')
  })
  .post('/patients/:id/online-access/email', mayChange, async (c) => {
    const { visit } = c.var
    const form = await readForm(c.req.raw)
    const [wantsLink, formId] = [form.text('instead') === 'link', form.text('form_id')]
    const panel = await load(c)
    const sent = panel.mails.find(({ id }) => isOfForm(panel, id, formId)) // the same form, sent twice
    if (sent) return goBack(c, doneBy[sent.kind] ?? 'link-sent')
    const generated = wantsLink ? null : await generatedFor(c, panel.patient.id)
    const details = await mailDetails(c, panel.patient, { password: generated?.password ?? null, formId })
    const written = await visit.write([...details, entryByStaff(c, 'access-mailed', { ofPatient: panel.of.patientId })])
    if (!written.ok && written.because !== 'mail.id') return showPanel(c, await load(c), needsActive)
    forgetGenerated(c)
    afterTheAnswer(c, deliverDue)
    return goBack(c, generated ? 'password-sent' : 'link-sent')
  })
  .route('/', counterRoutes)
  .route('/', invitationRoutes)

const doneBy: Record<string, string> = { 'access-password': 'password-sent', 'access-link': 'link-sent' }

const isOfForm = ({ of, patient }: Panel, mailId: string, formId: string): boolean =>
  formId !== '' &&
  (['access-password', 'access-link'] as const).some(
    (kind) => mailIdOf({ clinicId: of.clinicId, kind, to: patient.emailCanonical ?? '', formId }) === mailId,
  )

const needsActive: Problems = { 'state-title': 'Set online access to Active first' }

/** Not active any more; or somebody was a moment faster, and the panel shows it. */
async function passwordRefused(c: Ask) {
  const panel = await load(c)
  return panel.access?.state === 'active' ? goBack(c, '') : showPanel(c, panel, needsActive)
}

async function load(c: Ask) {
  const { db, clinicId } = c.var.visit
  const of = { clinicId, patientId: c.req.param('id') ?? '' }
  const [[patient], [row], sharers, [link], mails, [archiver]] = await c.var.visit.read(
    patientById(db, clinicId, of.patientId),
    accessWithName(db, of),
    sharersOfEmail(db, clinicId, of.patientId),
    newestLink(db, of),
    mailsOfPatient(db, clinicId, of.patientId),
    archiverOf(db, clinicId, of.patientId),
  )
  if (!patient) throw new NotFound()
  return { of, patient, access: row?.access, by: row?.by, sharers, link, mails, archivedBy: archiver?.name }
}
type Panel = Awaited<ReturnType<typeof load>>

const isYoung = (c: Ask, { patient }: Panel): boolean => isUnderAge(patient.dateOfBirth, today(c))

const verdictOn = (c: Ask, panel: Panel, isDecided: boolean): Verdict => {
  const { patient, access, sharers } = panel
  return activationVerdict({
    state: access?.state ?? 'none',
    isArchived: patient.archivedAt !== null,
    email: patient.emailCanonical,
    sharers: sharers.length,
    isUnderAge: isYoung(c, panel),
    isDecided,
  })
}

function notActivated(c: Ask, panel: Panel, because: Refusal) {
  if (because === 'no-move') return goBack(c, 'already')
  return showPanel(c, panel, {
    [because === 'under-age' ? 'under_age' : 'state-title']: activationProblem(panel, because),
  })
}

async function showPanel(c: Ask, panel: Panel, problems: Problems = {}) {
  const { frame, now, clinic, visit } = c.var
  const id = panel.patient.id
  const generated = await generatedFor(c, id)
  return show(c, {
    title: `Online diary access of ${fullName(panel.patient)}`,
    problems,
    children: (
      <PanelPage
        {...panel}
        base={frame.base}
        formId={newId()}
        clinic={clinic}
        clinicUrl={publicOrigin(c.env) + frame.base}
        now={now}
        today={today(c)}
        isUnderAge={isYoung(c, panel)}
        problems={problems}
        timezone={clinic.timezone}
        mayChange={visit.who.role !== null && may(visit.who.role, 'change online access')}
        done={hasProblems(problems) ? undefined : c.req.query('done')}
        password={await showOnce(c, id)}
        canMailPassword={generated !== null}
      />
    ),
  })
}

function goBack(c: Ask, done: string) {
  const here = `${c.var.frame.base}/patients/${c.req.param('id')}/online-access`
  return c.redirect(done ? `${here}?done=${done}` : here, 303)
}
