/** The operator's command: set a clinic up (rule M1), list, show, close; a way back for a lone manager. Called by npm run clinic on Node 22. */
import { resolve } from 'node:path'
import { root } from '../local/install.mjs'
import { command, Stop } from '../local/say.mjs'
import {
  clinicLines,
  closedAnswer,
  factorRemovedAnswer,
  listLines,
  noFactorAnswer,
  setUpAnswer,
  takenAnswer,
  usage,
} from './answers.mjs'
import { databaseOf, Refused } from './database.mjs'
import { theConfig } from './deployment-config.mjs'
import { isSlug, newClinic } from './new-clinic.mjs'
import { optionsOf, typedPath } from './options.mjs'
import { closing, everyClinic, oneClinic, oneMember, setUp, withoutFactor } from './statements.mjs'

const text = { type: 'string' }
const required = { type: 'string', required: true }
const where = { remote: { type: 'boolean' }, data: text, port: text, config: text }
const details = {
  name: required,
  slug: required,
  phone: required,
  timezone: required,
  manager: required,
  email: required,
}

/** What may stand behind each word, how many slugs it names, and what it does. */
const acts = {
  create: { options: { ...details, 'manager-name': text }, slugs: 0, does: create },
  list: { options: {}, slugs: 0, does: list },
  show: { options: {}, slugs: 1, does: show },
  close: { options: {}, slugs: 1, does: close },
  'remove-second-factor': { options: { username: required }, slugs: 1, does: removeSecondFactor },
}

function wordProblems(words, slugs) {
  if (words.length < slugs) return ['Say which clinic: its slug is missing.']
  const bad = words.slice(0, slugs).filter((slug) => !isSlug(slug))
  return [
    ...bad.map((slug) => `"${slug}" is no slug.`),
    ...words.slice(slugs).map((word) => `"${word}" means nothing here.`),
  ]
}

function whereProblems({ remote, data, port, config }) {
  const isPort = /^\d{1,5}$/.test(port ?? '1') && Number(port ?? 1) >= 1 && Number(port ?? 1) <= 65_535
  return [
    remote && (data || port) ? '--data and --port are for a local diary: leave them out with --remote.' : null,
    config && !remote ? '--config is for the deployed diary: add --remote.' : null,
    isPort ? null : `--port takes a number from 1 to 65535, not "${port}".`,
  ].filter(Boolean)
}

function refuse(problems) {
  if (problems.length > 0) throw new Stop(problems.join('\n'))
}

const theDatabase = ({ remote = false, data, port = '8787', config }) =>
  databaseOf({
    remote,
    port,
    config: config ? typedPath(config) : theConfig,
    data: data ? typedPath(data) : resolve(root, '.data'),
  })

async function create(values) {
  const { ok, problems, clinic, manager } = newClinic(values)
  if (!ok) refuse(problems)
  const database = theDatabase(values)
  const [other] = await read(database, oneClinic(clinic.slug))
  if (other) refuse([takenAnswer(other)])
  const { sql, token, expiresAt } = setUp(clinic, manager, Date.now())
  await write(database, sql, clinic.slug)
  console.log(setUpAnswer({ origin: database.origin, clinic, manager, token, expiresAt }))
}

async function list(values) {
  const database = theDatabase(values)
  console.log(listLines(await read(database, everyClinic()), database.origin))
}

async function show(values, slug) {
  const database = theDatabase(values)
  console.log(clinicLines(await theClinic(database, slug), database.origin))
}

async function close(values, slug) {
  const database = theDatabase(values)
  const before = await theClinic(database, slug)
  if (before.closedAt === null) await write(database, closing(slug, Date.now()), slug)
  console.log(closedAnswer(before, await theClinic(database, slug)))
}

/** Whoever lost it has proven to the operator who they are. What the manager of the clinic can take away is theirs to take. */
async function removeSecondFactor({ username, ...values }, slug) {
  const database = theDatabase(values)
  const { name } = await theClinic(database, slug)
  const [member] = await read(database, oneMember(slug, username))
  if (!member) throw new Stop(`Nobody at ${name} has the username "${username}".`)
  if (member.deactivatedAt !== null) throw new Stop(`The account of ${member.name} is deactivated: restore it first.`)
  if (!member.hasFactor) return console.log(noFactorAnswer(member))
  await write(database, withoutFactor(member, Date.now()), slug)
  console.log(factorRemovedAnswer(member))
}

async function theClinic(database, slug) {
  const [found] = await read(database, oneClinic(slug))
  if (!found) throw new Stop(`There is no clinic with the slug "${slug}".`)
  return found
}

const read = (database, sql) =>
  database.read(sql).catch((error) => {
    if (!(error instanceof Refused)) throw error
    throw new Stop(`${error.message}\nThe database could not be read, and nothing was written.`)
  })

/** Two operators at once: the database has the last word on a slug. */
const write = (database, sql, slug) =>
  database.write(sql).catch((error) => {
    if (!(error instanceof Refused)) throw error
    if (/UNIQUE constraint failed: clinic\.slug/.test(error.message)) refuse([`The slug "${slug}" is taken.`])
    throw new Stop(`${error.message}\nThe database did not take it. See what is there: npm run clinic -- show ${slug}`)
  })

await command(async () => {
  const [word = '', ...typed] = process.argv.slice(2)
  if (word === '--help' || word === 'help') return console.log(usage)
  const act = Object.hasOwn(acts, word) ? acts[word] : null
  if (!act) throw new Stop(word ? `There is no "${word}" for clinics.\n${usage}` : usage)
  const { values, words, problems } = optionsOf(typed, { ...act.options, ...where })
  refuse([...problems, ...wordProblems(words, act.slugs), ...whereProblems(values)])
  await act.does(values, words[0])
})
