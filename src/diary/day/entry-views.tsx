/** What stands in a column: appointments, free stretches, absences. One link each; its name says everything. */
import { html } from 'hono/html'
import { fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { minute } from '../../web/durations.ts'
import { stateHtml } from '../../web/parts.tsx'
import { type Status, statuses, statusLabels, statusShapes } from '../appointment.ts'
import type { DayAppointment, ShownAppointment } from '../appointments-store.ts'
import type { Span } from '../time/span.ts'
import { minuteIn } from '../time/wall-clock.ts'
import { clockInField } from '../time/working-hours.ts'
import { type Column, type Entry, placeOf, type Scale } from './day-plan.ts'
import type { Landing } from './moving.ts'

/** What an entry is told of the column that it stands in. */
export interface ColumnProps {
  base: string
  zone: string
  headings: 'practitioners' | 'days'
  /** Move mode: the free stretches are where this one could go. */
  moving?: ShownAppointment
  column: Column
  index: number
  scale: Scale
}

/** Each drawn once: they stand in the columns dozens of times. */
const states = Object.fromEntries(
  statuses.map((status) => [status, stateHtml(statusShapes[status], statusLabels[status])]),
) as Record<Status, ReturnType<typeof stateHtml>>

/** Fewer rows than these have room for one line only. */
const twoLines = { compact: 6, usual: 4, tall: 2 }

export function entryHtml(props: ColumnProps, entry: Entry, window: Span) {
  const place = placeOf(entry, window)
  if (!place) return ''
  const at = `s${place.row} d${place.rows}${place.rows < twoLines[props.scale] ? ' short' : ''}`
  switch (entry.kind) {
    case 'now':
      return html`<li class="now ${at}"${isFirstNow(props) ? html` id="now"` : ''}><span>Now</span></li>`
    case 'buffer':
      return html`<li class="buffer ${at}" aria-hidden="true"></li>`
    case 'away':
      return html`<li class="away ${at}">${spanInWords(entry, props.zone)} Away${entry.reason && `: ${entry.reason}`}</li>`
    case 'gap':
      return gapHtml(props, entry, at)
    case 'landing':
      return landingHtml(props, entry, at)
    default:
      return appointmentHtml(props, entry.appointment, entry.lane ? `${at} l${Math.min(entry.lane, mostLanes)}` : at)
  }
}

/** Of a day, each column has the line; of a week, one. */
const isFirstNow = ({ headings, index }: ColumnProps): boolean => headings === 'days' || index === 0

const mostLanes = 4

function appointmentHtml(props: ColumnProps, of: DayAppointment, at: string) {
  const { base, zone, headings, moving, column } = props
  const isBegun = of.startAt < column.day.from
  const isMoving = moving?.id === of.id ? ' moving' : ''
  return html`<li${isBegun ? '' : html` id="a${of.id}"`} class="visit c${of.typeColour} ${of.status}${isMoving} ${at}"><a href="${base}/diary/appointments/${of.id}">${
    headings === 'days' ? weekdayHtml(Math.max(of.startAt, column.day.from), zone) : ''
  }${isBegun ? begunHtml(of, zone) : html`<b>${timeInWords(of.startAt, zone)}</b><span class="hidden"> to ${timeInWords(of.endAt, zone)},</span>`} <span class="name">${fullName(of)}</span><span class="hidden">, ${of.practitionerName},</span> <span class="kind">${of.typeName}</span><span class="hidden">,</span> ${states[of.status]}</a></li>`
}

/** Since the evening before. */
const begunHtml = (of: DayAppointment, zone: string) =>
  html`<b>To ${timeInWords(of.endAt, zone)}</b><span class="hidden">, since ${timeInWords(of.startAt, zone)} the day before,</span>`

function gapHtml({ base, zone, headings, column }: ColumnProps, gap: Span, at: string) {
  const { person, day } = column
  const from = `${day.date}T${clockInField(minuteIn(day, gap.from))}`
  return html`<li id="${idOf(person, gap)}" class="gap ${at}"><a href="${base}/diary/book?practitioner=${person.id}&amp;from=${from}">${
    headings === 'days' ? weekdayHtml(gap.from, zone) : ''
  }Free <b>${timeInWords(gap.from, zone)}</b> to ${timeInWords(gap.until, zone)}<span class="hidden">, ${apart(person.name)}</span></a></li>`
}

/** A button where one time fits; where several do, a choice of them. */
function landingHtml(props: ColumnProps, landing: Landing & Span, at: string) {
  const { base, zone, column, moving } = props
  const { person } = column
  const [first, ...later] = landing.starts
  const id = idOf(person, landing)
  if (first === undefined)
    return html`<li id="${id}" class="landing too-short ${at}">Free ${spanInWords(landing, zone)}, too short</li>`
  return html`<li id="${id}" class="landing ${at}"><form method="post" action="${base}/diary/appointments/${moving!.id}/move"><input type="hidden" name="practitioner" value="${person.id}"><input type="hidden" name="version" value="${moving!.version}">${
    later.length === 0
      ? html`<button name="start" value="${first}">Move here, ${timeInWords(first, zone)}<span class="hidden">, ${apart(person.name)}</span></button>`
      : html`<select name="start" aria-label="Start between ${spanInWords(landing, zone)}, ${apart(person.name)}">${landing.starts.map(
          (start) => html`<option value="${start}">${timeInWords(start, zone)}</option>`,
        )}</select><button>Move here<span class="hidden">, ${spanInWords(landing, zone)}, ${apart(person.name)}</span></button>`
  }</form></li>`
}

/** A name that stays the same while the free stretch begins there, so that a refresh keeps the focus. */
const idOf = (person: { id: string }, { from }: Span): string => `g${person.id}${from / minute}`

const weekdayHtml = (instant: number, zone: string) =>
  html`<span class="hidden">${dayInWords(instant, zone).split(' ')[0]} </span>`
const spanInWords = ({ from, until }: Span, zone: string): string =>
  `${timeInWords(from, zone)} to ${timeInWords(until, zone)}`
