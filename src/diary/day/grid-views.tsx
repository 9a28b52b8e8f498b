/** The columns of the diary. The repeated rows are templates, not JSX: there are hundreds of them on a page. */
import { html } from 'hono/html'
import { fullName } from '../../patients/patient.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { statusLabels, statusShapes } from '../appointment.ts'
import type { ShownAppointment } from '../appointments-store.ts'
import type { Span } from '../time/span.ts'
import { minuteIn } from '../time/wall-clock.ts'
import { clockInField } from '../time/working-hours.ts'
import { type Column, type Entry, frameOf, placeOf, scaleOf } from './day-plan.ts'

export interface GridProps {
  base: string
  zone: string
  columns: Column[]
  /** "Wednesday 2 December 2026", or the week. */
  label: string
  headings: 'practitioners' | 'days'
  /** Of the day, to say "today". */
  today: string
}

export function DiaryGrid(props: GridProps) {
  const { columns, zone, label } = props
  const frame = frameOf(columns)
  const scale = scaleOf(columns)
  const isWide = columns.length > 5
  return html`<div class="diary ${scale}${frame ? '' : ' nothing'}"${isWide ? html` role="region" tabindex="0"` : ''} aria-label="${label}">${
    frame &&
    html`<ol class="hours" aria-hidden="true">${frame.hours.map(
      (hour) =>
        html`<li class="s${placeOf({ from: hour, until: hour + 1 }, frame.windows[0]!)!.row}">${hourInWords(hour, zone)}</li>`,
    )}</ol>`
  }${columns.map((column, index) => columnHtml(props, column, frame?.windows[index], index))}</div>`
}

/** "9am", in the margin. */
const hourInWords = (instant: number, zone: string): string => timeInWords(instant, zone).replace(':00', '')

function columnHtml(props: GridProps, column: Column, window: Span | undefined, index: number) {
  const { person, entries, open } = column
  return html`<section class="column" aria-labelledby="c${index}"><h2 id="c${index}" class="p${person.colour}">${headingOf(props, column)}</h2><ol class="entries">${
    window &&
    open.map((span) => {
      const place = placeOf(span, window)
      return place && html`<li class="open s${place.row} d${place.rows}" aria-hidden="true"></li>`
    })
  }${window && entries.map((entry) => entryHtml(props, column, entry, window, index))}${
    entries.some(({ kind }) => kind !== 'now') ? '' : html`<li class="none">${emptyWords(props, column)}</li>`
  }</ol></section>`
}

function headingOf({ base, zone, headings }: GridProps, { day, person, booked, free, shut }: Column) {
  const counts = html` <small>${shut && booked === 0 ? shutWords(shut) : `${booked} booked, ${free} free`}</small>`
  if (headings === 'days')
    return html`<a href="${base}/diary/${day.date}?who=${person.id}">${dayInWords(day.from, zone).replace(/ \d{4}$/, '')}</a>${counts}`
  return html`${person.name}${person.designation && html` <span class="meta">${person.designation}</span>`}${counts}`
}

const shortly = { closed: 'Closed', away: 'Away', left: 'Sees patients no more', 'not-working': 'Not working' }
export const shutWords = ({ because }: NonNullable<Column['shut']>): string => shortly[because]

function emptyWords({ today }: GridProps, { day, person, shut }: Column): string {
  const when = day.date === today ? 'today' : 'on this day'
  if (!shut) return 'No appointments'
  switch (shut.because) {
    case 'closed':
      return `Closed: ${shut.reason}`
    case 'away':
      return `${person.name} is away ${when}${shut.reason && `: ${shut.reason}`}`
    case 'left':
      return `${person.name} sees patients here no more`
    default:
      return `${person.name} is not working ${when}`
  }
}

function entryHtml(props: GridProps, column: Column, entry: Entry, window: Span, index: number) {
  const place = placeOf(entry, window)
  if (!place) return ''
  const at = `s${place.row} d${place.rows}`
  switch (entry.kind) {
    case 'now':
      return html`<li class="now ${at}"${index === 0 ? html` id="now"` : ''}><span>Now</span></li>`
    case 'away':
      return html`<li class="away ${at}">${spanInWords(entry, props.zone)} Away${entry.reason && `: ${entry.reason}`}</li>`
    case 'gap':
      return gapHtml(props, column, entry, `${at}${place.rows < 4 ? ' short' : ''}`)
    default:
      return appointmentHtml(
        props,
        entry.appointment,
        `${at}${place.rows < 4 ? ' short' : ''}${entry.lane ? ` l${Math.min(entry.lane, 4)}` : ''}`,
      )
  }
}

function gapHtml({ base, zone, headings }: GridProps, { day, person }: Column, gap: Span, at: string) {
  const minute = minuteIn(day, gap.from)
  const from = `${day.date}T${clockInField(minute)}`
  const when = headings === 'days' ? weekday(gap.from, zone) : ''
  return html`<li id="g${person.id}${gap.from / 60_000}" class="gap ${at}"><a href="${base}/diary/book?practitioner=${person.id}&amp;from=${from}"><span class="hidden">${when}</span>Free <b>${timeInWords(gap.from, zone)}</b> to ${timeInWords(gap.until, zone)}<span class="hidden">, ${person.name}</span></a></li>`
}

function appointmentHtml({ base, zone, headings }: GridProps, of: ShownAppointment, at: string) {
  const when = headings === 'days' ? weekday(of.startAt, zone) : ''
  return html`<li id="a${of.id}" class="visit c${of.typeColour} ${of.status} ${at}"><a href="${base}/diary/appointments/${of.id}"><span class="hidden">${when}</span><b>${timeInWords(of.startAt, zone)}</b><span class="hidden"> to ${timeInWords(of.endAt, zone)},</span> <span class="name">${fullName(of)}</span><span class="hidden">, ${of.practitionerName},</span> <span class="kind">${of.typeName}</span><span class="hidden">,</span> <span class="state ${statusShapes[of.status]}"><span class="shape"></span>${statusLabels[of.status]}</span></a></li>`
}

const weekday = (instant: number, zone: string): string => `${dayInWords(instant, zone).split(' ')[0]} `
const spanInWords = ({ from, until }: Span, zone: string): string =>
  `${timeInWords(from, zone)} to ${timeInWords(until, zone)}`
