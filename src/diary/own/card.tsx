/** A coming appointment in a box, with everything its patient can do about it. */
import { html } from 'hono/html'
import type { BookingRules, Clinic } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { PhoneLink } from '../../web/layout.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import { isMovedOnline, mayChange } from '../booking-rules.ts'
import { mayCancel, whereOf } from './own-appointment.ts'

export interface Around {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone' | 'timezone' | 'address'>
  rules: BookingRules
  now: number
  /** The name of the patient, where they are somebody else than who looks at it. */
  actedFor?: string
}

export interface OneProps extends Around {
  appointment: ShownAppointment
}

/** Tuesday 24 November 2026, and under it 9:30am to 10:00am. */
export function When({ appointment, clinic }: Pick<OneProps, 'appointment' | 'clinic'>) {
  const { startAt, endAt } = appointment
  const zone = clinic.timezone
  return html`<p class="when">${timeHtml(startAt, zone, `${timeInWords(startAt, zone)} to ${timeInWords(endAt, zone)}`)}</p>`
}

/** The date stays together: what is too long for a line is broken after the weekday. */
function timeHtml(at: number, zone: string, clock: string) {
  const [weekday, ...date] = dayInWords(at, zone).split(' ')
  return html`<time datetime="${new Date(at).toISOString()}"><span>${weekday} <span>${date.join(' ')}</span></span> <span>${clock}</span></time>`
}

/** One that is to come, with everything that can be done about it. A template: a list has one for each. */
export function AppointmentCard(props: OneProps & { level: 2 | 3 }) {
  const { base, appointment, clinic, level } = props
  const { id, startAt, practitionerName } = appointment
  const title = `appointment-${id}`
  const when = timeHtml(startAt, clinic.timezone, timeInWords(startAt, clinic.timezone))
  const heading =
    level === 2 ? html`<h2 class="when" id="${title}">${when}</h2>` : html`<h3 class="when" id="${title}">${when}</h3>`
  return html`<section class="panel appointment" aria-labelledby="${title}">
${heading}
<p>With ${apart(practitionerName)}<br/><span class="muted">${whereOf(clinic)}</span></p>
<p><a href="${base}/appointments/${id}">See the details<span class="hidden"> of ${whenOf(appointment, clinic)}</span></a></p>
${Acts(props)}
</section>`
}

const whenOf = ({ startAt }: { startAt: number }, { timezone }: { timezone: string }) =>
  `${dayInWords(startAt, timezone)} at ${timeInWords(startAt, timezone)}`

/** Add to calendar, change, cancel; or why not. */
export function Acts({ base, appointment, clinic, rules, now }: OneProps) {
  const at = `${base}/appointments/${appointment.id}`
  const isOnline = isMovedOnline(rules, appointment, appointment.isNew)
  const mayMove = mayChange(appointment, rules, now).ok && isOnline
  const mayEnd = mayCancel(appointment, rules, now).ok
  const act = (href: string, words: string) =>
    html`<li><a href="${href}">${words}<span class="hidden"> ${whenOf(appointment, clinic)}</span></a></li>`
  return html`<ul class="acts">
${act(`${at}/calendar.ics`, 'Add to calendar')}
${mayMove && act(`${at}/move`, 'Change the time')}
${mayEnd && act(`${at}/cancellation`, 'Cancel')}
</ul>
${
  !mayMove &&
  appointment.startAt > now &&
  html`<p class="muted">To change ${mayEnd ? 'the time' : 'or cancel it'}, call the clinic on ${<PhoneLink phone={clinic.phone} />}.</p>`
}`
}
