/** What patients are told about their appointments. A mailbox may be shared: when, where and with whom, never what for. */
import { type Attachment, type Letter, letter } from '../../mail/letter.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { counted } from '../../web/numbers.ts'
import { mayChange } from '../booking-rules.ts'
import { type AppointmentEvent, calendarOf, inOneLine } from './appointment-event.ts'

export const messages = ['booked', 'moved', 'cancelled', 'reminder'] as const
export type Message = (typeof messages)[number]

export interface Told extends AppointmentEvent {
  /** What to call the patient. */
  called: string
  /** Whoever has no online access can do nothing online: they are told whom to call. */
  hasAccess: boolean
  /** Its time can be changed online, by this patient: else they call for that. */
  isMovedOnline: boolean
  /** Online booking is on. */
  isOnline: boolean
  /** Hours before it in which only the clinic can cancel it. */
  cancelNoticeHours: number
  now: number
}

const subjects: Record<Message, string> = {
  booked: 'Your appointment',
  moved: 'Your appointment has a new time',
  cancelled: 'Your appointment is cancelled',
  reminder: 'Reminder of your appointment',
}

const openings: Record<Message, (clinic: string) => string> = {
  booked: (clinic) => `Your appointment at ${clinic} is booked.`,
  moved: (clinic) => `Your appointment at ${clinic} has been moved. This is the new time:`,
  cancelled: (clinic) => `Your appointment at ${clinic} at this time is cancelled:`,
  reminder: (clinic) => `You have an appointment at ${clinic}.`,
}

export const appointmentLetter = (message: Message, told: Told): Letter =>
  letter({
    clinic: told.clinic,
    subject: `${subjects[message]} – ${told.clinic.name}`,
    paragraphs: [`Dear ${told.called}`, openings[message](told.clinic.name)],
    facts: factsOf(told),
    action: told.hasAccess ? actionOf(message, told) : undefined,
    after: afterwards(message, told),
    attachments: message === 'reminder' ? [] : [fileOf(message, told)],
  })

function factsOf({ clinic, practitionerName, startAt }: Told) {
  const when = [
    { term: 'Day', value: dayInWords(startAt, clinic.timezone) },
    { term: 'Time', value: timeInWords(startAt, clinic.timezone) },
    { term: 'With', value: apart(practitionerName) },
  ]
  return clinic.address ? [...when, { term: 'Where', value: inOneLine(clinic.address) }] : when
}

const actionOf = (message: Message, { clinicUrl, isOnline }: Told) =>
  message === 'cancelled' && isOnline
    ? { label: 'Book another time', href: `${clinicUrl}/book` }
    : { label: 'See your appointments', href: `${clinicUrl}/appointments` }

/** Nothing is promised that the patient's own page does not offer. */
function afterwards(message: Message, told: Told): string[] {
  const { clinic, cancelNoticeHours, hasAccess, now } = told
  const call = `call ${clinic.name} on ${clinic.phone}`
  if (message === 'cancelled') return [`If this was not what you wanted, ${call}.`]
  if (!hasAccess || !mayChange(told, told, now).ok) return [`If you cannot come, ${call}.`]
  const notice = cancelNoticeHours > 0 ? ` up to ${hoursInWords(cancelNoticeHours)} before it` : ''
  return told.isMovedOnline
    ? [`If you cannot come, you can cancel or change it online${notice}. After that, ${call}.`]
    : [`If you cannot come, you can cancel it online${notice}. After that, or to change it, ${call}.`]
}

const hoursInWords = (hours: number): string => (hours % 24 === 0 ? counted(hours / 24, 'day') : counted(hours, 'hour'))

const fileOf = (message: Message, told: Told): Attachment => ({
  filename: 'appointment.ics',
  type: `text/calendar; charset=utf-8; method=${message === 'cancelled' ? 'CANCEL' : 'PUBLISH'}`,
  text: calendarOf(told, told.now),
})
