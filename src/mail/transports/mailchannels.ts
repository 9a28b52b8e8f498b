/** MailChannels' Email API by its SDK. Needs the secret MAILCHANNELS_API_KEY and the domain's lockdown record. */
import { MailChannels } from 'mailchannels-sdk'
import type { Sent, Transport } from '../transport.ts'

export const mailchannelsTransport: Transport = async (env, { id, to, clinicName, letter }) => {
  const client = new MailChannels(env.MAILCHANNELS_API_KEY ?? '', { baseUrl: env.MAILCHANNELS_URL })
  const { success, error } = await client.emails.send({
    from: { email: env.MAIL_FROM, name: clinicName },
    to: [{ email: to }],
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    headers: { 'X-Entity-Ref-ID': id },
    tracking: { click: false, open: false },
    transactional: true,
  })
  return success ? { ok: true } : refusal(error?.statusCode ?? 0)
}

/** Asking again helps against trouble and against a wrong key, not against an address that is refused. */
function refusal(status: number): Sent {
  const isFinal = status === 400 || status === 413 || status === 422
  return { ok: false, because: isFinal ? 'refused' : 'no-answer', isFinal }
}
