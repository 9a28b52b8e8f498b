/** Two records of the same person become one, by staff: found, looked at side by side, merged. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer, today } from '../../ask.ts'
import { upcomingOf } from '../../diary/appointments-store.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { accessWithName } from '../../online-access/online-access-store.ts'
import type { Patient } from '../../schema.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { fullName } from '../patient.ts'
import { recordFields } from '../patient-record.ts'
import { patientById, sharersOfEmail } from '../patient-store.ts'
import { foundOf, patientsFound } from '../search/patient-list-store.ts'
import { searchOf } from '../search/patient-search.ts'
import { type Merge, mergeStatements } from './becoming-one.ts'
import {
  accessAfter,
  atTheSameTime,
  choiceIn,
  type From,
  markOf,
  mergedRecord,
  mergeRefusal,
  type Pair,
  usuallyStays,
} from './merge.ts'
import { alikeOf, hangingOn } from './merge-store.ts'
import { ChoosePage, MergePage } from './merge-views.tsx'
import { refusalProblem } from './what-happens.tsx'

const mayEdit = staffMay('edit patients')
type Typed = Record<string, string>

export const mergeRoutes = new Hono<App>()
  .get('/patients/:id/merging', mayEdit, async (c) => {
    const { visit, frame } = c.var
    const of = [visit.db, visit.clinicId, c.req.param('id')] as const
    const q = (c.req.query('q') ?? '').trim()
    const search = searchOf(q)
    const terms = search.kind === 'terms' ? search.terms : []
    const [[patient], alike, lines] = await visit.read(
      patientById(...of),
      alikeOf(...of),
      terms.length > 0 ? patientsFound(visit.db, visit.clinicId, terms, {}) : undefined,
    )
    if (!patient) throw new NotFound()
    if (patient.mergedInto) return c.redirect(`${frame.base}/patients/${patient.id}`, 303)
    const found = foundOf(lines ?? []).found.filter(({ id }) => id !== patient.id)
    return show(c, {
      title: `Merge the record of ${fullName(patient)}`,
      children: <ChoosePage base={frame.base} today={today(c)} patient={patient} alike={alike} q={q} found={found} />,
    })
  })
  .get('/patients/:id/merging/:other', mayEdit, async (c) => {
    const both = await load(c, c.req.query('stays'))
    return mergedAlready(c, both.pair) ?? showMerge(c, both, {})
  })
  .post('/patients/:id/merging/:other', mayEdit, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const both = await load(c, typed.stays)
    const refused = answerRefused(c, both, typed)
    if (refused) return refused
    const merge = mergeOf(both, typed)
    const written = await c.var.visit.write(await mergeStatements(c, merge))
    if (!written.ok) {
      const answer = answerRefused(c, await load(c, typed.stays), typed) // somebody was a moment faster: now it can be seen
      if (answer) return answer
      throw new Error(`two records could not be merged: ${written.because}`)
    }
    if (merge.access.movesLogon) afterTheAnswer(c, deliverDue)
    return done(c, both.pair)
  })

type Both = Awaited<ReturnType<typeof load>>

/** @param stays the id of the record that was chosen to stay; by itself the usual one */
async function load(c: Ask, stays: string | undefined) {
  const { db, clinicId } = c.var.visit
  const [id, other] = [c.req.param('id') ?? '', c.req.param('other') ?? '']
  const one = [db, clinicId, id] as const
  const two = [db, clinicId, other] as const
  const of = (patientId: string) => accessWithName(db, { clinicId, patientId })
  const [[a], [b], [ofA], [ofB], [onA], [onB], upcomingA, upcomingB, sharersA, sharersB] = await c.var.visit.read(
    patientById(...one),
    patientById(...two),
    of(id),
    of(other),
    hangingOn(...one),
    hangingOn(...two),
    upcomingOf(...one, c.var.now),
    upcomingOf(...two, c.var.now),
    sharersOfEmail(...one),
    sharersOfEmail(...two),
  )
  if (!a || !b || a.id === b.id) throw new NotFound()
  const isThird = (holder: { id: string }) => holder.id !== a.id && holder.id !== b.id
  const sides = [
    { patient: a, access: ofA?.access, hanging: onA!, upcoming: upcomingA, sharers: sharersA.filter(isThird) },
    { patient: b, access: ofB?.access, hanging: onB!, upcoming: upcomingB, sharers: sharersB.filter(isThird) },
  ] as const
  const chosen = sides.find(({ patient }) => patient.id === stays)?.patient ?? usuallyStays(a, b)
  const [first, second] = sides
  return { pair: chosen.id === a.id ? { stays: first, goes: second } : { stays: second, goes: first } }
}

function mergeOf({ pair }: Both, typed: Typed): Merge {
  const choice = choiceIn(typed, pair)
  const record = mergedRecord(pair, choice)
  return { pair, choice, record, access: accessAfter(pair, record.emailCanonical, sharersOf(pair, choice.email)) }
}

const sharersOf = (pair: Both['pair'], from: From = 'stays'): number => pair[from].sharers.length

/** What is there to answer when nothing may be written, else undefined. */
function answerRefused(c: Ask, both: Both, typed: Typed) {
  const { pair } = both
  if (pair.goes.patient.mergedInto === pair.stays.patient.id) return done(c, pair) // the same form, sent twice
  const already = mergedAlready(c, pair)
  if (already) return already
  if (typed.mark !== markOf(pair)) return showMerge(c, both, typed, {}, true)
  const problems = problemsOf(both, typed)
  return hasProblems(problems) ? showMerge(c, both, typed, problems) : undefined
}

function problemsOf(both: Both, typed: Typed): Problems {
  const { pair, record, access } = mergeOf(both, typed)
  const because = mergeRefusal(pair, record, access)
  const sharers = both.pair[choiceIn(typed, pair).email ?? 'stays'].sharers
  return {
    ...(because && { [fieldOf[because]]: refusalProblem(because, pair, sharers) }),
    ...(typed.sure !== 'on' && { sure: 'Tick that both records are of the same person' }),
  }
}

/** Where a problem stands: by the id of what is on the page. */
const fieldOf = {
  archived: 'stays-title',
  'notes-too-long': 'notes',
  needed: recordFields.email.name,
  shared: recordFields.email.name,
} as const

const done = (c: Ask, { stays }: Pair) =>
  c.redirect(`${c.var.frame.base}/patients/${stays.patient.id}?done=merged`, 303)

/** Its own page says where it went. */
function mergedAlready(c: Ask, { stays, goes }: Pair) {
  const gone = [stays.patient, goes.patient].find((patient: Patient) => patient.mergedInto)
  return gone && c.redirect(`${c.var.frame.base}/patients/${gone.id}?done=merged-already`, 303)
}

function showMerge(c: Ask, both: Both, typed: Typed, problems: Problems = {}, isChanged = false) {
  const { pair } = both
  const { choice, record } = mergeOf(both, typed)
  const outcomes = { stays: pair.stays.patient.emailCanonical, goes: pair.goes.patient.emailCanonical }
  const after = (from: From) => accessAfter(pair, outcomes[from], sharersOf(pair, from))
  return show(c, {
    title: `Merge two records of ${fullName(pair.stays.patient)}`,
    status: isChanged ? 409 : undefined,
    problems,
    children: (
      <MergePage
        base={c.var.frame.base}
        today={today(c)}
        timezone={c.var.clinic.timezone}
        pair={pair}
        here={c.req.path}
        choice={choice}
        notes={record.notes}
        accesses={choice.email ? [after('stays'), after('goes')] : [after('stays')]}
        hanging={pair.goes.hanging}
        sameTime={atTheSameTime({ stays: pair.stays.upcoming, goes: pair.goes.upcoming })}
        problems={problems}
        isChanged={isChanged}
      />
    ),
  })
}
