/** The columns as they keep themselves up to date: asked for again each minute, answered by 304 while nothing changed. */

import { encodeHexLowerCase } from '@oslojs/encoding'
import { html } from 'hono/html'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { columnOf } from './day-plan.ts'
import { DiaryGrid } from './grid-views.tsx'
import type { Reading } from './reading.ts'
import { addressOf } from './shown.ts'
import { waitingHtml } from './waiting-views.tsx'

/** @returns the part of the page, and the mark (ETag) of what it shows */
export async function liveGrid(base: string, reading: Reading) {
  const { shown, time, now } = reading
  const parts = html`${waitingHtml(base, reading)}${columnsHtml(base, reading)}`
  const mark = `"${await hashOf(parts.toString())}"`
  const ask = addressOf(base, shown, 'grid')
  const updated = `Diary updated at ${timeInWords(now, time.zone)}`
  const headers = JSON.stringify({ 'If-None-Match': mark })
  const content = html`<div id="diary" hx-get="${ask}" hx-trigger="every 60s, visibilitychange from:document" hx-swap="outerMorph" hx-headers="${headers}" data-status="${updated}">${parts}</div>`
  return { mark, content }
}
export type LiveGrid = Awaited<ReturnType<typeof liveGrid>>

function columnsHtml(base: string, { time, days, people, appointments, now, today, moving }: Reading) {
  const day = days[0]!
  const columns = people.map((person) => columnOf(time, person, day, { appointments, now, moving }))
  const label = `Diary of ${dayInWords(day.from, time.zone)}`
  return DiaryGrid({ base, zone: time.zone, columns, label, headings: 'practitioners', today, moving })
}

async function hashOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return encodeHexLowerCase(new Uint8Array(hash)).slice(0, 20)
}
