/** Asked before what nobody may do who only found an open screen. */
import { PasswordField } from '../../web/fields.tsx'

export const CurrentPassword = ({ problem }: { problem?: string }) => (
  <PasswordField
    name="current_password"
    label="Current password"
    use="current-password"
    hint="To make sure that it is you"
    problem={problem}
  />
)
