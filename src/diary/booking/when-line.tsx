/** When an appointment is, in one line: "Tuesday 24 November 2026 at 9:30am". Always on the clinic's clock. */
import { dayInWords, timeInWords } from '../../web/dates.ts'

export function WhenLine({ at, zone }: { at: number; zone: string }) {
  return (
    <time datetime={new Date(at).toISOString()}>
      {dayInWords(at, zone)} at {timeInWords(at, zone)}
    </time>
  )
}
