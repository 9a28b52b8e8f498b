/** A browser reduced to its socket: one kept connection, one request after the other, so that the client costs little. */
import { connect } from 'node:net'

/** @param url whose host and port are connected to */
export async function connection(url) {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let waiting = null
  let chunks = []
  let length = 0
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    length += chunk.length
    const answer = complete(chunks, length)
    if (!answer) return
    chunks = []
    length = 0
    waiting.resolve(answer)
  })
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')))
  const send = (message) =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(new Error('the connection was closed'))
      waiting = { resolve, reject }
      socket.write(message)
    })
  return { send, close: () => socket.destroy() }
}

/** An HTTP/1.1 request as text. @param form sent as a browser sends one */
export function requestText({ method = 'GET', path, headers = {}, form, body }) {
  const content = form ? new URLSearchParams(form).toString() : (body ?? '')
  const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  const length = content ? { 'content-length': Buffer.byteLength(content) } : {}
  const lines = Object.entries({ host: 'diary.bench', ...headers, ...type, ...length })
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${content}`
}

/** @returns the answer once all of it has come, else null */
function complete(chunks, length) {
  const whole = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)
  const end = whole.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = whole.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const announced = /content-length: (\d+)/i.exec(head)
  const bytes = length - end - 4
  if (announced ? bytes < Number(announced[1]) : !isLastChunk(whole, end, status)) return null
  return { status, bytes, head, text: () => whole.toString('utf8', end + 4) }
}

const isLastChunk = (whole, end, status) =>
  status === 204 || status === 304 || whole.subarray(Math.max(end, whole.length - 7)).includes('0\r\n\r\n')
