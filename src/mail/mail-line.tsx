/** One mail as staff read of it: what it was, to whom, when, and whether it went out. */
import type { Child } from 'hono/jsx'
import { momentInWords } from '../web/dates.ts'
import { StateMark } from '../web/parts.tsx'
import { type MailKind, mailKinds } from './mail-kind.ts'
import { type Delivery, deliveryInWords, mailState, mailStates } from './mail-state.ts'
import type { MailLine as Line } from './mail-store.ts'

export function MailLine(props: { mail: Line; now: number; timezone: string; to?: Child }) {
  const { mail, now, timezone } = props
  return (
    <li class={mail.failure ? 'wrong' : undefined}>
      <strong>{mailKinds[mail.kind as MailKind] ?? mail.kind}</strong> to {props.to ?? mail.toAddress}
      <p class="meta">
        {momentInWords(mail.createdAt, timezone)}. <DeliveryMark mail={mail} now={now} />
      </p>
    </li>
  )
}

/** Its state with a shape, and the reason in words. */
export const DeliveryMark = ({ mail, now }: { mail: Delivery; now: number }) => (
  <StateMark shape={mailStates[mailState(mail)].shape}>{deliveryInWords(mail, now)}.</StateMark>
)
