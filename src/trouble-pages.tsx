/** What a person sees when something cannot be answered. The only place that catches what a room throws. */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { OfAnother } from './acting-for/of-another.ts'
import { SwitchButton } from './acting-for/switch-button.tsx'
import type { App, Ask } from './ask.ts'
import { reportTrouble } from './environment.ts'
import { keepWanted } from './front-door/second-factor/wanted-page.ts'
import { writeRefusal } from './front-door/sessions/refusal.ts'
import { Forbidden, MayNotAct, MustAddFactor, MustChangePassword, SessionEnded } from './front-door/sessions/visit.ts'
import { fullName } from './patients/patient.ts'
import { apart } from './web/apart.ts'
import { PhoneLink } from './web/layout.tsx'
import { longestPath } from './web/own-path.ts'
import { type PageProps, show } from './web/page.tsx'
import { newReference } from './web/random.ts'
import { BadForm, ForeignPost, NotFound } from './web/trouble.ts'

export const notFound = (c: Context<App>) =>
  page(
    c,
    404,
    'Page not found',
    <p>If you typed the address, check it is right. If you followed a link, it may be old.</p>,
  )

export const wrongMethod = (c: Context<App>, allowed: string[]) => {
  c.header('Allow', allowed.join(', '))
  return page(c, 405, 'This page cannot be opened that way', <p>Go back and use the buttons on the page.</p>)
}

export function answerTrouble(error: Error, c: Context<App>): Response | Promise<Response> {
  if (error instanceof SessionEnded) return toLogon(c)
  if (error instanceof MustChangePassword) return goTo(c, `${c.var.frame.base}/password`)
  if (error instanceof MustAddFactor) return toSecondFactor(c)
  if (error instanceof MayNotAct) return mayNotAct(c)
  if (error instanceof OfAnother) return ofAnother(c, error)
  if (error instanceof NotFound) return notFound(c)
  if (error instanceof Forbidden) return refuse(c, 'role')
  if (error instanceof ForeignPost) return refuse(c, 'foreign-form')
  if (error instanceof BadForm)
    return page(c, error.status, 'We could not read that form', <p>{error.message}. Nothing was saved.</p>)
  return ourTrouble(c, error)
}

const refusals = {
  role: ['This page is not for you', 'You are logged on, but this page is for somebody else at the clinic.'],
  'foreign-form': ['This form did not come from our page', 'Open the page again and send the form from there.'],
} as const

/** Written down first: a refusal that cannot be written down is our trouble. */
async function refuse(c: Ask, because: keyof typeof refusals) {
  const [title, words] = refusals[because]
  try {
    await writeRefusal(c, because)
  } catch (trouble) {
    return ourTrouble(c, trouble as Error) // this is where whatever is thrown comes to: nobody catches behind it
  }
  return page(c, 403, title, <p>{words}</p>)
}

/** Nothing of the patient is told any more, not even the name. */
function mayNotAct(c: Ask) {
  const { base, formAt } = c.var.frame
  return page(
    c,
    403,
    'You can no longer act for this patient',
    <>
      <p>
        The clinic has let you act for somebody until now.
        {formAt !== undefined && ' What you sent was not saved.'}
      </p>
      <SwitchButton base={base} patient={c.var.visit.holderId}>
        Go on as myself
      </SwitchButton>
    </>,
  )
}

/** A link in a mail, or a page that was opened before they turned to somebody else in another tab. */
function ofAnother(c: Ask, { patient }: OfAnother) {
  const { visit, frame } = c.var
  const isTheirs = patient.id === visit.holderId
  const { actedFor } = visit.who
  const whose = isTheirs ? 'your own' : `of ${fullName(patient)}`
  return page(
    c,
    409,
    `This appointment is ${whose}`,
    <>
      <p>
        You are acting for {actedFor ? apart(actedFor) : 'yourself'} now.
        {frame.formAt !== undefined && ' What you sent was not saved.'}
      </p>
      <SwitchButton
        base={frame.base}
        patient={patient.id}
        next={`${frame.base}/appointments/${c.req.param('id') ?? ''}`}
      >
        {isTheirs ? 'Act for myself' : `Act for ${fullName(patient)}`}
      </SwitchButton>
    </>,
  )
}

/**
 * Not logged on: to the logon page, and afterwards back to where they wanted to go. Whoever sent a form is told so. A file
 * is no place to come back to: the page that it is of is (an appointment, of its calendar.ics).
 */
function toLogon(c: Ask) {
  const { base, formAt } = c.var.frame
  const wanted = wantedBy(c)
  const said = {
    ...(wanted.length <= longestPath && { next: wanted }),
    ...(formAt !== undefined && { notice: 'not-saved' }),
  }
  const query = new URLSearchParams(said).toString()
  return goTo(c, query ? `${base}?${query}` : base)
}

/** First it must be set up, and then they go on to where they wanted to go. What a page asks for by itself was wanted by nobody. */
async function toSecondFactor(c: Ask) {
  if (c.req.header('HX-Request') !== 'true') await keepWanted(c, wantedBy(c))
  return goTo(c, `${c.var.frame.base}/second-factor`)
}

/** The page that was asked for; of a form, the one that it is on. */
function wantedBy(c: Ask): string {
  const { pathname, search } = new URL(c.req.url)
  const { formAt } = c.var.frame
  return formAt === undefined ? pathname.replace(/\/[^/]*\.[a-z]+$/, '') + search : formAt || pathname
}

/** A fragment cannot show another page inside itself: htmx is told to go there instead (ux.md 3.3). */
function goTo(c: Ask, path: string) {
  if (c.req.header('HX-Request') !== 'true') return c.redirect(path, 303)
  c.header('HX-Redirect', path)
  return c.body(null, 401)
}

function ourTrouble(c: Ask, error: Error) {
  const reference = newReference()
  reportTrouble(`${c.req.method} ${c.req.routePath}`, error, reference)
  const isDatabase = /D1_ERROR|Failed query/.test(`${error.message} ${error.cause}`)
  if (isDatabase) c.header('Retry-After', '10')
  return page(
    c,
    isDatabase ? 503 : 500,
    'There is a problem with the diary',
    <p>
      The trouble is on our side. What you sent may not have been saved. Try again in a few minutes. If you call the
      clinic, say the reference <strong>{reference}</strong>.
    </p>,
  )
}

function page(c: Ask, status: PageProps['status'], title: string, words: Child) {
  const { phone, name = '', base } = c.var.frame
  return show(c, {
    title,
    status,
    children: (
      <>
        <h1>{title}</h1>
        {words}
        {phone && (
          <p>
            You can call {apart(name)} on <PhoneLink phone={phone} />.
          </p>
        )}
        {base && (
          <p class="actions">
            <a href={base}>Back to the start</a>
          </p>
        )}
      </>
    ),
  })
}
