/** The columns of the diary, side by side. Templates, not JSX: what is repeated here stands on a page hundreds of times. */
import { html } from 'hono/html'
import { apart } from '../../web/apart.ts'
import { dayInWords, hourInWords } from '../../web/dates.ts'
import type { DayAppointment } from '../appointments-store.ts'
import type { Span } from '../time/span.ts'
import { type Column, type Frame, frameOf, placeOf, scaleOf } from './day-plan.ts'
import { type ColumnProps, entryHtml } from './entry-views.tsx'
import { doesIt } from './moving.ts'

interface GridProps extends Pick<ColumnProps, 'base' | 'zone' | 'headings' | 'moving'> {
  columns: Column[]
  /** "Wednesday 2 December 2026", or the week. */
  label: string
  /** 'YYYY-MM-DD', to say "today". */
  today: string
}

type DatedColumn = ColumnProps & Pick<GridProps, 'today'>

/** More columns than this may need to be moved sideways, and then by keyboard too. */
const mostWithoutScrolling = 5

export function DiaryGrid(props: GridProps) {
  const { columns, zone, label } = props
  const frame = frameOf(columns)
  const scale = scaleOf(columns)
  const sideways = columns.length > mostWithoutScrolling ? html` role="region" tabindex="0" aria-label="${label}"` : ''
  const columnsHtml = columns.map((column, index) =>
    columnHtml({ ...props, column, index, scale }, frame?.windows[index]),
  )
  return html`${isNowIn(columns, frame) ? html`<p class="to-now"><a href="#now">Go to now</a></p>` : ''}<div class="diary ${scale}${frame ? '' : ' nothing'}"${sideways}>${frame && hoursHtml(frame, zone)}${columnsHtml}</div>`
}

const isNowIn = (columns: Column[], frame: Frame | undefined): boolean =>
  columns.some(({ entries }, index) =>
    entries.some((entry) => entry.kind === 'now' && frame && placeOf(entry, frame.windows[index]!)),
  )

/** For the eye: each entry says its own time. */
const hoursHtml = ({ hours, windows }: Frame, zone: string) =>
  html`<ol class="hours" aria-hidden="true">${hours.map(
    (hour) => html`<li class="s${rowOf(hour, windows[0]!)}">${hourInWords(hour, zone)}</li>`,
  )}</ol>`

const rowOf = (from: number, window: Span): number | undefined => placeOf({ from, until: from + 1 }, window)?.row

function columnHtml(props: DatedColumn, window: Span | undefined) {
  const { index, column } = props
  const { person, entries, open } = column
  const isEmpty = entries.every(({ kind }) => kind === 'now')
  return html`<section class="column" aria-labelledby="c${index}"><h2 id="c${index}" class="p${person.colour}">${headingOf(props)}</h2><ol class="entries">${
    window && open.map((span) => openHtml(span, window))
  }${window && entries.map((entry) => entryHtml(props, entry, window))}${isEmpty ? html`<li class="none">${emptyWords(props)}</li>` : ''}</ol></section>`
}

function openHtml(span: Span, window: Span) {
  const place = placeOf(span, window)
  return place && html`<li class="open s${place.row} d${place.rows}" aria-hidden="true"></li>`
}

function headingOf(props: ColumnProps) {
  const { base, zone, headings, column } = props
  const { day, person } = column
  if (headings === 'days') {
    const date = dayInWords(day.from, zone).replace(/ \d{4}$/, '')
    return html`<a href="${base}/diary/${day.date}?who=${person.id}">${date}</a> <small>${countWords(props)}</small>`
  }
  return html`${person.name} <span class="meta">${person.designation}</span> <small>${countWords(props)}</small>`
}

function countWords({ column: { person, shut, booked, free }, moving }: ColumnProps): string {
  if (shut && booked === 0) return shutWords(shut)
  return moving && !doesIt(person, moving) ? doesNot(moving) : `${booked} booked, ${free} free`
}

const doesNot = ({ typeName }: DayAppointment): string => `Does not do ${typeName}`

type Shut = NonNullable<Column['shut']>
const shortly = { closed: 'Closed', away: 'Away', left: 'Sees patients no more', 'not-working': 'Not working' }
export const shutWords = ({ because }: Shut): string => shortly[because]

function emptyWords({ today, column }: DatedColumn): string {
  const { day, person, shut } = column
  const when = day.date === today ? 'today' : 'on this day'
  if (shut?.because === 'closed') return `Closed: ${shut.reason}`
  if (shut?.because === 'left') return `${apart(person.name)} sees patients here no more`
  if (shut) return `${apart(person.name)} is not working ${when}`
  return 'No appointments'
}
