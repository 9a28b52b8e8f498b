/** What the audit holds of each act on an appointment. */
import { env } from 'cloudflare:workers'
import { anAppointment } from '../support/an-appointment.ts'
import type { Line } from './act-lines.ts'
import type { World } from './act-world.ts'

const room = (act: string) => `POST /:clinic/diary/appointments/:id/${act}`

/** Janet's with Tom, in two days unless said otherwise. */
const janets = (from?: number) => (world: World) =>
  anAppointment(
    { clinicId: world.clinicId, practitionerId: world.ids.tom, patientId: world.ids.janet, bookedBy: world.ids.sam },
    from,
  )

/** Sam sends the form of the one appointment that there is, as it stands. */
async function post({ sam }: World, act: string, fields: Record<string, string> = {}) {
  const row = await env.DB.prepare('SELECT id, version FROM appointment').first<{ id: string; version: number }>()
  return sam.post(`/riverside/diary/appointments/${row?.id}/${act}`, { version: String(row?.version), ...fields })
}

const bySam = { by: 'sam', of: 'janet' } as const

/** For Janet, at a time after that of the one there is. */
async function book(world: World) {
  const row = await env.DB.prepare('SELECT start_at, type_id FROM appointment').first<{
    start_at: number
    type_id: string
  }>()
  const fields = { practitioner: world.ids.tom, patient: world.ids.janet, type: row!.type_id, form_id: 'a-form' }
  return world.sam.post('/riverside/diary/book', { ...fields, start: String(row!.start_at + 3_600_000), tell: 'on' })
}

export const appointmentLines: Line[] = [
  {
    ...bySam,
    act: 'appointment-booked',
    room: 'POST /:clinic/diary/book',
    first: janets(),
    detail: { told: true },
    does: book,
  },
  {
    ...bySam,
    act: 'appointment-arrived',
    room: room('status'),
    first: janets(),
    detail: { from: 'booked' },
    does: (world) => post(world, 'status', { status: 'arrived' }),
  },
  {
    ...bySam,
    act: 'appointment-fulfilled',
    room: room('status'),
    first: janets(-1),
    detail: { from: 'booked' },
    does: (world) => post(world, 'status', { status: 'fulfilled' }),
  },
  {
    ...bySam,
    act: 'appointment-noshow',
    room: room('status'),
    first: janets(-1),
    detail: { from: 'booked' },
    does: (world) => post(world, 'status', { status: 'noshow' }),
  },
  {
    ...bySam,
    act: 'appointment-status-undone',
    room: room('undo'),
    first: async (world) => {
      await janets()(world)
      await post(world, 'status', { status: 'arrived' })
    },
    detail: { from: 'arrived', to: 'booked' },
    does: (world) => post(world, 'undo'),
  },
  {
    ...bySam,
    act: 'appointment-cancelled',
    room: room('cancellation'),
    first: janets(),
    detail: { asked: 'patient', from: 'booked', told: true },
    does: (world) => post(world, 'cancellation', { asked: 'patient', reason: 'Has a cold', tell: 'on' }),
  },
  {
    ...bySam,
    act: 'appointment-moved',
    room: room('move'),
    first: janets(),
    detail: { told: true },
    does: async (world) => {
      const at = (await env.DB.prepare('SELECT start_at FROM appointment').first<number>('start_at'))!
      return post(world, 'move', { practitioner: world.ids.tom, start: String(at + 3_600_000) })
    },
  },
  {
    ...bySam,
    act: 'appointment-note-changed',
    room: room('note'),
    first: janets(),
    does: (world) => post(world, 'note', { note: 'Bring the letter' }),
  },
]
