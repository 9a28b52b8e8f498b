/** Appointments that are there before a journey begins: booked by the reception over HTTP, with the form that staff use. */
import type { APIRequestContext } from '@playwright/test'
import { sent } from './given.ts'

/** What is booked, with whom: the ids that the form knows them by. */
export interface What {
  type: string
  practitioner: string
}

const day = 86_400_000 // ms
/** 'YYYY-MM-DD' */
export const dateIn = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10)

export async function whatOf(desk: APIRequestContext, type: string, practitioner: string): Promise<What> {
  const page = await (await desk.get('/riverside/diary/book')).text()
  const choice = (name: string) => new RegExp(`<option value="([^"]+)"[^>]*>${name}`).exec(page)?.[1] ?? ''
  return { type: choice(type), practitioner: choice(practitioner) }
}

/** Free times as staff are offered them, from that day on for a week, soonest first. */
export async function freeTimes(desk: APIRequestContext, what: What, date: string): Promise<number[]> {
  const page = await (await desk.get(`/riverside/diary/book?${new URLSearchParams({ ...what, date })}`)).text()
  return [...page.matchAll(/href="\/riverside\/diary\/book\?[^"]*from=([^"&]*)/g)].map(([, from]) =>
    Date.parse(decodeURIComponent(from!)),
  )
}

/** Books it, outside the rules too. @param record the path of the patient's @returns the path of the appointment */
export const anAppointment = (desk: APIRequestContext, record: string, what: What, start: number): Promise<string> =>
  sent(desk, '/riverside/diary/book', {
    ...what,
    patient: record.split('/').at(-1)!,
    start: String(start),
    form_id: crypto.randomUUID(),
    anyway: 'on',
  })

export async function versionOf(desk: APIRequestContext, appointment: string): Promise<string> {
  return /name="version" value="(\d+)"/.exec(await (await desk.get(appointment)).text())?.[1] ?? ''
}

export const mark = async (desk: APIRequestContext, appointment: string, status: string) =>
  sent(desk, `${appointment}/status`, { status, version: await versionOf(desk, appointment) })

export const cancel = async (desk: APIRequestContext, appointment: string) =>
  sent(desk, `${appointment}/cancellation`, {
    asked: 'patient',
    reason: 'Has a cold',
    version: await versionOf(desk, appointment),
  })
