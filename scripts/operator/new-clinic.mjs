/** What a clinic and its first manager may be called. Decides, and touches nothing. */
import { isUsername } from '../../src/front-door/logon-name.ts'
import { emailAddress } from '../../src/registration/email-address.ts'
import { hasHiddenCharacters } from '../../src/web/typed-text.ts'

/** Addresses that the deployment answers itself, may want one day, or that would look like its own. */
export const reservedSlugs = new Set(
  [
    'about admin api app assets auth backup billing blog cdn-cgi clinic clinics contact demo dev diary docs download',
    'email error favicon health healthz help home images install legal local log-on login logoff logon logout mail',
    'mailbox metrics new null operator password patient patients ping privacy register registration robots root search',
    'security session settings sign-in sign-up signin signup sitemap staff static status support system terms test',
    'undefined well-known www',
  ].flatMap((line) => line.split(' ')),
)

const longestName = 120 // characters; the table's CHECK says the same

/** @param typed name, slug, phone, timezone, manager, email, and perhaps manager-name */
export function newClinic(typed) {
  const name = oneLine(typed.name)
  const slug = typed.slug.trim()
  const phone = oneLine(typed.phone)
  const timezone = zoneOf(typed.timezone.trim())
  const username = typed.manager.trim()
  const managerName = oneLine(typed['manager-name'] ?? capitalised(username))
  const email = emailAddress(typed.email)
  const problems = [
    nameProblem('--name', name),
    slugProblem(slug),
    isPhone(phone) ? null : `--phone takes a phone number, like "01632 960 001", not "${phone}".`,
    timezone ? null : `--timezone takes the name of a time zone, like Europe/London, not "${typed.timezone.trim()}".`,
    isUsername(username) ? null : usernameProblem(username),
    isUsername(username) || typed['manager-name'] ? nameProblem('--manager-name', managerName) : null,
    email ? null : `--email takes an email address, like name@example.com, not "${typed.email.trim()}".`,
  ].filter(Boolean)
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    clinic: { name, slug, phone, timezone },
    manager: { username, name: managerName, email: email.typed },
  }
}

const oneLine = (text) => text.trim().replace(/\s+/g, ' ')
const capitalised = (username) => username.slice(0, 1).toUpperCase() + username.slice(1)

function nameProblem(option, name) {
  const length = [...name].length
  if (length === 0 || length > longestName) return `${option} takes 1 to ${longestName} characters.`
  return hasHiddenCharacters(name) ? `${option} contains characters that cannot be seen.` : null
}

function slugProblem(slug) {
  if (reservedSlugs.has(slug)) return `The slug "${slug}" is reserved. Choose another one.`
  if (isSlug(slug)) return null
  return `--slug takes 2 to 40 small letters, figures and single hyphens between them, like riverside, not "${slug}".`
}

/** Stricter than the table's CHECK, which also lets hyphens stand at the ends and side by side. */
export const isSlug = (text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length >= 2 && text.length <= 40

const usernameProblem = (username) =>
  `--manager takes a username of 2 to 32 small letters, figures, dots, hyphens and underscores, like maya, not "${username}".`

/** E.164 §6.2: at most 15 figures; with the spaces and marks that people write between them. */
function isPhone(text) {
  const figures = text.replace(/\D/g, '').length
  return /^\+?[\d ().-]+$/.test(text) && text.length <= 40 && figures >= 5 && figures <= 15
}

/** The zone as the IANA database writes it, or null. Offsets and abbreviations know no summer time: they are none. */
function zoneOf(text) {
  if (text.toUpperCase() === 'UTC') return 'UTC'
  if (!/^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/.test(text)) return null
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions()
    return timeZone.toLowerCase() === text.toLowerCase() ? timeZone : text // an older or newer name of it stays as typed
  } catch {
    return null // the platform's way of saying that there is no such zone
  }
}
