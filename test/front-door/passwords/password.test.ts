/** Passwords are kept as argon2id, exactly as Debian's argon2 computes it (security.md decision 3, D04, D05). */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Bindings } from '../../../src/environment.ts'
import { hashPassword, verifyPassword } from '../../../src/front-door/passwords/password.ts'
import { visitor } from '../../support/world.ts'
import { all, change, janetsEmail, logOn, one, riverside } from '../people.ts'

/** Made by Debian's libargon2: `echo -n … | argon2 somesalt12345678 -id -t 2 -k 19456 -p 1 -l 32 -e`. */
const made: [words: string, password: string, phc: string][] = [
  [
    'letters beyond ASCII',
    'zażółć',
    '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$89a4NYv0tGL+MkyHelc4+2S5WHT2kTGhQ5PQWTFBj/k',
  ],
  [
    'nothing at all',
    '',
    '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$aAx7toQ1Yj5n/63voYXSSZUxkUKWtBfXe+mCDGfILFw',
  ],
  [
    'one space',
    ' ',
    '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$TUqeTc/zr4XQVPAFmbB6Tz6lPrb23fmBdcNUZui/PB4',
  ],
  [
    'twelve emoji',
    '🦔🌵🍏🐝🌂🎈🧭🥁🪁🐌🍋🧵',
    '$argon2id$v=19$m=19456,t=2,p=1$aGVkZ2Vob2ctaW4tanVuZQ$eXQ0pX75+WiR68OX8uaNzCOWc9R9U4jfj16xSl9rmCk',
  ],
  [
    'two hundred characters',
    'ąb'.repeat(100),
    '$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$6QvySD5GrkPW/YxnOEYLnvXFjf565a8YWOxaJaJg8U8',
  ],
  [
    'a NUL in the middle',
    'nul\0inside it',
    '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$Id/IGqyZjequlCiLKxn5iaYNbwN5cykKLQjz21X2KkU',
  ],
  [
    'a space at the end',
    'trailing space ',
    '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$kIRVLF5YSITdpr1j1SFzMP/RjSQ+GTaZvTX2nozdlp4',
  ],
  [
    'another cost: 8 MiB, 3 passes',
    'three green apples',
    '$argon2id$v=19$m=8192,t=3,p=1$c29tZXNhbHQxMjM0NTY3OA$/LPIKizuiopeNkvAeOgX/ULLY1JvhTQ4zEQaawQe2TQ',
  ],
]
const [, zazolc, phcOfZazolc] = made[0]!

const isRight = async (password: string, phc: string, environment: Bindings = env) =>
  (await verifyPassword(environment, password, phc)).ok

describe('a hash that Debian’s argon2 made', () => {
  it.each(made)('of %s is the hash of the same password here, and of no other', async (_words, password, phc) => {
    expect(await isRight(password, phc)).toBe(true)
    expect(await isRight(`${password}x`, phc)).toBe(false)
  })
})

describe('what a password is', () => {
  it('is the same text, however its accents were typed: composed or not (ASVS 6.2.8)', async () => {
    const kept = await hashPassword(env, 'ze\u0301bra cafe\u0301 cre\u0300me')
    expect(await isRight('z\u00e9bra caf\u00e9 cr\u00e8me', kept)).toBe(true)
    expect(await isRight(zazolc.normalize('NFD'), phcOfZazolc)).toBe(true)
  })

  it('is every character of it: the 73rd counts, and a space or a NUL at the end (D04)', async () => {
    const long = 'P'.repeat(72)
    const [ofX, ofPlain] = [await hashPassword(env, `${long}x`), await hashPassword(env, 'three green apples')]
    expect(await isRight(`${long}x`, ofX)).toBe(true)
    expect(await isRight(`${long}y`, ofX)).toBe(false)
    for (const other of ['three green apples ', ' three green apples', 'three green apples\0', 'Three green apples']) {
      expect(await isRight(other, ofPlain), JSON.stringify(other)).toBe(false)
    }
  })

  it('does not end at a NUL', async () => {
    expect(await isRight('nul\0outside', await hashPassword(env, 'nul\0inside it'))).toBe(false)
  })
})

describe('the hash that is kept', () => {
  it('is argon2id with 19 MiB, 2 passes, 1 lane, and another salt each time (ASVS 11.4.2)', async () => {
    const [first, second] = [await hashPassword(env, zazolc), await hashPassword(env, zazolc)]
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(first).not.toBe(second)
  })

  it('needs the deployment’s pepper, when it has one', async () => {
    const peppered: Bindings = { ...env, PASSWORD_PEPPER: 'ground black pepper' }
    const kept = await hashPassword(peppered, zazolc)
    expect(await isRight(zazolc, kept, peppered)).toBe(true)
    expect(await isRight(zazolc, kept)).toBe(false)
    expect(await isRight(zazolc, kept, { ...env, PASSWORD_PEPPER: 'white pepper' })).toBe(false)
  })

  const [salt, hash] = phcOfZazolc.split('$').slice(4) as [string, string]
  it.each([
    ['no hash', null],
    ['an empty one', ''],
    ['the password in clear', zazolc],
    ['argon2i', '$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$N0kxKdccbCwQBykMOIPwqYPcooumm7eW6ic9XK6RnHw'],
    ['argon2d', '$argon2d$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$sSQnKmMO2fqwyqfKdh2ozSXjc+O8sTVvo3k5xAc5eC8'],
    ['the older version of argon2id', `$argon2id$v=16$m=19456,t=2,p=1$${salt}$${hash}`],
    ['a hash without its version', `$argon2id$m=19456,t=2,p=1$${salt}$${hash}`],
    ['a hash that goes on', `${phcOfZazolc}$more`],
    ['a hash with a line after it', `${phcOfZazolc}\n`],
    ['an empty hash', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$`],
    ['a shortened hash', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${hash.slice(0, 20)}`],
    ['one letter changed', phcOfZazolc.replace('89a4', '89a5')],
    ['bcrypt', '$2b$12$abcdefghijklmnopqrstuuXoDDlMhbJDKjR5vDEBfsTTTRPkGK9hq'],
    ['SHA-256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('is refused when it is %s', async (_words, kept) => {
    expect(await verifyPassword(env, zazolc, kept).then(({ ok }) => ok)).toBe(false)
  })
})

describe('when the cost of hashing has changed', () => {
  const older = made.at(-1)!

  it('says so when a password is compared', async () => {
    expect(await verifyPassword(env, older[1], older[2])).toEqual({ ok: true, stale: true })
    expect(await verifyPassword(env, zazolc, phcOfZazolc)).toEqual({ ok: true, stale: false })
  })

  it.each(['m=19455,t=2,p=1', 'm=19456,t=1,p=1', 'm=19456,t=2,p=2'])('sees each part of it: %s', async (other) => {
    const kept = phcOfZazolc.replace('m=19456,t=2,p=1', other)
    expect(await verifyPassword(env, zazolc, kept)).toEqual({ ok: false, stale: true })
  })

  it.each([
    ['patient', janetsEmail, 'online_access'],
    ['member of staff', 'sam', 'staff'],
  ])('D05 hashes it anew when the %s logs on, and no other row is left as it was', async (_who, name, table) => {
    await riverside()
    await change(`UPDATE ${table} SET password_hash = ?`, older[2])
    expect((await logOn(visitor(), name, older[1])).status).toBe(303)

    const row = await one<{ password_hash: string }>(`SELECT password_hash FROM ${table}`)
    expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(env, older[1], row!.password_hash)).toEqual({ ok: true, stale: false })
    expect((await logOn(visitor(), name, older[1])).status).toBe(303)
  })

  it('leaves the row alone when the password was wrong', async () => {
    await riverside()
    await change('UPDATE online_access SET password_hash = ?', older[2])
    expect((await logOn(visitor(), janetsEmail, 'not the right one')).status).toBe(422)
    expect(await all('SELECT password_hash FROM online_access')).toEqual([{ password_hash: older[2] }])
  })
})
