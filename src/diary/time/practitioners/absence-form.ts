/** An absence as it is typed: days, and times only where it is a part of a day. */
import type { Problems } from '../../../web/form.ts'
import { absenceProblems, readAbsence } from '../absence.ts'
import { Reading } from '../reading.ts'
import type { Span } from '../span.ts'
import { readClock } from '../working-hours.ts'

export interface NewAbsence {
  span: Span
  reason: string
}

export function readNewAbsence(
  typed: Record<string, string>,
  zone: string,
  now: number,
): { read: NewAbsence | null; problems: Problems } {
  const read = new Reading(typed)
  const fromDate = read.date('from_date', 'The first day', 'Enter the first day')
  const fromMinute = clock(read, 'from_time')
  const untilDate = read.date('until_date', 'The last day') ?? fromDate
  const untilMinute = clock(read, 'until_time')
  const reason = read.line('reason', 'The reason', 200)
  const { problems } = read
  if (Object.keys(problems).length > 0 || fromDate === null || untilDate === null) return { read: null, problems }
  const verdict = readAbsence({ fromDate, untilDate, fromMinute, untilMinute }, zone, now)
  if (verdict.ok) return { read: { span: verdict.span, reason }, problems }
  const field = read.text('until_date') === '' && read.text('until_time') !== '' ? 'until_time' : 'until_date'
  return { read: null, problems: { [field]: absenceProblems[verdict.because] } }
}

/** A minute of the day; null for the whole of it, and beside its sentence. */
function clock(read: Reading, name: 'from_time' | 'until_time'): number | null {
  const text = read.text(name)
  if (text === '') return null
  const minute = readClock(text, name === 'until_time' ? 'end' : undefined)
  if (minute === null) read.problems[name] = 'Enter a time, like 2pm or 14:00, or leave it empty for the whole day'
  return minute
}
