/** A patient's online access as a word with a shape. */
import type { AccessState } from '../online-access/online-access.ts'
import { StateMark, stateHtml } from '../web/parts.tsx'

export const accessLabels: Record<AccessState, string> = {
  active: 'Active',
  invited: 'Invited',
  inactive: 'Inactive',
  none: 'Not registered',
}

const shapes = { active: 'tick', invited: 'ring', inactive: 'cross', none: 'dash' } as const

export const AccessMark = ({ state }: { state: AccessState }) => (
  <StateMark shape={shapes[state]}>{accessLabels[state]}</StateMark>
)

/** The same for a template. */
export const accessMarkHtml = (state: AccessState) => stateHtml(shapes[state], accessLabels[state])
