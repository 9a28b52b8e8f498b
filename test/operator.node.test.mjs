/** The operator's commands, run as an operator runs them: clinics on a served local diary, and deployments as far as they go without an account. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'node:test'
import { prepare } from '../scripts/local/data-folder.mjs'
import { root } from '../scripts/local/install.mjs'
import { serve } from '../scripts/local/server.mjs'
import { databaseOf } from '../scripts/operator/database.mjs'
import { configOf, localSwitches, stillToDo } from '../scripts/operator/deployment-config.mjs'
import { newClinic, reservedSlugs } from '../scripts/operator/new-clinic.mjs'
import { optionsOf } from '../scripts/operator/options.mjs'
import { setUp } from '../scripts/operator/statements.mjs'

const hour = 3_600_000 // ms
const folder = mkdtempSync(join(tmpdir(), 'clinic-diary-operator-'))
const data = join(folder, 'data')

after(() => rmSync(folder, { recursive: true, force: true }))

/** @returns what the command said on both channels, and its exit code */
function ran(script, args, env = {}, cwd = root) {
  const options = { env: { ...process.env, INIT_CWD: cwd, ...env }, cwd }
  const child = spawn(process.execPath, [join(root, 'scripts', script), ...args], options)
  let said = ''
  for (const channel of [child.stdout, child.stderr]) {
    channel.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}
const clinic = (...args) => ran('clinic.mjs', [...args, '--data', data])

const harbour = {
  name: "O'Hara's Practice; -- Harbour",
  slug: 'harbour',
  phone: '+44 1632 960003',
  timezone: 'europe/dublin',
  manager: 'niamh',
  email: 'Niamh@harbour.example.com',
}
const typed = (details) => Object.entries(details).flatMap(([name, value]) => [`--${name}`, value])
const asking = (changes = {}) => newClinic({ ...harbour, ...changes })

function all(sql) {
  const at = join(data, 'v3/d1/miniflare-D1DatabaseObject')
  const [file] = readdirSync(at).filter((name) => /^[0-9a-f]+\.sqlite$/.test(name))
  const db = new DatabaseSync(join(at, file), { readOnly: true })
  try {
    return db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }))
  } finally {
    db.close()
  }
}
const everyRow = () =>
  ['clinic', 'staff', 'one_time_link', 'audit', 'session'].map(
    (table) => all(`SELECT count(*) AS n FROM ${table}`)[0].n,
  )

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

describe('what a clinic may be called', () => {
  const refused = {
    'a reserved slug': [{ slug: 'admin' }, /"admin" is reserved/],
    'a slug with capitals': [{ slug: 'Harbour' }, /--slug takes/],
    'a slug of one letter': [{ slug: 'h' }, /--slug takes/],
    'a slug that ends in a hyphen': [{ slug: 'harbour-' }, /--slug takes/],
    'a slug of 41 letters': [{ slug: 'h'.repeat(41) }, /--slug takes/],
    'an empty name': [{ name: '  ' }, /--name takes 1 to 120/],
    'a name with a character that turns the line round': [{ name: 'Har\u202ebour' }, /--name contains characters/],
    'a zone that does not exist': [{ timezone: 'Europe/Narnia' }, /Europe\/London, not "Europe\/Narnia"/],
    'an offset, which knows no summer time': [{ timezone: '+01:00' }, /--timezone takes/],
    'an abbreviation': [{ timezone: 'EST' }, /--timezone takes/],
    'a phone number of words': [{ phone: 'ring us' }, /--phone takes a phone number/],
    'a phone number of 16 figures': [{ phone: '0123456789012345' }, /--phone takes a phone number/],
    'an email address without a domain': [{ email: 'niamh' }, /--email takes an email address/],
    'a username that is an email address': [{ manager: 'niamh@harbour' }, /--manager takes a username/],
    'a username with capitals': [{ manager: 'Niamh' }, /--manager takes a username/],
    'a name of the manager that is empty': [{ 'manager-name': ' ' }, /--manager-name takes/],
  }
  for (const [what, [changes, sentence]] of Object.entries(refused)) {
    it(`refuses ${what} with one sentence`, () => {
      const { ok, problems } = asking(changes)
      assert.equal(ok, false)
      assert.equal(problems.length, 1, problems.join('\n'))
      assert.match(problems[0], sentence)
    })
  }

  it('reserves every address that the deployment answers itself', () => {
    for (const slug of ['dev', 'static', 'cdn-cgi', 'api', 'app', 'assets', 'www', 'admin', 'new', 'health']) {
      assert.ok(reservedSlugs.has(slug), slug)
    }
    for (const slug of ['riverside', 'hillside']) assert.ok(!reservedSlugs.has(slug), slug)
  })

  it('writes zones as the IANA database does, and keeps an older name of a zone', () => {
    assert.equal(asking().clinic.timezone, 'Europe/Dublin')
    assert.equal(asking({ timezone: 'utc' }).clinic.timezone, 'UTC')
    assert.equal(asking({ timezone: 'Asia/Kolkata' }).clinic.timezone, 'Asia/Kolkata')
    assert.equal(asking({ timezone: 'America/Argentina/Buenos_Aires' }).ok, true)
  })

  it('calls the manager by the username until somebody says the name', () => {
    assert.equal(asking().manager.name, 'Niamh')
    assert.equal(asking({ 'manager-name': ' Niamh  Walsh ' }).manager.name, 'Niamh Walsh')
  })
})

describe('what may be typed', () => {
  const allowed = { name: { type: 'string', required: true }, remote: { type: 'boolean' } }
  const problems = (...words) => optionsOf(words, allowed).problems
  it('is told, a sentence each, when it is unknown, missing, twice or empty', () => {
    assert.deepEqual(problems('--name', 'x', '--remote'), [])
    assert.deepEqual(problems(), ['--name is missing.'])
    assert.deepEqual(problems('--nmae', 'x'), ['There is no option --nmae here.', '--name is missing.'])
    assert.deepEqual(problems('--name', 'x', '--name=y'), ['--name is there twice.'])
    assert.deepEqual(problems('--name'), ['--name needs a value behind it.'])
    assert.deepEqual(problems('--name', '--remote'), ['--name needs a value behind it.'])
    assert.deepEqual(problems('--name='), ['--name needs a value behind it.'])
    assert.deepEqual(problems('--name', 'x', '--remote=no'), ['--remote takes no value.'])
    assert.deepEqual(problems('--name', 'x', '-z', '--toString'), [
      'There is no option -z here.',
      'There is no option --toString here.',
    ])
  })
})

describe('the operator, on a diary that is being served,', () => {
  let server
  let said
  let cookie
  const password = 'quiet-lantern-sails-home'
  const page = (path, options = {}) =>
    fetch(new URL(path, server.url), { redirect: 'manual', headers: { cookie: cookie ?? '' }, ...options })
  const post = (path, fields) =>
    page(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: server.url, 'sec-fetch-site': 'same-origin' },
    })
  const logOn = () => post('/harbour/logon', { identifier: 'niamh', password })
  const keepCookies = ({ headers }) => {
    cookie = headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
  }
  const link = () => /http:\S+\/password\/new\/\S+/.exec(said)[0]
  const token = () => link().split('/').at(-1)

  before(async () => {
    await prepare(data)
    server = await serve({ port: await freePort(), data })
  })
  after(async () => {
    await server?.end()
  })

  it('sets a clinic up with one command and gets its URL and a set-up link (M1)', async () => {
    const done = await clinic('create', ...typed(harbour), '--port', new URL(server.url).port)
    assert.equal(done.code, 0, done.said)
    said = done.said
    assert.match(said, new RegExp(`Clinic URL: +${server.url}/harbour\n`))
    assert.ok(link().startsWith(`${server.url}/harbour/password/new/`))
    assert.match(said, /72 hours/)
  })

  it('has written a clinic with both switches off and a manager without a password', () => {
    assert.deepEqual(
      all(`SELECT c.name, phone, timezone, allow_existing, allow_new, closed_at, username, s.name AS manager, role, s.email,
        password_hash FROM clinic c JOIN staff s ON s.clinic_id = c.id WHERE slug = 'harbour'`),
      [
        {
          name: harbour.name,
          phone: '+44 1632 960003',
          timezone: 'Europe/Dublin',
          allow_existing: 0,
          allow_new: 0,
          closed_at: null,
          username: 'niamh',
          manager: 'Niamh',
          role: 'manager',
          email: 'Niamh@harbour.example.com',
          password_hash: null,
        },
      ],
    )
  })

  it('has kept only the hash of the link, for 72 hours, and no mail', () => {
    const [row] = all(`SELECT purpose, token_hash, expires_at - l.created_at AS life, used_at FROM one_time_link l
      JOIN clinic c ON c.id = l.clinic_id WHERE slug = 'harbour'`)
    const hash = createHash('sha256').update(token()).digest('hex')
    assert.deepEqual(row, { purpose: 'set-up', token_hash: hash, life: 72 * hour, used_at: null })
    assert.deepEqual(all("SELECT m.id FROM mail m JOIN clinic c ON c.id = m.clinic_id WHERE slug = 'harbour'"), [])
    for (const file of readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      assert.ok(!readFileSync(join(file.parentPath, file.name)).includes(token()), file.name)
    }
  })

  it('stands in the audit of the clinic as the one who began it', () => {
    const rows = all(
      "SELECT act, by_staff, detail FROM audit a JOIN clinic c ON c.id = a.clinic_id WHERE slug = 'harbour'",
    )
    assert.deepEqual(
      rows.map(({ act, by_staff, detail }) => [act, by_staff, JSON.parse(detail).by]),
      [
        ['clinic-created', null, 'operator'],
        ['staff-added', null, 'operator'],
      ],
    )
  })

  it('hands over a link that sets the password, once, and the manager logs on', async () => {
    assert.equal((await page('/harbour')).status, 200)
    assert.equal((await post('/harbour/logon', { identifier: 'niamh', password })).status, 422, 'no password yet (M4)')
    assert.equal((await page(link())).status, 200)
    assert.equal((await page(link())).status, 200, 'opening it uses nothing up')
    const set = await post(link(), { new_password: password })
    assert.equal(set.status, 303, await set.text())
    assert.equal((await page(link())).status, 404)
    const inside = await logOn()
    assert.equal(inside.status, 303)
    keepCookies(inside)
    assert.match(await (await page('/harbour/settings')).text(), /existing patients/i)
  })

  it('finds that the front page names no clinic', async () => {
    const text = await (await page('/')).text()
    assert.match(text, /Clinic Diary/)
    assert.doesNotMatch(text, /harbour|riverside|hillside/i)
  })

  const nothing = {
    'a taken slug': [{ slug: 'riverside' }, [], /"riverside" is taken by Riverside Clinic\./],
    'a reserved slug': [{ slug: 'static' }, [], /"static" is reserved/],
    'an option that does not exist': [{ slug: 'quay' }, ['--colour', 'blue'], /There is no option --colour/],
    'several things that are wrong, all told at once': [
      { slug: 'x', phone: 'none' },
      [],
      /--slug takes.*\n--phone takes/,
    ],
  }
  for (const [what, [changes, more, sentence]] of Object.entries(nothing)) {
    it(`writes nothing for ${what}`, async () => {
      const rows = everyRow()
      const done = await clinic('create', ...typed({ ...harbour, ...changes }), ...more)
      assert.equal(done.code, 1)
      assert.match(done.said, sentence)
      assert.doesNotMatch(done.said, /\n +at |password\/new/)
      assert.deepEqual(everyRow(), rows)
    })
  }

  it('cannot leave half a clinic behind: what the database refuses is refused as a whole', async () => {
    const rows = everyRow()
    const database = databaseOf({ data, port: '1' })
    const { clinic: quay, manager } = asking({ slug: 'quay' })
    await assert.rejects(
      database.write(setUp({ ...quay, slug: 'riverside' }, manager, Date.now()).sql),
      /UNIQUE constraint failed: clinic\.slug/,
    )
    await assert.rejects(
      database.write(setUp(quay, { ...manager, username: 'NO' }, Date.now()).sql),
      /CHECK constraint/,
    )
    assert.deepEqual(everyRow(), rows)
  })

  it('sees every clinic in a line, and one of them whole, without a patient’s name', async () => {
    const list = await clinic('list')
    assert.match(list.said, /\/harbour +O'Hara's Practice; -- Harbour · open\n.*\/hillside .*\n.*\/riverside /)
    const shown = await clinic('show', 'riverside')
    assert.match(shown.said, /Riverside Clinic[\s\S]*Managers: +maya\n[\s\S]*Patients: +40, /)
    assert.doesNotMatch(shown.said, /janet|hall/i)
    const unknown = await clinic('show', 'nowhere')
    assert.equal(unknown.code, 1)
    assert.match(unknown.said, /There is no clinic with the slug "nowhere"\./)
  })

  it('takes a lost second factor away, and a lone manager gets in again; the audit says by whom', async () => {
    const [niamh] = all("SELECT clinic_id, id FROM staff WHERE username = 'niamh'")
    const of = `'${niamh.clinic_id}', '${niamh.id}'`
    await databaseOf({ data, port: '1' }).write(`INSERT INTO authenticator_app VALUES (${of}, 'sealed', 1, 1);
      INSERT INTO recovery_code (clinic_id, staff_id, code_hash, made_at) VALUES (${of}, 'hash', 1);`)
    assert.match((await logOn()).headers.get('location'), /second-factor/)
    assert.equal((await page('/harbour/settings')).status, 200)

    const done = await clinic('remove-second-factor', 'harbour', '--username', 'niamh')
    assert.equal(done.code, 0, done.said)
    assert.match(
      done.said,
      /second factor of Niamh \(niamh\) at O'Hara's Practice; -- Harbour is removed[\s\S]*A mail to Niamh@\S+ says so/,
    )
    assert.equal((await page('/harbour/settings')).status, 303, 'every session is ended')
    assert.deepEqual(all('SELECT staff_id FROM authenticator_app UNION SELECT staff_id FROM recovery_code'), [])
    const audit = "SELECT of_staff, by_staff, detail FROM audit WHERE act = 'staff-second-factor-removed'"
    const entry = { of_staff: niamh.id, by_staff: null, detail: '{"by":"operator"}' }
    assert.deepEqual(all(audit), [entry])
    const notices =
      "SELECT staff_id, to_address LIKE 'niamh@%' AS is_hers FROM mail WHERE kind = 'second-factor-removed'"
    assert.deepEqual(all(notices), [{ staff_id: niamh.id, is_hers: 1 }])
    keepCookies(await logOn())
    assert.equal((await page('/harbour/settings')).status, 200, 'the password is enough')

    const again = await clinic('remove-second-factor', 'harbour', '--username', 'niamh')
    assert.deepEqual([again.code, /has no second factor\. Nothing was changed\./.test(again.said)], [0, true])
    assert.deepEqual(all(audit), [entry])
    assert.equal(all(notices).length, 1, 'told once')
    const nobody = await clinic('remove-second-factor', 'harbour', '--username', 'maya')
    assert.equal(nobody.code, 1)
    assert.match(nobody.said, /Nobody at O'Hara's Practice; -- Harbour has the username "maya"\./)
  })

  it('closes a clinic: who is inside is outside at once, and the address is gone within 5 seconds', async () => {
    assert.equal((await page('/harbour/settings')).status, 200)
    const done = await clinic('close', 'harbour')
    assert.equal(done.code, 0, done.said)
    assert.ok([303, 404].includes((await page('/harbour/settings')).status))
    assert.deepEqual(all("SELECT 1 FROM session s JOIN clinic c ON c.id = s.clinic_id WHERE slug = 'harbour'"), [])
    const until = Date.now() + 10_000
    while ((await page('/harbour')).status !== 404) assert.ok(Date.now() < until, 'still there')
    assert.equal((await post('/harbour/logon', { identifier: 'niamh', password })).status, 404)
    assert.equal((await page('/riverside')).status, 200)
  })

  it('may close it twice, and keeps its slug taken', async () => {
    const rows = everyRow()
    const again = await clinic('close', 'harbour')
    assert.equal(again.code, 0)
    assert.match(again.said, /was closed already/)
    assert.match(
      (await clinic('create', ...typed(harbour))).said,
      /is taken by O'Hara's Practice; -- Harbour, closed since/,
    )
    assert.deepEqual(everyRow(), rows)
    assert.deepEqual(all("SELECT count(*) AS n FROM audit WHERE act = 'clinic-closed'"), [{ n: 1 }])
  })

  it('is told how the command goes when it was typed wrong', async () => {
    const wrong = {
      '': /npm run clinic -- create/,
      'open harbour': /There is no "open" for clinics\./,
      show: /its slug is missing/,
      'remove-second-factor harbour': /--username is missing\./,
      'close harbour riverside': /"riverside" means nothing here/,
      'list --remote --data x': /leave them out with --remote/,
      [`list --data ${join(folder, 'nowhere')}`]: /There is no diary in .*npm start -- --data/,
    }
    const tries = Object.entries(wrong).map(async ([line, sentence]) => {
      const done = await ran('clinic.mjs', line.split(' ').filter(Boolean))
      assert.equal(done.code, 1, line)
      assert.match(done.said, sentence)
    })
    await Promise.all(tries)
  })
})

describe('a deployment', () => {
  const good = {
    vars: { ORIGINS: 'https://diary.clinics.test', MAIL_TRANSPORT: 'cloudflare', MAIL_FROM: 'diary@clinics.test' },
    d1_databases: [{ binding: 'DB', database_id: '5f1c7e02-6c1e-4f0a-9d59-0d6f1b2f7a11' }],
    kv_namespaces: [{ binding: 'SESSIONS', id: '0f2ac74b498b48028cb68387c421e279' }],
    routes: [{ pattern: 'diary.clinics.test', custom_domain: true }],
  }
  const notFilledIn = {
    ...good,
    d1_databases: [{ binding: 'DB', database_id: '00000000-0000-0000-0000-000000000000' }],
    kv_namespaces: [{ binding: 'SESSIONS', id: '0'.repeat(32) }],
  }
  const withVars = (vars) => ({ ...good, vars: { ...good.vars, ...vars } })

  it('goes out when everything is there', () => {
    assert.deepEqual([...localSwitches(good), ...stillToDo(good)], [])
    assert.deepEqual(localSwitches(withVars({ ORIGINS: 'https://a.test https://b.test' })), [])
  })

  const switches = {
    'the local mailbox as its transport': [withVars({ MAIL_TRANSPORT: 'mailbox' }), /MAIL_TRANSPORT is "mailbox"/],
    'no known transport': [withVars({ MAIL_TRANSPORT: 'smtp' }), /MAIL_TRANSPORT must be/],
    'a namespace for the mailbox': [
      { ...good, kv_namespaces: [...good.kv_namespaces, { binding: 'MAILBOX', id: '1' }] },
      /KV namespace MAILBOX/,
    ],
    'an origin without TLS': [withVars({ ORIGINS: 'https://a.test http://b.test' }), /http:\/\/b\.test.*https/],
    'localhost as an origin': [withVars({ ORIGINS: 'https://localhost:8787' }), /which is this machine/],
    '127.0.0.1 as an origin': [withVars({ ORIGINS: 'http://127.0.0.1:8787' }), /which is this machine/],
    'an origin with a path': [withVars({ ORIGINS: 'https://a.test/' }), /write https:\/\/a\.test$/],
    'no origin': [withVars({ ORIGINS: '' }), /ORIGINS is empty/],
    'a secret in the open': [withVars({ DIARY_SECRET: 'x' }), /wrangler secret put DIARY_SECRET/],
  }
  for (const [what, [config, sentence]] of Object.entries(switches)) {
    it(`is refused with ${what}, dry run or not`, () => {
      const [problem, ...others] = localSwitches(config)
      assert.match(problem, sentence)
      assert.deepEqual(others, [])
    })
  }

  it('waits for what only the operator can make', () => {
    const empty = { vars: { ORIGINS: 'https://diary.example.com' }, d1_databases: [], kv_namespaces: [], routes: [] }
    const sentences = stillToDo(empty)
    for (const word of [/database_id/, /SESSIONS/, /routes/, /ORIGINS/, /MAIL_FROM/]) {
      assert.ok(
        sentences.some((sentence) => word.test(sentence)),
        `${word}`,
      )
    }
    assert.match(stillToDo({ ...good, d1_databases: notFilledIn.d1_databases })[0], /database_id/)
    assert.match(stillToDo({ ...good, kv_namespaces: notFilledIn.kv_namespaces })[0], /SESSIONS/)
  })

  it('is tried out without an account, and is the top level of the file whatever CLOUDFLARE_ENV says', async () => {
    const done = await ran('deploy.mjs', ['--dry-run'], { CLOUDFLARE_ENV: 'local', CLOUDFLARE_API_TOKEN: '' })
    assert.equal(done.code, 0, done.said)
    assert.match(done.said, /env\.SESSIONS[\s\S]*It can be built\. Nothing was deployed\./)
    assert.doesNotMatch(done.said, /mailbox|localhost/i)
    assert.deepEqual(localSwitches(configOf('wrangler.toml')), [])
  })

  it('stops before anything is sent when the file has local switches or is not filled in', async () => {
    const path = join(folder, 'deployment.json')
    const deploy = (config, ...args) => {
      writeFileSync(path, JSON.stringify({ name: 'clinic-diary', ...config }))
      return ran('deploy.mjs', [...args, '--config', path])
    }
    for (const args of [[], ['--dry-run']]) {
      const { code, said } = await deploy(withVars({ MAIL_TRANSPORT: 'mailbox' }), ...args)
      assert.equal(code, 1)
      assert.match(said, /cannot be deployed as it stands:\nMAIL_TRANSPORT is "mailbox".*\n$/)
    }
    const asItComes = await deploy(notFilledIn)
    assert.equal(asItComes.code, 1)
    assert.match(asItComes.said, /as it stands:\ndatabase_id is not there yet.*\n.*SESSIONS.*\n$/)
    assert.match((await ran('clinic.mjs', ['list', '--remote', '--config', path])).said, /names no database yet/)
    assert.match((await deploy(notFilledIn, '--force')).said, /There is no option --force here\./)
  })

  it('is tried out from any folder, and says at the end what is still to fill in', async () => {
    const worker = { main: 'worker.js', compatibility_date: '2026-10-01' }
    writeFileSync(join(folder, 'worker.js'), 'export default { fetch: () => new Response() }')
    writeFileSync(join(folder, 'mine.json'), JSON.stringify({ name: 'clinic-diary', ...worker, ...notFilledIn }))
    const { code, said } = await ran('deploy.mjs', ['--dry-run', '--config', 'mine.json'], {}, folder)
    assert.equal(code, 0, said)
    const end =
      /It can be built\. Nothing was deployed\.\nStill to fill in, in .*mine\.json:\ndatabase_id .*\n.*SESSIONS .*\n$/
    assert.match(said, end)
  })
})
