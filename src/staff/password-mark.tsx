/** Whether somebody of the staff can log on, in words (rule M4). */
import type { Staff } from '../schema.ts'
import { distanceInWords } from '../web/dates.ts'
import { StateMark } from '../web/parts.tsx'

export function PasswordMark({ member, now }: { member: Staff; now: number }) {
  if (member.deactivatedAt !== null) return <StateMark shape="dash">Deactivated: cannot log on</StateMark>
  if (member.passwordKind === null) return <StateMark shape="cross">No password: cannot log on</StateMark>
  if (member.passwordKind === 'own') return <StateMark shape="tick">Has a password</StateMark>
  if (member.temporaryUsedAt !== null)
    return <StateMark shape="ring">Temporary password, used, not changed yet</StateMark>
  const expiresAt = member.temporaryExpiresAt ?? 0
  if (expiresAt <= now) return <StateMark shape="cross">Temporary password, expired: cannot log on</StateMark>
  return <StateMark shape="ring">Temporary password, expires {distanceInWords(expiresAt, now)}</StateMark>
}
