/** What a form may be, and what a field is. */
import { describe, expect, it } from 'vitest'
import { readForm } from '../../src/web/form.ts'
import { hasHiddenCharacters } from '../../src/web/typed-text.ts'

const sent = (body: BodyInit, type?: string) =>
  new Request('https://diary.test/riverside', { method: 'POST', body, headers: type ? { 'content-type': type } : {} })
const encoded = 'application/x-www-form-urlencoded'

describe('reading a form', () => {
  it('takes the spaces around a field away, but none from a password', async () => {
    const form = await readForm(sent('email=+janet%40example.com+&password=+three+green+apples+&tick=on', encoded))
    expect(form.text('email')).toBe('janet@example.com')
    expect(form.exact('password')).toBe(' three green apples ')
    expect([form.ticked('tick'), form.ticked('other'), form.text('missing')]).toEqual([true, false, ''])
  })

  it('takes away what keeps a name apart on our pages, where it was copied from one, but not out of a password', async () => {
    const form = await readForm(sent('name=%E2%81%A8%D7%9B%D7%94%D7%9F%E2%81%A9&password=%E2%81%A8', encoded))
    expect([form.text('name'), form.typed().name, form.exact('password')]).toEqual(['כהן', 'כהן', '\u2068'])
  })

  it('decodes once: what still looks encoded is what was typed', async () => {
    expect((await readForm(sent('email=a%252540x.org', encoded))).text('email')).toBe('a%2540x.org')
  })

  it('is not led astray by names that every object has', async () => {
    const form = await readForm(sent('__proto__=a&constructor=b&toString=c', encoded))
    expect([form.text('hasOwnProperty'), form.text('constructor')]).toEqual(['', 'b'])
    expect(({} as Record<string, unknown>).a).toBeUndefined()
  })

  it.each([
    ['a field sent twice', sent('role=patient&role=manager', encoded), 400],
    ['JSON', sent('{"role":"manager"}', 'application/json'), 415],
    ['plain text', sent('role=manager', 'text/plain'), 415],
    ['a form that was cut off', sent('--x\r\nContent-Disp', 'multipart/form-data; boundary=x'), 400],
  ])('refuses %s', async (_what, request, status) => {
    await expect(readForm(request)).rejects.toMatchObject({ name: 'BadForm', status })
  })

  it('refuses a file', async () => {
    const body = new FormData()
    body.set('logo', new File(['x'], 'x.png'))
    await expect(readForm(sent(body))).rejects.toMatchObject({ name: 'BadForm', status: 400 })
  })
})

describe('hidden characters', () => {
  it.each(['Jan\u0000et', 'Janet\r\nBcc: x', 'Ja\u200bnet', 'Ja\u202enet', '\ufeffJanet', 'Ja\u2066net'])(
    'are seen in %j',
    (text) => {
      expect(hasHiddenCharacters(text)).toBe(true)
    },
  )
  it.each(['Janet', 'Zażółć', 'O’Brien-Smith', '李小龍', 'José María', '👩🏽'])('are not seen in %s', (text) => {
    expect(hasHiddenCharacters(text)).toBe(false)
  })
})
