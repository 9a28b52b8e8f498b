/** Beside the columns, and refreshed with them. Times, not minutes of waiting: what says the same stays the same (304). */
import { html } from 'hono/html'
import { fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { dateIn, momentInWords, timeInWords } from '../../web/dates.ts'
import type { DayAppointment } from '../appointments-store.ts'
import type { Reading } from './reading.ts'
import { cancelledLate, waiting } from './waiting-room.ts'

/** Of today always, so that nothing moves when the first one arrives; of other days what was cancelled late, if anything. */
export function waitingHtml(base: string, reading: Reading) {
  const { time, days, today, people, appointments, cancelled, moving } = reading
  const day = days[0]!
  if (moving) return ''
  const ofThese = ({ practitionerId }: DayAppointment) => people.some(({ id }) => id === practitionerId)
  const late = cancelledLate(cancelled.filter(ofThese), time.rules, day)
  const isToday = day.date === today
  if (!isToday && late.length === 0) return ''
  return html`<section class="waiting" aria-label="Beside the diary">${
    isToday && roomHtml(base, reading, waiting(appointments.filter(ofThese)))
  }${late.length > 0 && lateHtml(base, reading, late)}</section>`
}

const roomHtml = (base: string, { time, today }: Reading, who: DayAppointment[]) =>
  html`<div><h2>Waiting room</h2>${
    who.length === 0
      ? html`<p class="muted">Nobody is waiting.</p>`
      : html`<ul>${who.map(
          (each) =>
            html`<li>${linkHtml(base, each, fullName(each))} since ${clockOf(each.statusSince, time.zone, today)}<span class="meta">${timeInWords(each.startAt, time.zone)} with ${apart(each.practitionerName)}</span></li>`,
        )}</ul>`
  }</div>`

const lateHtml = (base: string, { time, days }: Reading, late: DayAppointment[]) =>
  html`<div><h2>Cancelled late</h2><ul>${late.map(
    (each) =>
      html`<li>${linkHtml(base, each, `${timeInWords(each.startAt, time.zone)} ${fullName(each)}`)}<span class="meta">with ${apart(each.practitionerName)}, cancelled ${clockOf(each.statusSince, time.zone, days[0]!.date)}</span></li>`,
  )}</ul></div>`

const linkHtml = (base: string, { id }: DayAppointment, words: string) =>
  html`<a href="${base}/diary/appointments/${id}">${words}</a>`

/** "8:52am", with its day where that is another one. */
const clockOf = (instant: number, zone: string, date: string): string =>
  dateIn(instant, zone) === date ? timeInWords(instant, zone) : momentInWords(instant, zone)
