/** An appointment's status: a word with a shape, the same wherever it stands. */
import { StateMark } from '../web/parts.tsx'
import { type Status, statusLabels } from './appointment.ts'

const shapes = {
  booked: 'ring',
  arrived: 'dot',
  fulfilled: 'tick',
  noshow: 'cross',
  cancelled: 'dash',
} as const satisfies Record<Status, string>

export const StatusMark = ({ status }: { status: Status }) => (
  <StateMark shape={shapes[status]}>{statusLabels[status]}</StateMark>
)
