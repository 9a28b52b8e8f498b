/**
 * MailChannels' Email API (POST /tx/v1/send). Needs the secret MAILCHANNELS_API_KEY and the domain's lockdown record.
 * By fetch: the API's own SDK follows redirects, which would carry the key and the address elsewhere, cannot be interrupted,
 * and takes an answer without words for a failure, which would send the mail again.
 */
import type { Envelope, Sent, Transport } from '../envelope.ts'
import { asBase64 } from '../letter.ts'

const api = 'https://api.mailchannels.net'

export const mailchannelsTransport: Transport = async (env, envelope, signal) => {
  const key = env.MAILCHANNELS_API_KEY
  if (!key) throw new Error('MAIL_TRANSPORT is "mailchannels", and there is no MAILCHANNELS_API_KEY')
  const answer = await fetch(`${env.MAILCHANNELS_URL ?? api}/tx/v1/send`, {
    method: 'POST',
    headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' },
    body: JSON.stringify(message(env.MAIL_FROM, envelope)),
    redirect: 'manual',
    signal,
  })
  const text = await answer.text()
  return hasFailed(text) ? refused : verdict(answer.status)
}

const message = (from: string, { id, to, clinicName, letter }: Envelope) => ({
  from: { email: from, name: clinicName },
  personalizations: [{ to: [{ email: to }] }],
  subject: letter.subject,
  content: [
    { type: 'text/plain', value: letter.text },
    { type: 'text/html', value: letter.html },
  ],
  headers: { 'X-Entity-Ref-ID': id },
  attachments: letter.attachments?.map((file) => ({
    filename: file.filename,
    type: file.type,
    content: asBase64(file),
  })),
  tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
  transactional: true,
})

/** An answer can be fine and say of its one mail that it has failed. */
function hasFailed(text: string): boolean {
  try {
    const { results } = JSON.parse(text) as { results?: { status: string }[] }
    return results?.some(({ status }) => status === 'failed') ?? false
  } catch {
    return false // an answer without words, or in other words than JSON: its status counts
  }
}

const refused: Sent = { ok: false, because: 'refused', isFinal: true }

/** Asking again helps against trouble and against a wrong key, not against an address that is refused. */
function verdict(status: number): Sent {
  if (status >= 200 && status < 300) return { ok: true }
  if (status === 400 || status === 413 || status === 422) return refused
  return { ok: false, because: 'no-answer', isFinal: false }
}
