/** One place up in a list, without dragging; and what the list says when that was done. */
import { apart } from '../../web/apart.ts'
import { Notice, wordsFor } from '../../web/parts.tsx'

interface Thing {
  id: string
  name: string
}

/** What the address of a list says was done. */
export interface DoneHere {
  done?: string
  /** With 'ordered': the id of what was moved up. */
  moved?: string
}

interface MoveUpProps {
  action: string
  name: string
  /** It was just pressed: whoever moves something far presses again. */
  moved?: boolean
}

export const MoveUp = ({ action, name, moved }: MoveUpProps) => (
  <form method="post" action={action}>
    <button class="button quiet" autofocus={moved} aria-describedby={moved && 'done'}>
      Move up<span class="hidden"> {name}</span>
    </button>
  </form>
)

/** On the link of the first in the list, which has no button: the focus stays in its row. */
export const focusIf = (moved: boolean) => moved && { autofocus: true, 'aria-describedby': 'done' }

/** The status line. @param props.where for whom the order holds */
export function DoneInOrder(props: DoneHere & { words: Record<string, string>; things: Thing[]; where: string }) {
  const { words, things, done = '', moved, where } = props
  const at = done === 'ordered' ? things.findIndex(({ id }) => id === moved) : -1
  const place = at === 0 ? `the first of ${things.length}` : `number ${at + 1} of ${things.length}`
  const said = at < 0 ? wordsFor(words, done) : `${apart(things[at]!.name)} is now ${place}, ${where}.`
  return said ? <Notice id="done">{said}</Notice> : null
}
