/** The site map: what every request meets, in order, and which room answers which address. */
import { Hono, type MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { actingForRoutes } from './acting-for/routes.tsx'
import type { App } from './ask.ts'
import { auditRoutes } from './audit/routes.tsx'
import { aboutPage } from './clinic/about.tsx'
import { atTheClinic } from './clinic/at-the-clinic.ts'
import { linksRoutes } from './clinic/links-routes.tsx'
import { lookFileRoutes } from './clinic/look/file-routes.tsx'
import { noticeRoutes } from './clinic/privacy/notice-routes.tsx'
import { settingsRoutes } from './clinic/settings-routes.tsx'
import { calendarRoutes, feedRoutes } from './diary/messages/feed-routes.tsx'
import { diaryRoutes } from './diary/routes.tsx'
import { logonRoutes } from './front-door/logon-routes.tsx'
import { ownRoutes } from './front-door/own-routes.tsx'
import { passkeyLogonRoutes } from './front-door/passkeys/passkey-logon-routes.tsx'
import { forgottenRoutes } from './front-door/passwords/forgotten-routes.tsx'
import { requirementRoutes } from './front-door/second-factor/requirement-routes.tsx'
import { stepRoutes } from './front-door/second-factor/step-routes.tsx'
import { behindTheDoor } from './front-door/sessions/guard.ts'
import { mailboxRoutes } from './mail/mailbox.tsx'
import { onlineAccessRoutes } from './online-access/routes.tsx'
import { emailProofRoutes } from './patients/own/email-proof-routes.tsx'
import { patientRoutes } from './patients/routes.tsx'
import { deskRoutes } from './registration/desk/desk-routes.tsx'
import { registrationRoutes } from './registration/routes.tsx'
import { staffRoutes } from './staff/routes.tsx'
import { answerTrouble, notFound, wrongMethod } from './trouble-pages.tsx'
import { appearanceOf, appearanceRoutes } from './web/appearance.ts'
import { formAt } from './web/form-at.ts'
import { emptyFrame } from './web/frame.ts'
import { limitedBody, overHttps, ownPostsOnly, withSafeHeaders } from './web/guards.ts'

const startOfRequest: MiddlewareHandler<App> = async (c, next) => {
  c.set('now', Date.now())
  c.set('frame', { ...emptyFrame(c.req.path), appearance: appearanceOf(c), formAt: formAt(c, app.routes) })
  await next()
}

export const app = new Hono<App>({ strict: false })

app.use(withSafeHeaders, startOfRequest, overHttps)
app.use(methodNotAllowed({ app, onMethodNotAllowed: wrongMethod }))
app.use(limitedBody)

app.get('/', aboutPage)
app.route('/dev', mailboxRoutes) // nothing but 404 unless the deployment is configured with a mailbox
app.use('/:clinic/*', atTheClinic)
app.use(ownPostsOnly) // behind the clinic, whose audit hears of it

// Open to everyone: the front door, and what leads to it.
app.route('/:clinic', logonRoutes)
app.route('/:clinic', stepRoutes)
app.route('/:clinic', passkeyLogonRoutes)
app.route('/:clinic', forgottenRoutes)
app.route('/:clinic', registrationRoutes)
app.route('/:clinic', emailProofRoutes)
app.route('/:clinic', noticeRoutes)
app.route('/:clinic', lookFileRoutes)
app.route('/:clinic', appearanceRoutes)
app.route('/:clinic', calendarRoutes) // by a secret address

// Shut by default: everything below needs a session, and each room says whom it is for.
app.use('/:clinic/*', behindTheDoor)
app.route('/:clinic', ownRoutes)
app.route('/:clinic', actingForRoutes)
app.route('/:clinic', diaryRoutes)
app.route('/:clinic', feedRoutes)
app.route('/:clinic', patientRoutes)
app.route('/:clinic', onlineAccessRoutes)
app.route('/:clinic', deskRoutes)
app.route('/:clinic', staffRoutes)
app.route('/:clinic', settingsRoutes)
app.route('/:clinic', requirementRoutes)
app.route('/:clinic', linksRoutes)
app.route('/:clinic', auditRoutes)

app.notFound(notFound)
app.onError(answerTrouble)
