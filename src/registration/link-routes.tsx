/** `/:clinic/registration/:token`: the link shows a form and uses nothing up; the POST applies all rules again. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../ask.ts'
import { auditEntry } from '../audit/audit-store.ts'
import { clinicById } from '../clinic/clinic-store.ts'
import { isOn, linkTitles } from '../clinic/registration-settings.ts'
import { showDeadLink } from '../front-door/links/dead-link.tsx'
import { isOpen, mostTries } from '../front-door/links/one-time-link.ts'
import { countLinkTry, giveLinkTryBack, linkByToken } from '../front-door/links/one-time-link-store.ts'
import { forgivingTrouble } from '../front-door/own-trouble.ts'
import { passwordProblem } from '../front-door/passwords/password-rules.ts'
import { RegistrationChoices } from '../front-door/registration-choices.tsx'
import type { Clinic } from '../schema.ts'
import { database, onlyIfChanged, writeAll } from '../web/database.ts'
import { type Problems, readForm } from '../web/form.ts'
import { hasProblems, show } from '../web/page.tsx'
import { readBirthDate } from './birth-date.ts'
import { completeExisting, completeNew, type OpenLink } from './complete.ts'
import { ExistingPatientPage, NewPatientPage } from './link-views.tsx'
import { readNewPatient } from './new-patient.ts'
import { registrationVerdict } from './registration.ts'
import { type Details, type HolderRow, holdersWithAccess, registrationById, sendToDesk } from './registration-store.ts'
import { StoppedPage } from './views.tsx'

export const linkRoutes = new Hono<App>()
  .get('/registration/:token', async (c) => {
    const behind = await load(c, c.req.param('token'))
    return behind ? showForm(c, behind, {}) : showDead(c)
  })
  .post('/registration/:token', async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const behind = await load(c, c.req.param('token'))
    if (!behind) return showDead(c)
    const { asked, holders, clinic } = behind
    const verdict = registrationVerdict(asked.link, isOn(clinic, asked.link), holders, today(c))
    if (!verdict.ok) return stop(c, behind, verdict.because, toldBy(c, behind, typed))
    return asked.link === 'existing' ? existingPatient(c, behind, typed) : newPatient(c, behind, typed)
  })

interface Behind extends OpenLink {
  holders: HolderRow[]
  /** As D1 has it now: the rules never lag behind the switches. */
  clinic: Clinic
}

/** What the link is about, when it is open: the registration, and who has its address now. */
async function load(c: Ask, token: string): Promise<Behind | null> {
  const db = database(c.env)
  const clinicId = c.var.clinic.id
  const [link] = await linkByToken(db, clinicId, token)
  if (!link?.registrationId || link.purpose !== 'registration' || !isOpen(link, c.var.now)) return null
  const [[asked], [clinic]] = await db.batch([
    registrationById(db, clinicId, link.registrationId),
    clinicById(db, clinicId),
  ])
  if (!asked || !clinic) return null
  const holders = await holdersWithAccess(db, clinicId, asked.email)
  return { db, token, asked, holders, clinic }
}

async function existingPatient(c: Ask, behind: Behind, typed: Record<string, string>) {
  const { asked, clinic, holders, db, token } = behind
  const holder = holders[0]!
  const password = typed.new_password ?? ''
  const birth = readBirthDate(typed, 'dob', today(c))
  const names = [holder.firstName, holder.lastName, holder.preferredName]
  const weak = passwordProblem(password, [clinic.name, clinic.slug, asked.email, ...names])
  const problems: Problems = {
    ...(holder.dateOfBirth && birth.problem && { dob: birth.problem }),
    ...(weak && { new_password: weak }),
  }
  if (hasProblems(problems)) return showForm(c, behind, typed, problems)
  if (holder.dateOfBirth) {
    const [counted] = await countLinkTry(db, clinic.id, token, c.var.now) // before it is compared: guesses may come at once
    if (!counted) return showDead(c)
    if (birth.date !== holder.dateOfBirth) return wrongBirthDate(c, behind, typed, counted.tries)
  }
  const because = await forgivingTrouble(
    c,
    (db) => giveLinkTryBack(db, clinic.id, token),
    () => completeExisting(c, behind, holder, password),
  )
  return because ? stop(c, behind, because, null) : registered(c)
}

async function wrongBirthDate(c: Ask, behind: Behind, typed: Record<string, string>, tries: number) {
  if (tries >= mostTries) return stop(c, behind, 'wrong-birth-date', toldBy(c, behind, typed))
  return showForm(c, behind, typed, { dob: 'Check your date of birth and try again' })
}

async function newPatient(c: Ask, behind: Behind, typed: Record<string, string>) {
  const { asked, clinic } = behind
  const { record, problems } = readNewPatient(typed, asked.email, clinic, today(c))
  const own = [record.firstName, record.lastName, asked.email]
  const weak = passwordProblem(typed.new_password ?? '', [clinic.name, clinic.slug, ...own])
  const all = inPageOrder({ ...problems, ...(weak && { new_password: weak }) })
  if (hasProblems(all)) return showForm(c, behind, typed, all)
  const because = await completeNew(c, behind, record, typed.new_password ?? '')
  return because ? stop(c, behind, because, toldBy(c, behind, typed)) : registered(c)
}

const pageOrder = ['first_name', 'last_name', 'dob', 'phone', 'new_password', 'privacy_notice']
const inPageOrder = (problems: Problems): Problems =>
  Object.fromEntries(pageOrder.filter((name) => problems[name]).map((name) => [name, problems[name]!]))

const registered = (c: Ask) => c.redirect(`${c.var.frame.base}?notice=registered`, 303)

/** Who has registered already logs on; who has not asks again. */
function showDead(c: Ask) {
  const { base } = c.var.frame
  return showDeadLink(
    c,
    <>
      <p>If you have chosen your password already, you can log on with it.</p>
      <div class="actions">
        <a class="button" href={base}>
          Log on
        </a>
      </div>
      <RegistrationChoices base={base} clinic={c.var.clinic} />
    </>,
  )
}

/** The desk hears the reason; the person, the phone number and the reference. */
async function stop(c: Ask, { db, asked, holders, clinic }: Behind, because: string, details: Details | null) {
  const { now, frame } = c.var
  const detail = { registration: asked.id, link: asked.link, because }
  const ofPatient = holders.length === 1 ? holders[0]!.id : null
  const written = await writeAll(db, [
    sendToDesk(db, asked, because, details, now),
    onlyIfChanged(db),
    auditEntry(db, { clinicId: asked.clinicId, act: 'registration-refused', at: now, ofPatient, detail }),
  ])
  if (!written.ok) return showDead(c) // the same form, sent twice at once, has registered them
  return show(c, {
    title: 'Please call the clinic',
    status: 409,
    shape: 'card',
    children: <StoppedPage base={frame.base} clinic={clinic} reference={asked.reference} />,
  })
}

/** What was typed, for the desk to compare with the records. */
function toldBy(c: Ask, { asked, clinic }: Behind, typed: Record<string, string>): Details {
  if (asked.link === 'existing') return { dateOfBirth: readBirthDate(typed, 'dob', today(c)).date }
  const { firstName, lastName, dateOfBirth, phone } = readNewPatient(typed, asked.email, clinic, today(c)).record
  return { firstName, lastName, dateOfBirth, phone }
}

function showForm(c: Ask, { asked, holders, clinic }: Behind, typed: Record<string, string>, problems: Problems = {}) {
  const props = { base: c.var.frame.base, email: asked.email, clinicName: clinic.name, typed, problems }
  const asksBirthDate = Boolean(holders[0]?.dateOfBirth)
  return show(c, {
    title: linkTitles[asked.link],
    problems,
    shape: 'card',
    children:
      asked.link === 'existing' ? (
        <ExistingPatientPage {...props} asksBirthDate={asksBirthDate} />
      ) : (
        <NewPatientPage {...props} version={clinic.privacyNoticeVersion} />
      ),
  })
}
