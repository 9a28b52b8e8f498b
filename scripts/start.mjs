/** npm start: from a fresh clone to the demo clinics in a browser. Plain Node 20: nothing is installed yet when it begins. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { demoLogons } from './demo/logons.mjs'
import { prepare } from './local/data-folder.mjs'
import { installWhatIsMissing, root } from './local/install.mjs'
import { command, Stop } from './local/say.mjs'
import { serve } from './local/server.mjs'

const usage = 'npm start -- [--port 8787] [--data .data]'

function chosen() {
  const options = { port: { type: 'string', default: '8787' }, data: { type: 'string' }, help: { type: 'boolean' } }
  const { values } = parsed(options)
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65_535) {
    throw new Stop(`--port takes a number from 1 to 65535, not "${values.port}".`)
  }
  const data = values.data ? resolve(process.env.INIT_CWD ?? '.', values.data) : resolve(root, '.data')
  return { port, data, help: values.help }
}

function parsed(options) {
  try {
    return parseArgs({ options })
  } catch (error) {
    throw new Stop(`${error.message}\n${usage}`) // what was typed, in the words of Node
  }
}

await command(async () => {
  const { port, data, help } = chosen()
  if (help) return console.log(usage)
  installWhatIsMissing()
  await prepare(data)
  const server = await serve({ port, data })
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      asked = true
      server.end()
    })
  }
  console.log(`\n${demoLogons(server.url).join('\n')}\n`)
  console.log(`Every mail that the diary sends: ${server.url}/dev/mailbox\nTo end: Ctrl-C`)
  await server.over
  if (!asked) throw new Stop('The server ended by itself. What it said stands above.')
  process.exit(0)
})
