/** Serves a data folder with wrangler's own local server, and rings each minute as Cloudflare's cron does. */
import { createServer } from 'node:net'
import { secretsFile } from './data-folder.mjs'
import { Stop } from './say.mjs'
import { ended, wrangler } from './wrangler.mjs'

const host = '127.0.0.1' // this machine only
const minute = 60_000 // ms
const longestStart = 120_000 // ms
const patience = 10_000 // ms that the server has to end by itself

export async function serve({ port, data }) {
  await refuseWhenTaken(port)
  const origins = `http://localhost:${port} http://${host}:${port}`
  const place = ['--ip', host, '--port', String(port), '--inspector-port', '0']
  const given = ['--env-file', secretsFile(data), '--var', `ORIGINS:${origins}`]
  const child = wrangler(['dev', ...place, ...given], data, ['ignore', 'inherit', 'inherit'])
  const over = ended(child)
  const url = `http://${host}:${port}`
  await Promise.race([
    firstAnswer(url),
    over.then(() => Promise.reject(new Stop('The server ended before it was ready.'))),
  ])
  const bell = setInterval(ringEachMinute, minute, url)
  return { url: `http://localhost:${port}`, over, end: () => end(child, over, bell) }
}

async function end(child, over, bell) {
  clearInterval(bell)
  child.kill('SIGTERM')
  const hurry = setTimeout(() => child.kill('SIGKILL'), patience)
  await over
  clearTimeout(hurry)
}

/** A port that somebody holds is told before anything is started. */
function refuseWhenTaken(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', ({ code }) => reject(new Stop(whyNot(port, code))))
    probe.listen(port, host, () => probe.close(resolve))
  })
}

function whyNot(port, code) {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Choose another one: npm start -- --port ${port + 1}`
  }
  if (code === 'EACCES') return `Port ${port} may not be opened by you. Choose another one: npm start -- --port 8787`
  return `Port ${port} cannot be opened (${code}).`
}

async function firstAnswer(url) {
  for (const until = Date.now() + longestStart; Date.now() < until; await pause(100)) {
    const answer = await fetch(url).catch(() => null) // nobody listens yet
    await answer?.text()
    if (answer) return
  }
  throw new Stop('The server did not answer. What it said stands above.')
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Wrangler's own address for this; it belongs to the local server and is in no deployment. */
async function ringEachMinute(url) {
  const answer = await fetch(`${url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`).catch(() => null) // starting over after a change: the next minute rings again
  if (answer && !answer.ok) console.error(`The work of this minute failed: ${await answer.text()}`)
}
