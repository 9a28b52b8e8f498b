/** `/:clinic/privacy`: how the clinic uses what it is told. New patients acknowledge this version of it. */
import { Hono } from 'hono'
import type { App } from '../ask.ts'
import { PhoneLink } from '../web/layout.tsx'
import { show } from '../web/page.tsx'

export const privacyRoutes = new Hono<App>().get('/privacy', (c) =>
  show(c, { title: 'How we use your information', children: <PrivacyNotice {...c.var.clinic} /> }),
)

/** The standard notice, version 1. A clinic's own text comes with its settings. */
function PrivacyNotice({
  name,
  phone,
  privacyNoticeVersion,
}: {
  name: string
  phone: string
  privacyNoticeVersion: number
}) {
  return (
    <>
      <h1>How we use your information</h1>
      <p class="lead">{name} keeps what you tell us so that we can look after you. We use it for nothing else.</p>
      <h2>What we keep</h2>
      <p>
        Your name, date of birth, phone number, email address and postal address, and the appointments you have with us.
        We keep a note of when you log on.
      </p>
      <h2>Who sees it</h2>
      <p>
        The staff of {name}, as far as their work needs it. The companies that run the diary’s computers and send its
        mails for us may not use it for anything of their own. There is no advertising and no tracking on these pages.
      </p>
      <h2>How long</h2>
      <p>
        As long as you are our patient, and afterwards as long as the law asks of health records. If you ask to register
        and it comes to nothing, we delete what you sent after 30 days.
      </p>
      <h2>Cookies</h2>
      <p>
        One cookie keeps you logged on, one remembers that you have logged on from this device, and one remembers
        whether you like the pages light or dark. None is shared with anybody.
      </p>
      <h2>Your rights</h2>
      <p>
        You can ask to see what we hold, to have it put right, or to object. Call us on <PhoneLink phone={phone} />. You
        can also complain to the Information Commissioner’s Office.
      </p>
      <p class="muted">Version {privacyNoticeVersion}</p>
    </>
  )
}
