/** MailChannels' Email API by its SDK. Needs the secret MAILCHANNELS_API_KEY and the domain's lockdown record. */
import { Emails, MailChannelsClient } from 'mailchannels-sdk'
import type { Bindings } from '../../environment.ts'
import type { Sent, Transport } from '../envelope.ts'
import { asBase64 } from '../letter.ts'

export const mailchannelsTransport: Transport = async (env, { id, to, clinicName, letter }, hasLeft) => {
  const { emails, status } = listening(env, hasLeft)
  const { data } = await emails.send({
    from: { email: env.MAIL_FROM, name: clinicName },
    to: [{ email: to }],
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    headers: { 'X-Entity-Ref-ID': id },
    attachments: letter.attachments?.map((file) => ({
      filename: file.filename,
      type: file.type,
      content: asBase64(file),
    })),
    tracking: { click: false, open: false },
    transactional: true,
  })
  const hasFailed = data?.results?.some((result) => result.status === 'failed')
  return hasFailed ? refused : verdict(status())
}

/**
 * The SDK follows redirects, which would carry the key and the address elsewhere, cannot be interrupted, and takes an
 * answer without words for a failure, which would send the mail again: so its requests are made stricter, and the
 * status is kept.
 */
function listening(env: Bindings, signal: AbortSignal) {
  let heard = 0
  const client = new MailChannelsClient(env.MAILCHANNELS_API_KEY ?? '', { baseUrl: env.MAILCHANNELS_URL })
  const post = client.post.bind(client)
  client.post = (path, options) =>
    post(path, {
      ...options,
      redirect: 'manual',
      signal,
      onResponse: ({ response }) => {
        heard = response.status
      },
    })
  return { emails: new Emails(client), status: () => heard }
}

const refused: Sent = { ok: false, because: 'refused', isFinal: true }

/** Asking again helps against trouble and against a wrong key, not against an address that is refused. */
function verdict(status: number): Sent {
  if (status >= 200 && status < 300) return { ok: true }
  if (status === 400 || status === 413 || status === 422) return refused
  return { ok: false, because: 'no-answer', isFinal: false }
}
