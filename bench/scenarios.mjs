/** What is measured: each page as a warm browser asks for it, with the limit it is held against and its target. */
import { demoPassword } from '../scripts/demo/logons.mjs'
import { requestText } from './client.mjs'
import { person } from './fill.mjs'
import { origin } from './world.mjs'

const ownPost = { origin, 'sec-fetch-site': 'same-origin' }

/** How many times the limit's: CPU for each request, or how long half of the requests take at most. */
const cpu = (most) => ({ of: 'cpu', most })
const p50 = (most) => ({ of: 'latency', most })
/** performance.md's 3 ms, measured where one write to D1 took 0.94 ms: only ratios travel between machines. */
const threeMs = p50(3.2)

/**
 * @param ask sends one request to the diary
 * @returns scenarios; `request(n)` makes the n-th request's text, `says` is what a right answer holds, `rest` the ms between two
 */
export async function scenarios(ask, diary) {
  const cookies = { patient: await cookieOf(ask, 'janet.hall@example.com'), reception: await cookieOf(ask, 'sam') }
  const { fullDay, ordinaryDay, practitionerId, typeId } = diary
  const page = (name, path, who, says, target = cpu(1.1)) => {
    const headers = who ? { cookie: cookies[who] } : {}
    const request = () => requestText({ path: `/riverside${path}`, headers })
    return { name, expected: 200, says, target, request, session: who }
  }
  const record = await recordOf(ask, cookies.reception)
  return [
    page('logon page', '', null, 'Log on', cpu(1.3)),
    { name: 'log on', target: cpu(1.15), limitPath: '/hash', ...loggingOn },
    { name: 'log on, beside its two trips too', target: cpu(1.15), limitPath: '/hash-and-writes', ...loggingOn },
    registering,
    page('patient home', '/home', 'patient', 'Janet'),
    page('choose a time', `/book?type=${typeId}&who=any`, 'patient', 'Next free times'),
    page('choose a time of a day', `/book?type=${typeId}&who=any&day=${ordinaryDay.date}`, 'patient', 'Evening'),
    freeTimes(page('free times, as they are read', `/book?type=${typeId}&who=any`, 'patient', 'Next free times')),
    page('patient list', '/patients', 'reception', nameOf(0)),
    page('patient list, searched', '/patients?q=jones+ada', 'reception', 'Jones'),
    page('access panel', `${record}/online-access`, 'reception', 'Janet Hall'),
    ...[fullDay, ordinaryDay].map(({ date, count, lastPatient }) =>
      page(`day of ${count} appointments`, `/diary/${date}`, 'reception', nameOf(lastPatient)),
    ),
    await unchanged(ask, `/riverside/diary/${fullDay.date}/grid`, cookies.reception),
    page('week of a practitioner', `/diary/${fullDay.date}/week?who=${practitionerId}`, 'reception', 'Follow-up'),
    booking(diary, cookies.reception),
  ]
}

const get = (path, headers) => requestText({ path, headers })

/** Each try from a network of its own (RFC 2544), so that no limit of ours is what is measured. */
const fromItsNetwork = (n, path, form) =>
  requestText({
    method: 'POST',
    path: `/riverside${path}`,
    headers: { ...ownPost, 'cf-connecting-ip': `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}` },
    form,
  })

const logon = (identifier, n) => fromItsNetwork(n, '/logon', { identifier, password: demoPassword })

const loggingOn = {
  expected: 303,
  says: '__Host-session=',
  request: (n) => logon('janet.hall@example.com', n),
}

const rest = 20 // ms: what is done after the answer (a decision, a mail) has its own time, nobody waits for it

/** Of somebody whom the clinic does not know. */
const registering = {
  name: 'register',
  expected: 303,
  says: '/register/sent',
  target: threeMs,
  rest,
  request: (n) => fromItsNetwork(n, '/register/existing', { email: `nobody.${n}@example.com` }),
}

/** The diary asks each minute whether something has changed. */
async function unchanged(ask, path, cookie) {
  const asked = { cookie, 'hx-request': 'true' }
  const { head } = await ask(get(path, asked))
  const mark = /^etag: (.+)$/im.exec(head)[1].trim()
  const request = () => get(path, { ...asked, 'if-none-match': mark })
  return {
    name: 'day, asked for again, unchanged',
    expected: 304,
    says: mark,
    target: cpu(1.1),
    request,
    session: 'reception',
  }
}

/** Of what the page asks D1, only what decides which times are free, beside the least that can be asked. */
const freeTimes = (page) => ({
  ...page,
  asks: ({ sql }) => /FROM "(busy_day|booking_rules)"/i.test(sql),
  limit: [{ d1: [{ sql: 'SELECT 1', params: [] }] }],
})

/** Each for another patient at another time. */
const booking = ({ free, patientIds, typeId }, cookie) => ({
  name: 'book (staff)',
  expected: 303,
  says: '/riverside/diary/appointments/',
  target: threeMs,
  rest,
  limit: [{ d1: [], rowsWritten: 1 }],
  request: (n) => {
    if (!free[n]) throw new Error('every free time is booked: fewer rounds, or shorter ones')
    const { practitionerId: practitioner, startAt: start } = free[n]
    const patient = patientIds[n % patientIds.length]
    const form = { form_id: `form${n}`, practitioner, start, patient, type: typeId }
    return requestText({ method: 'POST', path: '/riverside/diary/book', headers: { ...ownPost, cookie }, form })
  },
})

const nameOf = (n) => `${person(n).firstName} ${person(n).lastName}`

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
  return record.replace('/riverside', '')
}
