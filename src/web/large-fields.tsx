/** The parts of a form that take more room: a long text, one of many choices, a file. They are tied together like the small ones. */
import type { Child } from 'hono/jsx'
import { describedBy, type FieldProps, Hint, Problem } from './fields.tsx'

type LargeProps = Pick<FieldProps, 'name' | 'label' | 'hint' | 'problem' | 'value' | 'optional'>

export function LongText({ rows = 4, ...props }: LargeProps & { rows?: number }) {
  const { name, hint, problem, value } = props
  return (
    <Labelled {...props}>
      <textarea id={name} name={name} rows={rows} dir="auto" {...describedBy(name, hint, problem)}>
        {`\n${value ?? ''}`}
      </textarea>
    </Labelled>
  )
}

export interface ChoiceGroup {
  label: string
  choices: { value: string; label: string }[]
}

/** Groups without a name stand first, on their own. */
export function SelectField({ groups, ...props }: LargeProps & { groups: ChoiceGroup[] }) {
  const { name, hint, problem, value } = props
  return (
    <Labelled {...props}>
      <select id={name} name={name} {...describedBy(name, hint, problem)}>
        {groups.map((group) => (
          <optgroup label={group.label}>
            {group.choices.map((choice) => (
              <option value={choice.value} selected={choice.value === value}>
                {choice.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </Labelled>
  )
}

/** @param accept the kinds of files that the browser offers; the room looks for itself */
export function FileField({ accept, ...props }: LargeProps & { accept: string }) {
  const { name, hint, problem } = props
  return (
    <Labelled {...props}>
      <input id={name} name={name} type="file" accept={accept} {...describedBy(name, hint, problem)} />
    </Labelled>
  )
}

function Labelled({ name, label, hint, problem, optional, children }: LargeProps & { children: Child }) {
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for={name}>
        {label}
        {optional && <span class="optional"> (optional)</span>}
      </label>
      <Hint name={name} hint={hint} />
      <Problem name={name} problem={problem} />
      {children}
    </div>
  )
}

/**
 * Several to choose from: their group says what is wrong. The first of them carries the field's name as its id, where the
 * error summary leads.
 */
export function Choices(props: { name: string; legend: string; problem?: string; children: Child }) {
  const { name, legend, problem, children } = props
  return (
    <fieldset class={problem ? 'field wrong' : 'field'} aria-describedby={problem && `${name}-problem`}>
      <legend>{legend}</legend>
      <Problem name={name} problem={problem} />
      {children}
    </fieldset>
  )
}
