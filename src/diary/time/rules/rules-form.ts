/** The booking rules as the manager types them, what is wrong with them, and what patients will meet, in words. */
import type { BookingRules } from '../../../schema.ts'
import type { Problems } from '../../../web/form.ts'
import { counted } from '../../../web/numbers.ts'
import { type SlotRule, slotRules } from '../../booking-rules.ts'
import type { RulesFacts } from '../clinic-time-store.ts'
import { Reading } from '../reading.ts'

export const grids = [5, 10, 15, 20, 30, 60] as const // minutes

export const ruleLabels = {
  is_online: 'Patients may book online',
  offline_message: 'What patients read while it is off',
  notice_hours: 'Earliest notice, in hours',
  ahead_days: 'How far ahead, in days',
  most_upcoming: 'Most appointments ahead of one patient',
  new_only: 'New patients start with a type that is for new patients only',
  slot_rule: 'Which free times are offered',
  grid: 'Times begin every',
  cancel_hours: 'Cancellation notice, in hours',
  reminder_hours: 'Reminder by email, in hours before',
} as const
type Field = keyof typeof ruleLabels
const fields = Object.keys(ruleLabels) as Field[]

export function readRules(typed: Record<string, string>): { rules: RulesFacts; problems: Problems } {
  const read = new Reading(typed)
  const rules: RulesFacts = {
    isOnline: read.ticked('is_online'),
    offlineMessage: read.line('offline_message', 'The message', 300),
    earliestNoticeMinutes: Math.round(
      read.number('notice_hours', { from: 0, to: 720, step: 1 / 60 }, sentences.notice_hours) * 60,
    ),
    furthestAheadDays: read.number('ahead_days', { from: 1, to: 366 }, sentences.ahead_days),
    mostUpcoming: read.number('most_upcoming', { from: 1, to: 50 }, sentences.most_upcoming),
    newPatientsNewTypesOnly: read.ticked('new_only'),
    slotRule: oneOf(slotRuleCodes, 'slot_rule', read),
    gridMinutes: oneOf(grids, 'grid', read),
    cancelNoticeHours: read.number('cancel_hours', { from: 0, to: 336 }, sentences.cancel_hours),
    reminderHours:
      read.text('reminder_hours') === ''
        ? null
        : read.number('reminder_hours', { from: 1, to: 336 }, sentences.reminder_hours),
  }
  const { problems } = read
  const isNever = rules.earliestNoticeMinutes >= rules.furthestAheadDays * 1440
  if (Object.keys(problems).length === 0 && isNever) problems.ahead_days = sentences.never
  return { rules, problems }
}

/** What the page does not offer comes from no form of ours; the first stands beside its sentence. */
function oneOf<T extends string | number>(offered: readonly T[], name: 'slot_rule' | 'grid', read: Reading): T {
  const chosen = offered.find((each) => String(each) === read.text(name))
  if (chosen === undefined) read.problems[name] = sentences[name]
  return chosen ?? offered[0]!
}

const slotRuleCodes = Object.keys(slotRules) as SlotRule[]

const sentences = {
  notice_hours: 'Earliest notice must be a number of hours from 0 to 720, like 2 or 0.5',
  ahead_days: 'How far ahead must be a number of days from 1 to 366',
  slot_rule: 'Choose which free times are offered',
  grid: 'Choose how often times begin',
  most_upcoming: 'Most appointments ahead must be a number from 1 to 50',
  cancel_hours: 'Cancellation notice must be a number of hours from 0 to 336',
  reminder_hours: 'Reminder must be a number of hours from 1 to 336, or empty for none',
  never: 'How far ahead must be more than the earliest notice, or nobody can book',
}

/** As the form shows them. */
export const typedRules = (rules: RulesFacts): Record<Field, string> => ({
  is_online: rules.isOnline ? 'on' : '',
  offline_message: rules.offlineMessage,
  notice_hours: String(Math.round((rules.earliestNoticeMinutes / 60) * 10_000) / 10_000),
  ahead_days: String(rules.furthestAheadDays),
  most_upcoming: String(rules.mostUpcoming),
  new_only: rules.newPatientsNewTypesOnly ? 'on' : '',
  slot_rule: rules.slotRule,
  grid: String(rules.gridMinutes),
  cancel_hours: String(rules.cancelNoticeHours),
  reminder_hours: rules.reminderHours === null ? '' : String(rules.reminderHours),
})

/** What differs between two versions, each as it is read on the page. */
export function changedRules(before: RulesFacts, after: RulesFacts) {
  const [saved, yours] = [typedRules(before), typedRules(after)]
  const shown = (field: Field, value: string) =>
    field === 'is_online' || field === 'new_only'
      ? value === 'on'
        ? 'Yes'
        : 'No'
      : field === 'slot_rule'
        ? slotRules[value as BookingRules['slotRule']].label
        : value
  return fields
    .filter((field) => saved[field] !== yours[field])
    .map((field) => ({
      field,
      label: ruleLabels[field],
      now: shown(field, saved[field]),
      typed: shown(field, yours[field]),
    }))
}

/** What patients will meet, a sentence each. */
export function rulesInWords(rules: RulesFacts): string[] {
  const { earliestNoticeMinutes: notice, cancelNoticeHours: cancel, reminderHours, mostUpcoming: most } = rules
  const reminded = reminderHours
    ? `They are reminded by email ${hoursInWords(reminderHours)} before.`
    : 'They are not reminded.'
  const changed =
    cancel === 0
      ? 'They can cancel or change an appointment themselves until it begins.'
      : `They can cancel or change an appointment themselves until ${hoursInWords(cancel)} before. After that they call the clinic.`
  if (!rules.isOnline) {
    const message = rules.offlineMessage
      ? `They read: “${rules.offlineMessage}”`
      : 'They read that they can call the clinic.'
    return ['Patients cannot book online.', message, changed, reminded]
  }
  const from = notice === 0 ? 'up to' : `from ${minutesInWords(notice)} to`
  return [
    `Patients can book ${from} ${daysInWords(rules.furthestAheadDays)} ahead.`,
    slotRules[rules.slotRule].sentence,
    `Times begin every ${rules.gridMinutes === 60 ? 'hour' : minutesInWords(rules.gridMinutes)}.`,
    most === 1
      ? 'A patient can have one appointment ahead of them.'
      : `A patient can have ${most} appointments ahead of them.`,
    ...(rules.newPatientsNewTypesOnly ? ['New patients choose among the types that are for new patients only.'] : []),
    changed,
    reminded,
  ]
}

const daysInWords = (days: number): string => (days % 7 === 0 ? counted(days / 7, 'week') : counted(days, 'day'))
const hoursInWords = (hours: number): string => minutesInWords(hours * 60)

/** "45 minutes", "2 hours", "1 hour 30 minutes", "3 days" */
export function minutesInWords(minutes: number): string {
  if (minutes >= 2880 && minutes % 1440 === 0) return counted(minutes / 1440, 'day')
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 && counted(hours, 'hour'), (rest > 0 || hours === 0) && counted(rest, 'minute')]
    .filter(Boolean)
    .join(' ')
}

/** What can be booked online at all, by what is set elsewhere. */
export interface Bookable {
  /** Practitioners who see patients now. */
  practitioners: number
  /** Those of them who have working hours, today or later. */
  withHours: number
  /** Types that can be booked, by staff or online. */
  types: number
  /** Types for the web that somebody with working hours does. */
  online: number
}

interface Contradiction {
  sentence: string
  /** The room of the settings where it is put right. */
  room?: 'practitioners' | 'appointment-types'
}

/** Nothing of this is refused: the manager may be on the way from one page to the next. */
export function contradictions(rules: RulesFacts, bookable: Bookable): Contradiction[] {
  const found: Contradiction[] = []
  if (rules.isOnline && bookable.withHours === 0)
    found.push({
      sentence: 'Online booking is on, but no practitioner has working hours. Nobody can book anything.',
      room: 'practitioners',
    })
  else if (rules.isOnline && bookable.online === 0)
    found.push({
      sentence: 'Online booking is on, but there is no appointment type that can be booked online.',
      room: 'appointment-types',
    })
  if (rules.reminderHours && rules.reminderHours < rules.cancelNoticeHours)
    found.push({
      sentence:
        'The reminder comes when it is already too late to cancel online. Send it earlier, or shorten the notice.',
    })
  return found
}
