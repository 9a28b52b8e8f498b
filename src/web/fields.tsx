/** The parts of a form. Each field knows its label, hint and problem, and ties them together for screen readers. */
import type { Child } from 'hono/jsx'
import type { Problems } from './form.ts'

/** Stands above the heading and takes the focus, with and without JavaScript (ux.md check 11 and 12). */
export function ErrorSummary({ problems }: { problems: Problems }) {
  const entries = Object.entries(problems)
  if (entries.length === 0) return null
  return (
    <div class="summary" role="alert" tabindex={-1} autofocus aria-labelledby="summary-title">
      <h2 id="summary-title">There is a problem</h2>
      <ul>
        {entries.map(([name, words]) => (
          <li>
            <a href={`#${name}`}>{words}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

export interface FieldProps {
  name: string
  /** Where the same field is on a page more than once. */
  id?: string
  label: string
  /** What tells this field from the others of the same label, for those who do not see where it stands. */
  hiddenLabel?: string
  hint?: string
  problem?: string
  value?: string
  type?: 'text' | 'email' | 'tel' | 'search' | 'date'
  inputmode?: 'email' | 'numeric' | 'tel'
  autocomplete?: string
  /** How wide the answer usually is. */
  width?: 'short' | 'medium' | 'full'
  optional?: boolean
  autocapitalize?: 'none'
  spellcheck?: boolean
}

export function TextField(props: FieldProps) {
  const { name, label, hint, problem, value, type = 'text', width = 'full', optional, spellcheck = false } = props
  const id = props.id ?? name
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for={id}>
        {label}
        {props.hiddenLabel && <span class="hidden"> {props.hiddenLabel}</span>}
        {optional && <span class="optional"> (optional)</span>}
      </label>
      <Hint name={id} hint={hint} />
      <Problem name={id} problem={problem} />
      <input
        id={id}
        name={name}
        type={type}
        value={value}
        class={width}
        dir={type === 'text' && !props.inputmode ? 'auto' : undefined}
        inputmode={props.inputmode}
        autocomplete={props.autocomplete}
        autocapitalize={props.autocapitalize}
        spellcheck={spellcheck}
        {...describedBy(id, hint, problem)}
      />
    </div>
  )
}

/** The button that shows the password appears with JavaScript only (web/look/app.js). */
export function PasswordField(props: {
  name: string
  label: string
  use: 'current-password' | 'new-password'
  hint?: string
  problem?: string
}) {
  const { name, label, use, hint, problem } = props
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for={name}>{label}</label>
      <Hint name={name} hint={hint} />
      <Problem name={name} problem={problem} />
      <div class="password">
        <input
          id={name}
          name={name}
          type="password"
          autocomplete={use}
          autocapitalize="none"
          spellcheck={false}
          {...describedBy(name, hint, problem)}
        />
        <button type="button" class="show" hidden aria-controls={name} aria-label="Show password">
          Show
        </button>
      </div>
      <p class="hidden" role="status"></p>
    </div>
  )
}

/** So that a password manager saves the pair; nothing reads it (ux.md 1.2). */
export function LogonNameForManagers({ value }: { value: string }) {
  return (
    <div class="hidden">
      <label for="logon_name">Log on with</label>
      <input
        id="logon_name"
        name="logon_name"
        type="text"
        value={value}
        autocomplete="username"
        tabindex={-1}
        readonly
      />
    </div>
  )
}

/** Three inputs `<name>_day`, `_month`, `_year`. `name` is 'dob' in product.md §4. */
export function DateFields(props: {
  name: string
  legend: Child
  hint?: string
  problem?: string
  typed: Record<string, string>
  own?: boolean
}) {
  const { name, legend, hint, problem, typed, own } = props
  const part = (unit: 'day' | 'month' | 'year', label: string) => (
    <div>
      <label for={unit === 'day' ? name : `${name}_${unit}`}>{label}</label>
      <input
        id={unit === 'day' ? name : `${name}_${unit}`}
        name={`${name}_${unit}`}
        value={typed[`${name}_${unit}`]}
        class={unit}
        inputmode={unit === 'month' ? undefined : 'numeric'}
        autocomplete={own ? `bday-${unit}` : undefined}
        {...describedBy(name, undefined, problem)}
      />
    </div>
  )
  return (
    <fieldset class={problem ? 'field date wrong' : 'field date'} {...describedBy(name, hint, undefined)}>
      <legend>{legend}</legend>
      <Hint name={name} hint={hint} />
      <Problem name={name} problem={problem} />
      <div class="date-parts">
        {part('day', 'Day')}
        {part('month', 'Month')}
        {part('year', 'Year')}
      </div>
    </fieldset>
  )
}

export function TickBox(props: { name: string; problem?: string; ticked?: boolean; hint?: string; children: Child }) {
  const { name, problem, ticked, hint, children } = props
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <Problem name={name} problem={problem} />
      <div class="tick">
        <input
          id={name}
          name={name}
          type="checkbox"
          value="on"
          checked={ticked}
          {...describedBy(name, hint, problem)}
        />
        <label for={name}>{children}</label>
      </div>
      <Hint name={name} hint={hint} />
    </div>
  )
}

export function Hint({ name, hint }: { name: string; hint?: string }) {
  return hint ? (
    <p class="hint" id={`${name}-hint`}>
      {hint}
    </p>
  ) : null
}

export function Problem({ name, problem }: { name: string; problem?: string }) {
  return problem ? (
    <p class="problem" id={`${name}-problem`}>
      <span class="hidden">Error: </span>
      {problem}
    </p>
  ) : null
}

export function describedBy(name: string, hint?: string, problem?: string) {
  const ids = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean)
  return { 'aria-describedby': ids.join(' ') || undefined, 'aria-invalid': problem ? ('true' as const) : undefined }
}
