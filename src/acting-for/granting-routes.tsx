/** Staff let one patient act for another, renew it, and end it. Who may act for whom stands on the record. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../ask.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { fullName } from '../patients/patient.ts'
import { patientById, sharersOfEmail } from '../patients/patient-store.ts'
import { foundOf, patientsFound } from '../patients/search/patient-list-store.ts'
import { searchOf } from '../patients/search/patient-search.ts'
import type { ActingGrant } from '../schema.ts'
import { type Problems, readForm } from '../web/form.ts'
import { isOutdated } from '../web/opened-with.ts'
import { show } from '../web/page.tsx'
import { newId } from '../web/random.ts'
import { NotFound } from '../web/trouble.ts'
import { EndingPage } from './ending-views.tsx'
import { firstTyped, readTerms } from './grant-form.ts'
import { grantById } from './grant-store.ts'
import {
  endingStatements,
  grantIdOf,
  grantStatements,
  isTakenOff,
  type Loaded,
  load,
  markOf,
  subjectOf,
} from './granting.ts'
import { GrantPage } from './granting-views.tsx'
import { RefusedPage, refusalWords } from './refused-views.tsx'
import { FoundHolders, WhoPage } from './who-views.tsx'

const mayChange = staffMay('change online access')

export const grantingRoutes = new Hono<App>()
  .get('/patients/:id/acting-for', mayChange, async (c) => {
    const holderId = c.req.query('holder')
    if (!holderId) return showWho(c)
    const loaded = await load(c, { holderId })
    return showForm(c, loaded, firstTyped(subjectOf(c, loaded), c.var.visit.staffId))
  })
  .get('/patients/:id/acting-for/patients', mayChange, async (c) => {
    const found = await findHolders(c)
    if (c.req.header('HX-Request') === 'true') return c.html(<FoundHolders {...found} />)
    return c.redirect(`${hereOf(c)}?${new URLSearchParams({ q: found.q })}`, 303)
  })
  .post('/patients/:id/acting-for', mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    return grantFrom(c, typed, { holderId: typed.holder ?? '' })
  })
  .get('/patients/:id/acting-for/:grant/renewal', mayChange, async (c) => {
    const grant = await grantOf(c)
    const loaded = await load(c, { holderId: grant.holderId, grantId: grant.id })
    return showForm(c, loaded, firstTyped(subjectOf(c, loaded), c.var.visit.staffId, grant), { renews: grant })
  })
  .post('/patients/:id/acting-for/:grant/renewal', mayChange, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const grant = await grantOf(c)
    return grantFrom(c, typed, { holderId: grant.holderId, renews: grant })
  })
  .get('/patients/:id/acting-for/:grant/ending', mayChange, async (c) => {
    const grant = await grantOf(c)
    if (grant.endedAt !== null) return backToRecord(c, '')
    const { patient, holder, holders } = await load(c, { holderId: grant.holderId })
    const isReached = patient.email === '' && holders.length === 1
    const props = { base: c.var.frame.base, today: today(c), patient, holder, grant, isReached }
    return show(c, { title: titleOf('ending', patient, holder), children: <EndingPage {...props} /> })
  })
  .post('/patients/:id/acting-for/:grant/ending', mayChange, async (c) => {
    const { id, holderId, patientId } = await grantOf(c)
    await c.var.visit.write(endingStatements(c, { id, holderId, patientId }))
    return backToRecord(c, 'acting-ended')
  })

const hereOf = (c: Ask): string => `${c.var.frame.base}/patients/${c.req.param('id')}/acting-for`

const backToRecord = (c: Ask, done: string) =>
  c.redirect(`${c.var.frame.base}/patients/${c.req.param('id')}${done && `?done=${done}`}`, 303)

/** @throws NotFound for another patient's, as for one that never was */
async function grantOf(c: Ask): Promise<ActingGrant> {
  const { db, clinicId } = c.var.visit
  const of = { clinicId, patientId: c.req.param('id') ?? '', id: c.req.param('grant') ?? '' }
  const [[grant]] = await c.var.visit.read(grantById(db, of))
  if (!grant) throw new NotFound()
  return grant
}

interface Given {
  holderId: string
  renews?: ActingGrant
}

async function grantFrom(c: Ask, typed: Record<string, string>, { holderId, renews }: Given) {
  const loaded = await load(c, { holderId, grantId: renews?.id })
  const { terms, problems } = readTerms(typed, subjectOf(c, loaded))
  const id = terms && grantIdOf(typed, loaded, terms)
  if (isGranted(loaded, id)) return backToRecord(c, 'acting-granted') // the same form, sent twice
  if (!loaded.verdict.ok || !terms || !id) return showForm(c, loaded, typed, { problems, renews })
  if (isOutdated(typed, markOf(loaded))) return showForm(c, loaded, typed, { problems: changed, renews, status: 409 })
  const written = await c.var.visit.write(grantStatements(c, loaded, terms, id, renews?.id))
  if (written.ok) return backToRecord(c, 'acting-granted')
  const again = await load(c, { holderId, grantId: renews?.id }) // somebody was a moment faster: now it can be seen
  if (isGranted(again, id)) return backToRecord(c, 'acting-granted')
  return showForm(c, again, typed, { problems: changed, renews, status: 409 })
}

const isGranted = ({ holders }: Loaded, id: string | null): boolean => holders.some((each) => each.id === id)

const changed: Problems = {
  holder: 'Something about the two records has changed meanwhile. Check this page and send it again',
}

interface Shown {
  problems?: Problems
  renews?: ActingGrant
  status?: 409
}

function showForm(c: Ask, loaded: Loaded, typed: Record<string, string>, { problems, renews, status }: Shown = {}) {
  const { patient, holder, verdict } = loaded
  const { base } = c.var.frame
  if (!verdict.ok) {
    if (verdict.because === 'patient-archived') return backToRecord(c, '') // which says so
    const isSent = problems !== undefined
    return show(c, {
      title: titleOf('grant', patient, holder),
      problems: isSent ? { holder: refusalWords(verdict.because, patient, holder) } : {},
      status: isSent ? (status ?? 422) : undefined,
      children: <RefusedPage base={base} today={today(c)} {...loaded} because={verdict.because} />,
    })
  }
  return show(c, {
    title: titleOf(renews ? 'renewal' : 'grant', patient, holder),
    problems,
    status,
    children: (
      <GrantPage
        {...loaded}
        base={base}
        today={today(c)}
        typed={typed}
        problems={problems ?? {}}
        renews={renews?.id}
        formId={typed.form_id || newId()}
        mark={markOf(loaded)}
        isTakenOff={isTakenOff(loaded)}
      />
    ),
  })
}

type Named = Parameters<typeof fullName>[0]
function titleOf(what: 'grant' | 'renewal' | 'ending', patient: Named, holder: Named): string {
  const names = `${fullName(holder)} act for ${fullName(patient)}`
  if (what === 'ending') return `End letting ${names}`
  return what === 'renewal' ? `Let ${names} for longer` : `Let ${names}`
}

async function showWho(c: Ask) {
  const { found, patient, sharers, ...more } = await findHolders(c)
  if (patient.archivedAt !== null) return backToRecord(c, '')
  const title = `Who may act for ${fullName(patient)}?`
  return show(c, {
    title,
    island: true,
    children: <WhoPage {...more} found={found} patient={patient} sharers={sharers} />,
  })
}

/** What the search finds, and nothing before two letters are typed; the patient of the page is not among them. */
async function findHolders(c: Ask) {
  const { visit, frame } = c.var
  const of = [visit.db, visit.clinicId, c.req.param('id') ?? ''] as const
  const q = (c.req.query('q') ?? '').trim()
  const search = searchOf(q)
  const terms = search.kind === 'terms' ? search.terms : []
  const [[patient], sharers, lines] = await visit.read(
    patientById(...of),
    sharersOfEmail(...of),
    patientsFound(visit.db, visit.clinicId, terms, {}),
  )
  if (!patient) throw new NotFound()
  const { found, total } = foundOf(lines)
  const others = found.filter(({ id }) => id !== patient.id)
  const props = {
    base: frame.base,
    today: today(c),
    here: hereOf(c),
    q,
    isMore: total.isMore || total.count > found.length,
  }
  return { ...props, patient, sharers: sharers.filter(({ archivedAt }) => archivedAt === null), found: others }
}
