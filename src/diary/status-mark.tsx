/** An appointment's status: a word with a shape, the same wherever it stands. */
import { StateMark } from '../web/parts.tsx'
import { type Status, statusLabels, statusShapes } from './appointment.ts'

export const StatusMark = ({ status }: { status: Status }) => (
  <StateMark shape={statusShapes[status]}>{statusLabels[status]}</StateMark>
)
