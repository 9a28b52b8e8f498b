/**
 * `/dev/mailbox`: every mail of the local deployment, newest first. It is there only where the configuration names
 * the transport and binds the namespace, which no deployment does; it never depends on a host name.
 */
import { Hono, type MiddlewareHandler } from 'hono'
import type { App } from '../ask.ts'
import { momentInWords } from '../web/dates.ts'
import { show } from '../web/page.tsx'
import { NotFound } from '../web/trouble.ts'
import { type KeptMail, keptMails } from './transports/mailbox.ts'

const onlyWithMailbox: MiddlewareHandler<App> = async (c, next) => {
  if (c.env.MAIL_TRANSPORT !== 'mailbox' || !c.env.MAILBOX) throw new NotFound()
  await next()
}

export const mailboxRoutes = new Hono<App>()
  .get('/mailbox', onlyWithMailbox, async (c) =>
    show(c, { title: 'Mailbox', children: <MailboxPage mails={await keptMails(c.env.MAILBOX!)} /> }),
  )
  .get('/mailbox.json', onlyWithMailbox, async (c) => c.json(await keptMails(c.env.MAILBOX!)))

function MailboxPage({ mails }: { mails: KeptMail[] }) {
  return (
    <>
      <h1>Mailbox</h1>
      <p class="lead">Every mail that this local diary has sent, newest first. Nothing has left this computer.</p>
      {mails.length === 0 && <p class="empty">No mail yet. Ask for a registration link, and reload this page.</p>}
      {mails.map((mail) => (
        <article class="panel mail">
          <h2>{mail.subject}</h2>
          <p class="meta">
            To {mail.to}, {momentInWords(Date.parse(mail.createdAt), 'Europe/London')}
          </p>
          <MailText text={mail.text} />
          {mail.attachments?.map((file) => (
            <p class="meta">With {file.filename}</p>
          ))}
        </article>
      ))}
    </>
  )
}

/** The plain part, with its links to follow. */
function MailText({ text }: { text: string }) {
  return (
    <div class="mail-text">
      {text.split('\n').map((line) => (
        <p>{/^https?:\/\/\S+$/.test(line) ? <a href={line}>{line}</a> : line}</p>
      ))}
    </div>
  )
}
