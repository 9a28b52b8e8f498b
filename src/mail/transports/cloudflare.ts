/** Cloudflare Email Service: the `send_email` binding named EMAIL. The sender's domain must be onboarded. */
import type { Sent, Transport } from '../envelope.ts'
import { asBase64 } from '../letter.ts'

export const cloudflareTransport: Transport = async (env, { id, to, clinicName, letter }) => {
  if (!env.EMAIL) throw new Error('MAIL_TRANSPORT is "cloudflare", and there is no EMAIL binding')
  try {
    await env.EMAIL.send({
      from: { email: env.MAIL_FROM, name: clinicName },
      to,
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      headers: { 'X-Entity-Ref-ID': id },
      attachments: letter.attachments?.map((file) => ({
        disposition: 'attachment' as const,
        filename: file.filename,
        type: file.type,
        content: asBase64(file),
      })),
    })
    return { ok: true }
  } catch (error) {
    return refusal((error as { code?: string }).code ?? '') // the binding tells a refusal by throwing
  }
}

/** What no later try can mend. Everything else (rate limits, a sender not yet verified) is tried again. */
const finalCodes = ['E_RECIPIENT_SUPPRESSED', 'E_RECIPIENT_NOT_ALLOWED', 'E_VALIDATION_ERROR']

function refusal(code: string): Sent {
  const isFinal = finalCodes.includes(code)
  return { ok: false, because: isFinal ? 'refused' : 'no-answer', isFinal }
}
