/** The rules of the house (style.md), kept by a machine: what may import what, what a noun may touch, how long a file is. */
import { describe, expect, it } from 'vitest'
import { featureOf, type Source, sources, taken } from './support/sources.ts'

/**
 * Nouns decide and touch nothing: no I/O, no clock, no request. A new file that is no plumbing must be put on one of
 * these two lists, so that somebody decides what it is.
 */
const nouns = [
  'acting-for/grant-form.ts',
  'acting-for/grant.ts',
  'audit/audit-filter.ts',
  'audit/audit-words.ts',
  'audit/csv.ts',
  'audit/seal.ts',
  'clinic/details/clinic-details.ts',
  'audit/seal-verdict.ts',
  'audit/who.ts',
  'clinic/links.ts',
  'clinic/look/colour.ts',
  'clinic/look/logo.ts',
  'clinic/look/theme-words.ts',
  'clinic/look/theme.ts',
  'clinic/privacy/notice-text.ts',
  'clinic/registration-settings.ts',
  'clinic/set-up.ts',
  'clinic/slug.ts',
  'clinic/texts/public-words.ts',
  'diary/appointment.ts',
  'diary/appointments/book/asked.ts',
  'diary/appointments/book/decision.ts',
  'diary/appointments/history.ts',
  'diary/appointments/left.ts',
  'diary/appointments/staff-verdict.ts',
  'diary/appointments/typed.ts',
  'diary/availability.ts',
  'diary/booking-rules.ts',
  'diary/booking/choice.ts',
  'diary/booking/day-name.ts',
  'diary/booking/decision.ts',
  'diary/day.ts',
  'diary/day/day-plan.ts',
  'diary/day/moving.ts',
  'diary/day/shown.ts',
  'diary/day/waiting-room.ts',
  'diary/messages/appointment-event.ts',
  'diary/messages/feed.ts',
  'diary/messages/ical.ts',
  'diary/own/moving.ts',
  'diary/own/own-appointment.ts',
  'diary/place.ts',
  'diary/time/absence.ts',
  'diary/time/bank-holidays.ts',
  'diary/time/clinic-time.ts',
  'diary/time/closed/closed-form.ts',
  'diary/time/earlier.ts',
  'diary/time/practitioners/absence-form.ts',
  'diary/time/practitioners/practitioner-form.ts',
  'diary/time/practitioners/week-form.ts',
  'diary/time/reading.ts',
  'diary/time/rules/rules-form.ts',
  'diary/time/dates.ts',
  'diary/time/span.ts',
  'diary/time/stranded.ts',
  'diary/time/types/type-form.ts',
  'diary/time/wall-clock.ts',
  'diary/time/working-hours.ts',
  'diary/why-not.ts',
  'front-door/landing.ts',
  'front-door/lockout/lockout.ts',
  'front-door/logon-name.ts',
  'front-door/passkeys/ecdsa-signature.ts',
  'front-door/passkeys/no-attestation.ts',
  'front-door/second-factor/one-time-code.ts',
  'front-door/second-factor/recovery-code.ts',
  'front-door/sessions/browser-in-words.ts',
  'front-door/links/one-time-link.ts',
  'front-door/passwords/password-rules.ts',
  'front-door/passwords/temporary-password.ts',
  'mail/envelope.ts',
  'mail/letter.ts',
  'mail/mail-kind.ts',
  'mail/mail-state.ts',
  'mail/retry.ts',
  'mail/transports/no-webhooks.ts',
  'online-access/counter/counter.ts',
  'online-access/invitations/invitation.ts',
  'online-access/online-access.ts',
  'patients/edit/alike.ts',
  'patients/edit/email-change.ts',
  'patients/history/history-words.ts',
  'patients/merge/merge.ts',
  'patients/own/own-record.ts',
  'patients/search/patient-list.ts',
  'patients/patient-record.ts',
  'patients/search/patient-search.ts',
  'patients/patient.ts',
  'patients/search/search-ranges.ts',
  'patients/search/search-words.ts',
  'registration/birth-date.ts',
  'registration/desk/desk.ts',
  'registration/email-address.ts',
  'registration/new-patient.ts',
  'registration/registration.ts',
  'staff/account.ts',
  'staff/role.ts',
]

/** What has hands: speaks to D1, KV, the request or the mail service, and is neither route, view nor store. */
const hands = [
  'acting-for/granting.ts',
  'acting-for/of-another.ts',
  'diary/appointments/book/reading.ts',
  'diary/appointments/left-reading.ts',
  'diary/appointments/move-reading.ts',
  'diary/appointments/telling.ts',
  'diary/day/reading.ts',
  'diary/day/usual.ts',
  'diary/time/practitioners/hours-reading.ts',
  'diary/time/practitioners/practitioners-reading.ts',
  'diary/booking/kept-note.ts',
  'diary/messages/appointment-mail.ts',
  'diary/messages/reminders.ts',
  'audit/entry-by-patient.ts',
  'audit/entry-by-staff.ts',
  'clinic/at-the-clinic.ts',
  'clinic/drawn-once.ts',
  'front-door/passwords/argon2.ts',
  'front-door/lockout/device-cookie.ts',
  'front-door/sessions/door-frame.ts',
  'front-door/let-in.ts',
  'front-door/logon-refusal.ts',
  'front-door/passkeys/challenge.ts',
  'front-door/passkeys/own-passkeys.ts',
  'front-door/passkeys/webauthn.ts',
  'front-door/passwords/current-password.ts',
  'front-door/passwords/forgotten-password.ts',
  'front-door/second-factor/enrolment.ts',
  'front-door/second-factor/factor-change.ts',
  'front-door/second-factor/half-logon.ts',
  'front-door/second-factor/own-factors.ts',
  'front-door/second-factor/second-factor-try.ts',
  'front-door/second-factor/wanted-page.ts',
  'front-door/sessions/guard.ts',
  'front-door/sessions/refusal.ts',
  'front-door/logon-try.ts',
  'front-door/own-trouble.ts',
  'front-door/passwords/new-password.ts',
  'front-door/passwords/own-password.ts',
  'front-door/passwords/password.ts',
  'front-door/sessions/own-secret.ts',
  'front-door/sessions/session-cookie.ts',
  'front-door/passwords/shown-once.ts',
  'front-door/sessions/visit.ts',
  'mail/outbox.ts',
  'mail/transport.ts',
  'mail/transports/cloudflare.ts',
  'mail/transports/mailbox.ts',
  'mail/transports/mailchannels.ts',
  'online-access/mail-details.ts',
  'patients/edit/telling.ts',
  'patients/merge/becoming-one.ts',
  'registration/complete.ts',
  'registration/decide.ts',
  'staff/member.ts',
]

/** What a file exports but for types, which may be named for whoever reads a signature. */
const offered = (text: string): string[] =>
  [...text.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)].map(([, name]) => name!)

const features = [...new Set(sources.map(({ path }) => featureOf(path)))].filter((name) => name && name !== 'web')
const isPlumbing = (path: string) => /(routes|views|store|emails)\.tsx?$/.test(path) || path.endsWith('.tsx')
const offenders = (of: Source[], breaks: (source: Source) => boolean) => of.filter(breaks).map(({ path }) => path)

describe('the shape', () => {
  it('has one folder for each feature, and web/ for how we speak HTTP', () => {
    expect(features.sort()).toEqual(
      [
        'acting-for',
        'audit',
        'clinic',
        'diary',
        'front-door',
        'mail',
        'online-access',
        'patients',
        'registration',
        'staff',
      ].sort(),
    )
  })

  it('knows of every file whether it decides or has hands', () => {
    const others = sources.filter(({ path }) => features.includes(featureOf(path)) && !isPlumbing(path))
    expect(others.map(({ path }) => path).sort()).toEqual([...nouns, ...hands].sort())
  })

  it('keeps files small: the median at most 70 lines, none over 220', () => {
    const lines = sources.map((source) => source.lines).sort((a, b) => a - b)
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(70)
    const isTooLong = ({ path, lines }: Source) => lines > 220 && path !== 'schema.ts' // every table on one page
    expect(offenders(sources, isTooLong)).toEqual([])
  })

  it('shows the site map on one screen', () => {
    expect(sources.find(({ path }) => path === 'app.tsx')!.lines).toBeLessThanOrEqual(80)
  })

  it('says at the top of each file what it is for, but for views', () => {
    expect(offenders(sources, ({ path, text }) => !/views\.tsx$/.test(path) && !text.startsWith('/**'))).toEqual([])
  })

  it('has no drawer for everything', () => {
    expect(offenders(sources, ({ path }) => /util|helper|service|manager|common\.|misc/i.test(path))).toEqual([])
  })
})

describe('imports', () => {
  it('are all seen by these rules', () => {
    expect(sources.find(({ path }) => path === 'registration/decide.ts')!.imports).toContain('mail/outbox.ts')
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(300)
  })

  it('never lead into another feature’s routes or views', () => {
    const breaks = ({ path, imports }: Source) =>
      path !== 'app.tsx' && imports.some((to) => featureOf(to) !== featureOf(path) && /(routes|views)\.tsx$/.test(to))
    expect(offenders(sources, breaks)).toEqual([])
  })

  it('never lead out of web/, which knows no domain noun', () => {
    const breaks = ({ path, allImports }: Source) =>
      featureOf(path) === 'web' &&
      allImports.some((to) => featureOf(to) !== 'web' && to !== 'environment.ts' && to !== 'ask.ts')
    expect(offenders(sources, breaks)).toEqual([])
  })

  it('never go in circles, those of types neither', () => {
    const byPath = new Map(sources.map(({ path, allImports }) => [path, allImports] as const))
    const circle = (path: string, trail: string[]): string[] | null => {
      if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
      if (done.has(path)) return null
      for (const to of byPath.get(path) ?? []) {
        const found = circle(to, [...trail, path])
        if (found) return found
      }
      done.add(path)
      return null
    }
    const done = new Set<string>()
    expect(sources.map(({ path }) => circle(path, [])).filter(Boolean)).toEqual([])
  })

  it('of a noun lead to types and other nouns only', () => {
    const allowed = (to: string) =>
      nouns.includes(to) ||
      /^web\/(apart|dates|durations|numbers|form|typed-text|random|own-path)\.ts$/.test(to) ||
      to.endsWith('.txt')
    const breaks = ({ path, imports }: Source) => nouns.includes(path) && !imports.every(allowed)
    expect(offenders(sources, breaks)).toEqual([])
  })

  it('of emails lead to the letter and to nouns only: a mail is a pure function', () => {
    const breaks = ({ path, imports }: Source) =>
      path.endsWith('emails.tsx') &&
      !imports.every(
        (to) => to === 'mail/letter.ts' || /^web\/(apart|dates|durations|numbers)\.ts$/.test(to) || nouns.includes(to),
      )
    expect(offenders(sources, breaks)).toEqual([])
  })
})

describe('the code', () => {
  it('reads the clock in one place: at the start of the request', () => {
    expect(offenders(sources, ({ text }) => /Date\.now\(\)|new Date\(\)/.test(text))).toEqual(['app.tsx'])
  })

  it('takes every secret from the platform’s random numbers', () => {
    expect(offenders(sources, ({ text }) => /Math\.random/.test(text))).toEqual([])
    expect(offenders(sources, ({ text }) => /getRandomValues/.test(text)).sort()).toEqual([
      'front-door/passwords/password.ts',
      'web/random.ts',
      'web/secret.ts',
    ])
  })

  it('gives its reason wherever it catches', () => {
    const breaks = ({ text }: Source) =>
      [...text.matchAll(/catch(?: \(\w+\))? \{\n([^\n]*)\n([^\n]*)/g)].some(
        ([, first, second]) => !/\/\/|reportTrouble|throw/.test(`${first}${second}`),
      )
    expect(offenders(sources, breaks)).toEqual([])
  })

  it('writes no style and no script into a page (CSP)', () => {
    const found = offenders(sources, ({ text }) => /\sstyle=|dangerouslySetInnerHTML|hx-on|javascript:/.test(text))
    expect(found).toEqual(['clinic/links.ts']) // a button for the clinic's own website, shown here as text
  })

  it('makes no formatter while an isolate starts, which would wait for the words of all languages', () => {
    expect(offenders(sources, ({ text }) => /^(export )?const [^\n(]*= new Intl\./m.test(text))).toEqual([])
  })

  it('leaves nothing for later', () => {
    expect(offenders(sources, ({ text }) => /TODO|FIXME|XXX/.test(text))).toEqual([])
  })

  it('offers to others only what somebody takes', () => {
    const askedForByLibraries = ['front-door/passkeys/no-attestation.ts', 'mail/transports/no-webhooks.ts']
    const unasked = sources
      .filter(({ path }) => path !== 'schema.ts' && !askedForByLibraries.includes(path)) // every table, used or not
      .flatMap(({ path, text }) =>
        offered(text)
          .filter((name) => !taken(path).has(name))
          .map((name) => `${path}: ${name}`),
      )
    expect(unasked).toEqual([])
  })

  it('has one word for each thing (product.md §3)', () => {
    const words = /\b(log ?in|login|sign ?in|signin|sign ?up|signup|log ?out|logout|customer|portal)\b/i
    const spoken = (text: string) => text.replace(/^import .*$/gm, '')
    expect(offenders(sources, ({ text }) => words.test(spoken(text)))).toEqual([])
  })
})

describe('the tenant', () => {
  /** Statements that are about all clinics, each with its reason. */
  const acrossClinics: Record<string, string> = {
    clinicById: 'the clinic itself',
    dueReminders: 'the cron works for all',
    clinicsToSeal: 'the cron works for all',
    clinicsToCopy: 'the cron works for all',
    claimDue: 'the outbox delivers for all',
    clinicsOf: 'for the mails that were claimed',
    markSent: 'a mail that was claimed, by its id',
    markToRetry: 'a mail that was claimed, by its id',
    markAbandoned: 'a mail that was claimed, by its id',
    insertMail: 'the row brings its clinic',
    undecidedForgotten: 'the cron works for all',
    undecidedRegistrations: 'the cron works for all',
    sweepForgotten: 'the broom',
    sweepLookFiles: 'the broom',
    sweepHalfLogons: 'the broom',
    sweepChallenges: 'the broom',
    insertPasskey: 'the row brings its clinic',
    newChallenge: 'the row brings its clinic',
    newHalfLogon: 'the row brings its clinic',
    sweepLinks: 'the broom',
    sweepLockouts: 'the broom',
    sweepMail: 'the broom',
    sweepRegistrations: 'the broom',
    sweepSessions: 'the broom',
    countTry: 'the key of a counter is a hash of clinic and name',
    countInWindow: 'networks are of no clinic',
    endSession: 'who holds the token may end its session, of whichever clinic',
    forgetClaim: 'KV, by the hash of a token',
    forgetTriesEverywhere: 'the key of a counter is a hash of clinic and name',
    forgetTries: 'the key of a counter is a hash of clinic and name',
    giveTryBack: 'the key of a counter is a hash of clinic and name',
    auditEntry: 'the row brings its clinic',
    neverEnds: 'the broom',
    insertPatient: 'the row brings its clinic',
    shown: 'each who uses it says which clinic',
    insertStaff: 'the row brings its clinic',
    invite: 'the row brings its clinic',
    insertActive: 'the row brings its clinic',
    mailedFor: 'networks are of no clinic',
    askForNewPassword: 'the row brings its clinic',
    askToRegister: 'the row brings its clinic',
  }

  it('G06 stands in every statement of every store', () => {
    const stores = sources.filter(({ path }) => path.endsWith('-store.ts') && path !== 'clinic/clinic-store.ts')
    const without = stores.flatMap(({ path, text }) =>
      statementsIn(text)
        .filter(({ name, body }) => !(name in acrossClinics) && !namesClinic(body, text))
        .map(({ name }) => `${path}: ${name}`),
    )
    expect(without).toEqual([])
    expect(stores.flatMap(({ text }) => statementsIn(text)).length).toBeGreaterThan(40)
  })
})

/** Each top-level function or constant of a file. */
function partsOf(text: string): { name: string; body: string }[] {
  const parts = text.split(/^(?=(?:export )?(?:async )?(?:const|function) )/m).slice(1)
  return parts.map((body) => ({ name: /(?:const|function) (\w+)/.exec(body)?.[1] ?? '', body }))
}

const buildsStatement = ({ body }: { body: string }) =>
  /\.(from|update|delete|insert|select)\(|db\.(all|run)/.test(body)
const statementsIn = (text: string) => partsOf(text).filter(buildsStatement)

/** In its own words, or by a condition of the same file that does. */
function namesClinic(body: string, text: string): boolean {
  const own = (words: string) => /clinic_?id/i.test(words)
  const conditions = partsOf(text).filter((part) => !buildsStatement(part))
  const called = conditions.filter(({ name }) => new RegExp(`\\b${name}\\(`).test(body))
  return (
    own(body) ||
    called.some(
      (part) => own(part.body) || conditions.some((inner) => part.body.includes(`${inner.name}(`) && own(inner.body)),
    )
  )
}
