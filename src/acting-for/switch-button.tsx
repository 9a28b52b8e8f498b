/** The one form by which an account holder turns to a patient, or back to themselves. */
interface Props {
  base: string
  /** The id of whom they turn to. */
  patient: string
  /** Where they want to be then; else at home. */
  next?: string
  isSecondary?: boolean
  children: string
}

export function SwitchButton({ base, patient, next, isSecondary, children }: Props) {
  return (
    <form method="post" action={`${base}/acting-for`} class="actions">
      <input type="hidden" name="patient" value={patient} />
      {next && <input type="hidden" name="next" value={next} />}
      <button class={isSecondary ? 'button secondary' : 'button'}>{children}</button>
    </form>
  )
}
