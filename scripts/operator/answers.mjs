/** What the operator reads. Pure: values in, lines out. */

export const usage = `npm run clinic -- create --name "Riverside Clinic" --slug riverside --phone "01632 960 001"
                         --timezone Europe/London --manager maya --email maya@example.com [--manager-name "Maya Iyer"]
npm run clinic -- list
npm run clinic -- show <slug>
npm run clinic -- close <slug>
npm run clinic -- remove-second-factor <slug> --username maya
Where: --remote for the deployed diary [--config wrangler.toml], or a local one [--data .data] [--port 8787]`

/** An instant as the operator's log would write it, whatever zone the operator sits in. */
const instant = (at) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
const urlOf = (origin, { slug }) => `${origin}/${slug}`
const stateOf = ({ closedAt }) => (closedAt === null ? 'open' : `closed since ${instant(closedAt)}`)
const aligned = (rows) => rows.map(([name, value]) => `${`${name}:`.padEnd(15)} ${value}`).join('\n')

export const setUpAnswer = ({ origin, clinic, manager, token, expiresAt }) => `${clinic.name} is set up.

${aligned([
  ['Clinic URL', urlOf(origin, clinic)],
  ['Manager', `${manager.username} (no password yet)`],
  ['Set-up link', `${urlOf(origin, clinic)}/password/new/${token}`],
])}

Hand the link to the manager yourself: it is shown here only, and no mail was sent. It works once, until ${instant(expiresAt)}
(72 hours). If that passes, the manager asks for a new one at ${urlOf(origin, clinic)}/password/forgotten
Nobody can register yet: the manager switches that on under Settings.`

export const takenAnswer = ({ slug, name, closedAt }) =>
  `The slug "${slug}" is taken by ${name}${closedAt === null ? '' : `, ${stateOf({ closedAt })}`}.`

export function listLines(clinics, origin) {
  if (clinics.length === 0) return 'There are no clinics yet.'
  const longest = Math.max(...clinics.map((clinic) => urlOf(origin, clinic).length))
  return clinics
    .map((clinic) => `${urlOf(origin, clinic).padEnd(longest)}  ${clinic.name} · ${stateOf(clinic)}`)
    .join('\n')
}

const onOff = (value) => (value ? 'on' : 'off')

export const clinicLines = (clinic, origin) =>
  aligned([
    ['Name', clinic.name],
    ['Clinic URL', urlOf(origin, clinic)],
    ['State', stateOf(clinic)],
    ['Phone', clinic.phone],
    ['Time zone', clinic.timezone],
    ['Registration', `existing patients ${onOff(clinic.allowExisting)}, new patients ${onOff(clinic.allowNew)}`],
    ['Managers', managersOf(clinic)],
    ['Staff', String(clinic.staff)],
    ['Patients', `${clinic.patients}, ${clinic.active} with active online access`],
    ['Set up', instant(clinic.createdAt)],
  ])

const managersOf = ({ managers }) =>
  JSON.parse(managers)
    .map(({ username, hasPassword }) => (hasPassword ? username : `${username} (no password yet)`))
    .join(', ')

export const closedAnswer = (before, now) =>
  before.closedAt === null
    ? `${now.name} is ${stateOf(now)}. Everybody is logged off, and within 5 seconds its address answers "not found".
Nothing was deleted, and the slug "${now.slug}" stays taken.`
    : `${now.name} was closed already: ${stateOf(now)}.`

export const factorRemovedAnswer = ({ name, username, clinic, email, isNeeded }) =>
  `The second factor of ${name} (${username}) at ${clinic} is removed: authenticator app, passkeys and recovery codes.
${name} is logged off everywhere, and logs on with the password${isNeeded ? ', then sets a new one up' : ''}.
${email ? `A mail to ${email} says so within a minute.` : `${name} has no email address: tell ${name} yourself.`} The audit of the clinic says that the operator did it.`

export const noFactorAnswer = ({ name, username, clinic }) =>
  `${name} (${username}) at ${clinic} has no second factor. Nothing was changed.`
