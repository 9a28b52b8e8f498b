/**
 * What stands over the diary: other days, a day or a week, whose diary, and what can be done with it. Templates, not JSX: it
 * is drawn for every day that is looked at.
 */
import { html } from 'hono/html'
import { hasLeft } from './day-plan.ts'
import type { Reading } from './reading.ts'
import { addressOf, onDay, type Shown } from './shown.ts'

interface BarProps {
  base: string
  reading: Reading
  part: 'day' | 'week'
}

export function DayBar(props: BarProps) {
  const { base, reading, part } = props
  const { shown, who, time } = reading
  const ofDay = !shown.moving && part === 'day'
  const mayBook = time.practitioners.length > 0 && !shown.moving
  return html`<div class="day-bar">${daysHtml(props)}${goToHtml(props)}${!shown.moving && viewsHtml(props)}${
    mayBook && html`<a class="button" href="${bookingHref(base, reading)}">New appointment</a>`
  }</div><div class="day-bar">${time.practitioners.length > 1 && whoseHtml(props)}<a href="${addressOf(base, { ...shown, cancelled: !shown.cancelled }, part)}">${
    shown.cancelled ? 'Hide cancelled' : 'Show cancelled'
  }</a>${ofDay && html`<a href="${addressOf(base, { ...shown, who: shown.who ?? who?.id }, 'print')}">Print</a>`}${
    ofDay &&
    html`<a href="${base}/diary/why?date=${shown.date}${who && html`&amp;practitioner=${who.id}`}"><span>Why <span class="spare">is a time </span>not offered?</span></a>`
  }</div>`
}

function daysHtml({ base, reading: { shown, today }, part }: BarProps) {
  const step = part === 'week' ? 7 : 1
  const to = (other: Shown) => addressOf(base, other, part)
  const here = shown.date === today && html` aria-current="date"`
  return html`<nav aria-label="Days"><ul>
<li><a class="button quiet" href="${to(onDay(shown, -step))}">Previous<span class="hidden"> ${part}</span></a></li>
<li><a class="button quiet" href="${to({ ...shown, date: today })}"${here}>Today</a></li>
<li><a class="button quiet" href="${to(onDay(shown, step))}">Next<span class="hidden"> ${part}</span></a></li>
</ul></nav>`
}

/** With whom and from which day on, as the diary shows it: nobody books with who has left, nor for days that are over. */
function bookingHref(base: string, { shown, today, who }: Reading): string {
  const query = new URLSearchParams()
  if (who && !hasLeft(who)) query.set('practitioner', who.id)
  if (shown.date > today) query.set('date', shown.date)
  return `${base}/diary/book${query.size > 0 ? `?${query}` : ''}`
}

function viewsHtml({ base, reading: { shown }, part }: BarProps) {
  const link = (view: BarProps['part'], words: string) =>
    html`<li><a href="${addressOf(base, shown, view)}"${view === part && html` aria-current="page"`}>${words}</a></li>`
  return html`<nav aria-label="Views" class="views"><ul>${link('day', 'Day')}${link('week', 'Week')}</ul></nav>`
}

function goToHtml({ base, reading: { shown }, part }: BarProps) {
  const { date, who, cancelled, moving } = shown
  const hidden = Object.entries({ who, cancelled: cancelled && 'yes', moving, view: part === 'week' && 'week' })
  return html`<form method="get" action="${base}/diary" class="go-to"><label for="date" class="hidden">Go to date</label><input id="date" name="date" type="date" value="${date}"/>${hidden.map(
    ([name, value]) => value && html`<input type="hidden" name="${name}" value="${value}"/>`,
  )}<button class="button quiet">Go</button></form>`
}

/** "Everybody", and each practitioner alone; one's own comes first. */
function whoseHtml({ base, reading, part }: BarProps) {
  const { time, shown, who, self } = reading
  const others = time.practitioners.filter((person) => person !== self)
  const choices = [
    { id: 'all', label: 'Everybody' },
    ...(self ? [{ id: self.id, label: 'My diary' }] : []),
    ...others.map(({ id, name }) => ({ id, label: name })),
  ]
  const linkHtml = ({ id, label }: { id: string; label: string }) =>
    html`<li><a href="${addressOf(base, { ...shown, who: id }, part)}"${id === (who?.id ?? 'all') && html` aria-current="true"`}>${label}</a></li>`
  return html`<nav aria-label="Whose diary" class="filters"><ul>${choices.map(linkHtml)}</ul></nav>`
}
