/** A mail as a value: what the two parts say, and what they never do. */
import { describe, expect, it } from 'vitest'
import { letter } from '../../src/mail/letter.ts'

const clinic = { name: 'Riverside Clinic', phone: '01632 960 001' }
const href = 'https://diary.test/riverside/registration/aB3-_x'
const whole = letter({
  clinic,
  subject: 'Your online access – Riverside Clinic',
  paragraphs: ['The staff gave you online access.', 'Log on with these details.'],
  facts: [
    { term: 'Log on with', value: 'janet.hall@example.com' },
    { term: 'Temporary password', value: 'apple-river-stone' },
  ],
  action: { label: 'Log on', href },
  after: ['It works for 72 hours.', 'If you did not ask for this, you need do nothing.'],
})

/** What a reader sees of the HTML, line by line. */
const seen = (html: string): string[] =>
  html
    .replace(/<title>.*?<\/title>|<!doctype html>/g, '')
    .replace(/<\/(p|dt|dd)>|<br>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

describe('the text', () => {
  it('says what happened, what to do, how long it works, and who can help, in this order', () => {
    expect(whole.text).toBe(`The staff gave you online access.

Log on with these details.

Log on with: janet.hall@example.com
Temporary password: apple-river-stone

Log on:
${href}

It works for 72 hours.

If you did not ask for this, you need do nothing.

Riverside Clinic
Telephone 01632 960 001
`)
  })

  it('has the link alone on its own line, so that every mail program finds where it ends', () => {
    expect(whole.text.split('\n')).toContain(href)
  })

  it('leaves no gaps when there is nothing to do and nothing to read off', () => {
    const { text } = letter({ clinic, subject: 'Your password was changed', paragraphs: ['It was changed.'] })
    expect(text).toBe('It was changed.\n\nRiverside Clinic\nTelephone 01632 960 001\n')
  })
})

/** The longest that a line of a phone cannot break. */
const longestPiece = (html: string): number =>
  Math.max(...html.split(/<wbr>|<[^>]+>|[\s-]/).map((piece) => piece.length))

describe('the HTML', () => {
  it('may break what is longer than a phone is wide, and leaves it whole for whoever copies it', () => {
    const long = `https://diary.test/riverside/password/new/${'aB3_'.repeat(11)}`
    const address = `${'x'.repeat(60)}@example.com`
    const { html } = letter({
      clinic,
      subject: 'Short',
      paragraphs: [],
      action: { label: 'Set a password', href: long },
      facts: [{ term: 'Log on with', value: address }],
    })
    expect(longestPiece(html)).toBeLessThan(25)
    for (const whole of [long, address]) expect(seen(html)).toContain(whole)
    expect(html).toContain(`href="${long}"`)
  })

  it('breaks no word that fits on a line', () => {
    const value = 'Tuesday 24 November 2026 at 9:30am'
    expect(letter({ clinic, subject: 'Short', paragraphs: [], facts: [{ term: 'When', value }] }).html).toContain(value)
  })

  it('says the same in the same order, and only adds how to copy the link', () => {
    const copy = 'If the link does not open, copy this address into your browser:'
    const same = seen(whole.html).filter((line) => line !== copy)
    const wanted = whole.text
      .split('\n')
      .filter(Boolean)
      .flatMap((line) => (line === 'Log on:' ? ['Log on'] : line.split(/(?<=^Log on with|^Temporary password): /)))
    expect(same).toEqual(wanted)
    expect(seen(whole.html)).toContain(copy)
  })

  it('has the link once to follow, and once to copy, on its own line', () => {
    expect(whole.html.match(/href="([^"]+)"/g)).toEqual([`href="${href}"`])
    expect(seen(whole.html)).toContain(href)
  })

  it('is a whole page in English, titled as the mail', () => {
    expect(whole.html).toMatch(/^<!doctype html>\n<html lang="en-GB">/)
    expect(whole.html).toContain('<meta charset="utf-8">')
    expect(whole.html).toContain('<title>Your online access – Riverside Clinic</title>')
  })

  it('loads nothing and runs nothing: nobody is told that the mail was read', () => {
    expect(whole.html).not.toMatch(/<(img|script|style|link|iframe|svg|form|object|video|audio|base)\b/i)
    expect(whole.html).not.toMatch(/\s(src|srcset|style|background|ping|on\w+)=/i)
    expect(whole.html.match(/https?:\/\/[^/"<\s]+/g)!.every((origin) => origin === 'https://diary.test')).toBe(true)
  })
})

describe('a name with characters that mean something in HTML', () => {
  const name = `O'Brien & "Sons" <b>Clinic</b>`
  const odd = letter({
    clinic: { name, phone: '<01632>' },
    subject: `From ${name}`,
    paragraphs: [`Call ${name}.`],
    facts: [{ term: '<u>Code</u>', value: '<script>alert(1)</script>' }],
    action: { label: '<i>Log on</i>', href: `${href}?a=1&b="><img src=x>` },
    after: ['<p onclick=x>'],
  })

  it('stands in the HTML as it is written, and becomes no element', () => {
    expect(odd.html).not.toMatch(/<(b|u|i|script|img)>|<img|<p onclick/)
    const lines = seen(odd.html)
    for (const line of [name, `Call ${name}.`, '<script>alert(1)</script>', '<i>Log on</i>', '<p onclick=x>'])
      expect(lines).toContain(line)
    expect(odd.html).toContain('<title>From O&#39;Brien &amp; &quot;Sons&quot; &lt;b&gt;Clinic&lt;/b&gt;</title>')
  })

  it('stands in text and subject as it is', () => {
    expect(odd.text).toContain(`Call ${name}.`)
    expect(odd.subject).toBe(`From ${name}`)
  })
})

it('every letter ends with the clinic and its telephone number, in both parts', () => {
  const { text, html } = letter({ clinic, subject: 'Short', paragraphs: ['Hello.'] })
  expect(text.trimEnd().split('\n').slice(-2)).toEqual(['Riverside Clinic', 'Telephone 01632 960 001'])
  expect(seen(html).slice(-2)).toEqual(['Riverside Clinic', 'Telephone 01632 960 001'])
})

describe('a clinic whose name is written from right to left', () => {
  const name = 'مركز النهر'
  const said = letter({
    clinic: { name, phone: '01632 960 001' },
    subject: `Your appointment – ${name}`,
    paragraphs: [`If you cannot come, call ${name} on 01632 960 001.`],
  })

  it('leaves its number in its place, in both parts and in the subject', () => {
    const sentence = `call \u2068${name}\u2069 on 01632 960 001`
    expect([said.subject, said.text.includes(sentence), said.html.includes(sentence)]).toEqual([
      `Your appointment – \u2068${name}\u2069`,
      true,
      true,
    ])
  })

  it('changes no letter of others', () => {
    expect(whole.text + whole.html + whole.subject).not.toMatch(/[\u2068\u2069]/)
  })
})
