/** F04: `next` leads to a place of this clinic or nowhere. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownPath } from '../../src/web/own-path.ts'

describe('where somebody wanted to go', () => {
  it.each([
    '/riverside/home',
    '/riverside/patients?q=hall&access=active',
    '/riverside/diary/2026-11-23',
    '/riverside/patients/abc23xyz/online-access',
  ])('is followed when it is a place of this clinic: %s', (wanted) => {
    expect(ownPath(wanted, '/riverside')).toBe(wanted)
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '///evil.example',
    'https:evil.example',
    'https://evil.example/riverside/home',
    'http://diary.test@evil.example',
    'javascript:alert(1)',
    '%2f%2fevil.example',
    '/%5cevil.example',
    '/..//evil.example',
    '/riverside/../hillside/home',
    '/riverside//evil.example',
    '/riverside/home\r\nSet-Cookie: a=b',
    '/riverside/home#fragment',
    '/hillside/home',
    '/riversidevil/home',
    '/riverside',
    '',
    `/riverside/${'x'.repeat(10_000)}`,
  ])('is not followed: %j', (wanted) => {
    expect(ownPath(wanted, '/riverside')).toBeNull()
  })

  it('never leaves this origin, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '\\', ':', '@', '.', '?', '#', '%', 'a', 'riverside', '\n') }),
        (wanted) => {
          const path = ownPath(wanted, '/riverside')
          if (path !== null) expect(new URL(path, 'https://diary.test').href).toBe(`https://diary.test${path}`)
        },
      ),
    )
  })
})
