/** One mail as staff read of it: what it was, to whom, when, and whether it went out. */
import type { Child } from 'hono/jsx'
import { momentInWords } from '../web/dates.ts'
import { deliveryInWords, type MailKind, mailKinds } from './mail-kind.ts'
import type { MailLine as Line } from './mail-store.ts'

export function MailLine(props: { mail: Line; now: number; timezone: string; to?: Child }) {
  const { mail, now, timezone } = props
  return (
    <li class={mail.failure ? 'wrong' : undefined}>
      <strong>{mailKinds[mail.kind as MailKind] ?? mail.kind}</strong> to {props.to ?? mail.toAddress}
      <p class="meta">
        {momentInWords(mail.createdAt, timezone)}. {deliveryInWords(mail, now)}.
      </p>
    </li>
  )
}
