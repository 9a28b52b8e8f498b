/** What wrangler.toml says of a deployment, and what stands in the way of it. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { unstable_readConfig } from 'wrangler'
import { root } from '../local/install.mjs'
import { Stop } from '../local/say.mjs'

export const theConfig = 'wrangler.toml'

/** The top level of the file: what would be deployed. */
export function configOf(path) {
  const file = resolve(root, path)
  if (!existsSync(file)) throw new Stop(`There is no ${file}.`)
  return unstable_readConfig({ config: file, env: '' }, { hideWarnings: true })
}

export const originsOf = ({ vars }) =>
  String(vars?.ORIGINS ?? '')
    .split(/\s+/)
    .filter(Boolean)

/** What the file comes with, and nobody can have deployed. */
export const placeholder = { id: /^[0-]*$/, host: /(^|[.@])example\.(com|org|net)$/ }

/** Local switches: nothing may go out with one of these, not even to try it. One sentence each. */
export function localSwitches(config) {
  const origins = originsOf(config)
  return [
    config.vars?.MAIL_TRANSPORT === 'mailbox' &&
      'MAIL_TRANSPORT is "mailbox": every mail would be shown at /dev/mailbox instead of sent.',
    config.kv_namespaces?.some(({ binding }) => binding === 'MAILBOX') &&
      'There is a KV namespace MAILBOX: it is for local development only.',
    origins.length === 0 && 'ORIGINS is empty: the diary would not know its own address.',
    ...origins.map((origin) => originProblem(origin)),
    !['mailbox', 'cloudflare', 'mailchannels'].includes(config.vars?.MAIL_TRANSPORT) &&
      'MAIL_TRANSPORT must be "cloudflare" or "mailchannels".',
    ...['DIARY_SECRET', 'MAILCHANNELS_API_KEY', 'PASSWORD_PEPPER']
      .filter((name) => config.vars?.[name] !== undefined)
      .map(
        (name) => `${name} stands in [vars], where everybody who reads the file sees it: wrangler secret put ${name}`,
      ),
  ].filter(Boolean)
}

function originProblem(origin) {
  const url = URL.canParse(origin) ? new URL(origin) : null
  if (!url) return `ORIGINS has "${origin}", which is no address.`
  if (/(^|\.)localhost$|^127\.|^\[::1\]$|^0\.0\.0\.0$/.test(url.hostname))
    return `ORIGINS has ${origin}, which is this machine.`
  if (url.protocol !== 'https:') return `ORIGINS has ${origin}: a deployment is reached by https:// only.`
  return url.origin === origin ? null : `ORIGINS has ${origin}, which is more than an origin: write ${url.origin}`
}

/** What the operator has to put in before the first deployment. A dry run goes on without it. */
export function stillToDo(config) {
  const database = config.d1_databases?.find(({ binding }) => binding === 'DB')
  const sessions = config.kv_namespaces?.find(({ binding }) => binding === 'SESSIONS')
  const hosts = originsOf(config).flatMap((origin) => (URL.canParse(origin) ? [new URL(origin).hostname] : []))
  return [
    missing(database?.database_id) && 'database_id is not there yet: wrangler d1 create clinic-diary --jurisdiction eu',
    missing(sessions?.id) &&
      'The id of the KV namespace SESSIONS is not there yet: wrangler kv namespace create SESSIONS',
    !config.workers_dev &&
      !config.route &&
      !config.routes?.length &&
      'No address leads to it yet: uncomment routes in the file and write its host.',
    hosts.some((host) => placeholder.host.test(host)) &&
      'ORIGINS is still an example: write the address of this deployment.',
    placeholder.host.test(config.vars?.MAIL_FROM ?? 'example.com') &&
      'MAIL_FROM is still an example: write the address that mails come from.',
  ].filter(Boolean)
}

const missing = (id) => !id || placeholder.id.test(id)
