/** What types and practitioners are given by choosing: one of eight colours, and some of what there is, by ticks. */
import { Reading } from './reading.ts'

const colourNames = ['Teal', 'Blue', 'Yellow', 'Pink', 'Green', 'Violet', 'Orange', 'Sky blue'] as const

/** 1 to 8; what is none of them is the first. */
export function readColour(typed: Record<string, string>): number {
  const chosen = Number(new Reading(typed).text('colour'))
  return Number.isInteger(chosen) && chosen >= 1 && chosen <= colourNames.length ? chosen : 1
}

export const ColourField = ({ chosen }: { chosen: string }) => (
  <div class="field">
    <label for="colour">Colour in the diary</label>
    <select id="colour" name="colour" class="medium">
      {colourNames.map((name, index) => (
        <option value={String(index + 1)} selected={String(index + 1) === chosen}>
          {name}
        </option>
      ))}
    </select>
  </div>
)

export const ColourDot = ({ colour }: { colour: number }) => (
  <span class={`dot-of dot-${colour}`} aria-hidden="true"></span>
)

/** Boxes to tick, each a field of its own: a form of ours holds no name twice. */
export function TickList(props: {
  prefix: string
  legend: string
  hint?: string
  none: string
  choices: { id: string; label: string }[]
  typed: Record<string, string>
}) {
  const { prefix, legend, hint, none, choices, typed } = props
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      {choices.length === 0 && <p class="muted">{none}</p>}
      {choices.map(({ id, label }) => (
        <div class="tick">
          <input
            id={`${prefix}${id}`}
            name={`${prefix}${id}`}
            type="checkbox"
            value="on"
            checked={typed[`${prefix}${id}`] === 'on'}
          />
          <label for={`${prefix}${id}`}>{label}</label>
        </div>
      ))}
    </fieldset>
  )
}

/** Of the choices that there are, those that are ticked. */
export const tickedIds = (typed: Record<string, string>, prefix: string, choices: { id: string }[]): string[] =>
  choices.filter(({ id }) => typed[`${prefix}${id}`] === 'on').map(({ id }) => id)

export const typedTicks = (prefix: string, ids: string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [`${prefix}${id}`, 'on']))
