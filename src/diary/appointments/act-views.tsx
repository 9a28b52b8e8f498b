import { dateIn } from '../../web/dates.ts'
import { Notice } from '../../web/parts.tsx'
import { mayMove, moveLabels, movesOf, type Status } from '../appointment.ts'
import type { ShownAppointment } from '../appointments-store.ts'
import { doneInWords, type Happened, lastAct, undoOf } from './history.ts'

interface Acted {
  base: string
  timezone: string
  appointment: ShownAppointment
  now: number
}

interface Done extends Acted {
  /** Newest first. */
  history: Happened[]
  /** The name of who looks. */
  me: string
  done?: string
}

/** What was done last, and the way back, for as long as there is one. */
export function DoneBanner({ base, appointment, history, now, me, timezone, done }: Done) {
  const last = lastAct(history)
  const undoing = undoOf(last, appointment, now)
  if (last && undoing) {
    const by = last.byStaff === me ? '' : ` by ${last.byStaff ?? 'the patient, online'}`
    return (
      <Notice>
        <form method="post" action={`${base}/diary/appointments/${appointment.id}/undo`} class="undo">
          <span>
            {doneInWords(last, timezone)}
            {by}.
          </span>{' '}
          <input type="hidden" name="version" value={String(appointment.version)} />
          <button class="link">Undo</button>
        </form>
      </Notice>
    )
  }
  if (done === 'undone') return <Notice>Taken back. It is as it was before.</Notice>
  return done === 'saved' ? <Notice>Saved.</Notice> : null
}

/** The most likely first, and each only while it may be done. */
export function ActButtons({ base, timezone, appointment, now }: Acted) {
  const here = `${base}/diary/appointments/${appointment.id}`
  const moves = movesOf(appointment, now)
  const marks = moves.filter((to) => to !== 'booked' && to !== 'cancelled' && !isStepBack(appointment.status, to))
  return (
    <div class="actions">
      {marks.map((to, index) => (
        <form method="post" action={`${here}/status`}>
          <input type="hidden" name="version" value={String(appointment.version)} />
          <input type="hidden" name="status" value={to} />
          <button class={index === 0 ? 'button' : 'button quiet'}>{moveLabels[to]}</button>
        </form>
      ))}
      {mayMove(appointment) && (
        <a
          class="button quiet"
          href={`${base}/diary/${dateIn(appointment.startAt, timezone)}?moving=${appointment.id}`}
        >
          Move
        </a>
      )}
      {moves.includes('cancelled') && (
        <a class="button quiet" href={`${here}/cancellation`}>
          Cancel appointment
        </a>
      )}
    </div>
  )
}

/** From seen to arrived is taking back: the banner has it. */
const isStepBack = (from: Status, to: Status): boolean => from === 'fulfilled' && to === 'arrived'
