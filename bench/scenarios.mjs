/** What is measured: each page as a warm browser asks for it, with the limit it is held against and its target. */
import { demoPassword } from '../scripts/demo/logons.mjs'
import { requestText } from './client.mjs'
import { origin } from './world.mjs'

const ownPost = { origin, 'sec-fetch-site': 'same-origin' }

/** @param ask sends one request to the diary @returns scenarios; `request(n)` makes the n-th request's text */
export async function scenarios(ask) {
  const patient = await cookieOf(ask, 'janet.hall@example.com')
  const reception = await cookieOf(ask, 'sam')
  const page = (name, path, headers, target) => ({ name, expected: 200, target, request: () => get(path, headers) })
  return [
    page('logon page', '/riverside', {}, 1.3),
    {
      name: 'log on',
      expected: 303,
      target: 1.15,
      limitPath: '/hash',
      request: (n) => logon('janet.hall@example.com', n),
    },
    page('patient home', '/riverside/home', { cookie: patient }, 1.1),
    page('patient list', '/riverside/patients', { cookie: reception }, 1.1),
    page('patient list, searched', '/riverside/patients?q=jones+ada', { cookie: reception }, 1.1),
    page('access panel', `${await recordOf(ask, reception)}/online-access`, { cookie: reception }, 1.1),
  ]
}

const get = (path, headers) => requestText({ path, headers })

/** Each try from a network of its own (RFC 2544), so that no limit of ours is what is measured. */
const logon = (identifier, n) =>
  requestText({
    method: 'POST',
    path: '/riverside/logon',
    headers: { ...ownPost, 'cf-connecting-ip': `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}` },
    form: { identifier, password: demoPassword },
  })

async function cookieOf(ask, identifier) {
  const { status, head } = await ask(logon(identifier, 1))
  const cookie = /^set-cookie: (__Host-session=[^;]+)/im.exec(head)?.[1]
  if (status !== 303 || !cookie) throw new Error(`${identifier} could not log on: ${status}`)
  return cookie
}

async function recordOf(ask, cookie) {
  const answer = await ask(get('/riverside/patients?q=janet+hall', { cookie }))
  const record = /href="(\/riverside\/patients\/[a-z0-9]{10,})"/.exec(answer.text())?.[1]
  if (!record) throw new Error('Janet Hall was not found')
  return record
}
