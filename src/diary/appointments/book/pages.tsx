/** The pages of a booking by staff: when, who, and the one on which everything is looked over. */
import type { Ask } from '../../../ask.ts'
import type { Holder } from '../../../patients/patient-store.ts'
import { foundOf, patientsFound } from '../../../patients/search/patient-list-store.ts'
import { searchOf } from '../../../patients/search/patient-search.ts'
import { may } from '../../../staff/role.ts'
import { apart } from '../../../web/apart.ts'
import { dateIn, dayInWords, timeInWords } from '../../../web/dates.ts'
import type { Problems } from '../../../web/form.ts'
import { show } from '../../../web/page.tsx'
import { newId } from '../../../web/random.ts'
import { freeDays } from '../../availability.ts'
import { practitionerNamed } from '../../time/time-store.ts'
import { whyNotForStaff, whyNotOffered } from '../../why-not.ts'
import { freeWithOthers } from '../left.ts'
import { freshTimes, staffVerdict } from '../staff-verdict.ts'
import type { Asked } from './asked.ts'
import { CheckPage } from './check-views.tsx'
import { leftProblem, shortestOf, typeOf } from './decision.ts'
import { daysShown, type Fresh, typesWith } from './reading.ts'
import { WhenPage } from './when-views.tsx'
import { type FoundProps, WhoPage } from './who-views.tsx'

export const mayAdd = (c: Ask): boolean => may(c.var.visit.who.role!, 'edit patients')

/** Of whoever has left: the times of the others. */
export function showWhen(c: Ask, fresh: Fresh, given: Asked) {
  const { frame, clinic, now } = c.var
  const { time, person, left, patient, day } = fresh
  const asked = left ? { ...given, practitionerId: undefined } : given
  const types = typesWith(time, person)
  const type = typeOf(types, asked)
  const problems: Problems = left && types.length > 0 ? { practitioner: leftProblem(left) } : {}
  const wanted = type && { type, practitionerIds: person && [person.id], now, by: 'staff' as const }
  return show(c, {
    title: 'Book an appointment',
    look: 'diary',
    problems,
    status: left && 409,
    children: (
      <WhenPage
        problem={problems.practitioner}
        base={frame.base}
        timezone={clinic.timezone}
        asked={asked}
        patient={patient}
        mayRestore={mayAdd(c)}
        maySay={may(c.var.visit.who.role!, "change the clinic's time")}
        types={types}
        type={type}
        practitioners={time.practitioners}
        date={day.date}
        days={wanted ? freeDays(time, wanted, day.date, daysShown) : []}
      />
    ),
  })
}

/** What the search finds, and nothing before two letters are typed. */
export async function findPatients(c: Ask, asked: Asked): Promise<FoundProps> {
  const { visit, frame, clinic } = c.var
  const q = (c.req.query('q') ?? '').trim()
  const search = searchOf(q)
  const terms = search.kind === 'terms' ? search.terms : []
  const [lines, [practitioner]] = await visit.read(
    patientsFound(visit.db, visit.clinicId, terms, {}),
    asked.practitionerId ? practitionerNamed(visit.db, visit.clinicId, asked.practitionerId) : undefined,
  )
  const found = foundOf(lines)
  return { base: frame.base, timezone: clinic.timezone, asked, practitioner, q, mayAdd: mayAdd(c), ...found }
}

export async function showWho(c: Ask, asked: Asked & { startAt: number }) {
  const { timezone } = c.var.clinic
  const found = await findPatients(c, asked)
  const at = `${dayInWords(asked.startAt, timezone)}, ${timeInWords(asked.startAt, timezone)}`
  const when = found.practitioner ? `${at}, with ${apart(found.practitioner.name)}` : at
  const children = <WhoPage {...found} when={when} date={dateIn(asked.startAt, timezone)} />
  return show(c, { title: 'Who is the appointment for?', island: true, children })
}

export interface Sent {
  typed: Record<string, string>
  problems: Problems
  alike: Holder[]
  status?: 409
}

export function showCheck(c: Ask, fresh: Fresh, asked: Asked & { startAt: number }, sent?: Sent) {
  const { frame, clinic, now } = c.var
  const { time, person, left, patient, day } = fresh
  const types = typesWith(time, person)
  const chosen = typeOf(types, asked)
  const type = chosen ?? shortestOf(types)
  const question = type && person && ([time, { type, now }, person.id, asked.startAt] as const)
  const reason = question && whyNotForStaff(...question)
  const verdict = staffVerdict(reason, false)
  const needsTick = !verdict.ok && verdict.because === 'tick'
  const free =
    type && person ? freshTimes(time, { type, practitionerId: person.id, now }, day).map(({ startAt }) => startAt) : []
  const isKept = verdict.ok || needsTick || free.length === 0 // another type may fit where this one does not
  const starts = isKept ? [...new Set([...free, asked.startAt])].sort((a, b) => a - b) : free
  const isGone = left !== undefined && (!patient || patient.archivedAt === null)
  const problems = sent?.problems ?? (isGone ? { start: leftProblem(left) } : {})
  return show(c, {
    title: 'Book an appointment',
    look: 'diary',
    problems,
    status: sent?.status ?? (isGone ? 409 : undefined),
    children: (
      <CheckPage
        base={frame.base}
        timezone={clinic.timezone}
        now={now}
        asked={asked}
        patient={patient}
        contact={fresh.contact}
        mayRestore={mayAdd(c)}
        maySay={may(c.var.visit.who.role!, "change the clinic's time")}
        upcoming={fresh.upcoming}
        alike={sent?.alike ?? []}
        practitionerName={(person ?? left)!.name}
        others={left && type ? freeWithOthers(time, { type, now }, day.date) : left && []}
        types={types}
        type={chosen}
        starts={starts}
        reason={verdict.ok ? undefined : reason}
        needsTick={needsTick}
        notOffered={question && whyNotOffered(...question)}
        typed={sent?.typed ?? startOf(c)}
        problems={problems}
        formId={sent?.typed.form_id || newId()}
        isFirst={sent === undefined}
      />
    ),
  })
}

/** Of what was looked for and not found, the name is typed already. */
function startOf(c: Ask): Record<string, string> {
  const words = (c.req.query('q') ?? '').trim().split(/\s+/)
  if (!words.every((word) => /^[\p{L}'’-]+$/u.test(word))) return {}
  return { first_name: words[0] ?? '', last_name: words.slice(1).join(' ') }
}
