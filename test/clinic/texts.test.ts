/** `/settings/texts`: the clinic's own words on the logon page and where people register. */
import { beforeEach, describe, expect, it } from 'vitest'
import { readWords, wordsOf } from '../../src/clinic/texts/public-words.ts'
import { type Visitor, visitor } from '../support/world.ts'
import { aManager, audited, markOn } from './manager.ts'

const clinic = { name: 'Riverside Clinic' }

describe('the words of a clinic', () => {
  it('are kept as none where they equal our standard words, or are empty', () => {
    const { words } = readWords(
      {
        opening_words: '',
        existing_words: ' The clinic has your email address. You choose a password. ',
        new_words: 'Hello',
      },
      clinic,
    )
    expect(words).toMatchObject({ openingWords: '', existingWords: '', newWords: 'Hello' })
    expect(wordsOf({ ...words, ...clinic })).toMatchObject({
      existingWords: 'The clinic has your email address. You choose a password.',
      newWords: 'Hello',
      newAskWords: 'For people who have not been to Riverside Clinic before. We send you a link to go on.',
    })
  })

  it('have a length and no characters that cannot be seen; line breaks are kept', () => {
    const { problems, words } = readWords(
      { opening_words: 'x'.repeat(501), new_words: 'a\u202eb', new_ask_words: 'One\r\nTwo' },
      clinic,
    )
    expect(problems).toEqual({
      opening_words: 'Use 500 characters or fewer. There are 501',
      new_words: 'There are characters that cannot be seen. Type the text again',
    })
    expect(words.newAskWords).toBe('One\nTwo')
  })
})

describe('the page', () => {
  let maya: Visitor
  beforeEach(async () => {
    maya = (await aManager()).maya
  })
  const save = (typed: Record<string, string>) => maya.post('/riverside/settings/texts', typed)
  const publicPage = async (path = '') => (await visitor().get(`/riverside${path}`)).body

  it('puts the words on the public pages, as text and never as HTML', async () => {
    await publicPage()
    await save({
      opening_words: 'Closed on 25 December.\n<script>alert(1)</script>',
      existing_words: 'You are in our <b>files</b>',
      new_ask_words: 'Welcome to "us"',
    })
    const logon = await publicPage()
    expect(logon).toContain(
      '<p class="opening lines">Closed on 25 December.\n&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    )
    expect(logon).toContain('You are in our &lt;b&gt;files&lt;/b&gt;')
    expect(logon).toContain('You tell us who you are, and choose a password.')
    expect(await publicPage('/register/new')).toContain('Welcome to &quot;us&quot;')
    expect(await publicPage('/register/existing')).toContain('We send you a link to choose a password.')
    expect(await audited()).toEqual([['public-words-changed', { fields: 'openingWords existingWords newAskWords' }]])
  })

  it('goes back to the standard words, and leaves the opening words', async () => {
    await save({ opening_words: 'Hello', existing_words: 'Our own' })
    expect((await maya.get('/riverside/settings/texts')).body).toContain('Back to the standard words')
    expect((await maya.post('/riverside/settings/texts/standard', {})).status).toBe(303)
    const logon = await publicPage()
    expect(logon).toContain('The clinic has your email address')
    expect(logon).toContain('>Hello<')
    expect((await maya.get('/riverside/settings/texts')).body).not.toContain('Back to the standard words')
  })

  it('previews what is typed and saves nothing', async () => {
    const typed = { opening_words: 'Draft <i>words</i>', new_words: 'New here?' }
    const fragment = await maya.post('/riverside/settings/texts/preview', typed, { 'hx-request': 'true' })
    expect(fragment.body).not.toContain('<html')
    for (const words of ['Draft &lt;i&gt;words&lt;/i&gt;', 'New here?', 'Not saved yet'])
      expect(fragment.body).toContain(words)
    expect((await maya.post('/riverside/settings/texts/preview', typed)).location).toBe('/riverside/settings/texts')
    expect(await publicPage()).not.toContain('Draft')
  })

  it('says what is too long, and keeps it on the page', async () => {
    const long = `${'word '.repeat(101)}end`
    const { status, body } = await save({ opening_words: long })
    expect(status).toBe(422)
    expect(body).toContain('href="#opening_words">Use 500 characters or fewer. There are 508')
    expect(body).toContain(`\n${long}</textarea>`)
  })

  it('tells the second of two managers, and overwrites nothing', async () => {
    const opened_with = markOn((await maya.get('/riverside/settings/texts')).body)
    await save({ opening_words: 'First', opened_with })
    for (const address of ['/riverside/settings/texts', '/riverside/settings/texts/standard']) {
      await save({ opening_words: 'First', existing_words: 'Own' })
      const second = await maya.post(address, { opening_words: 'Second', opened_with })
      expect([address, second.status]).toEqual([address, 409])
      expect(second.body).toContain('Somebody else changed these words')
    }
    expect(await publicPage()).toContain('>First<')
    expect(await publicPage()).toContain('>Own<')
  })

  it('answers everybody with the same words, whoever they are (M10)', async () => {
    await save({ existing_ask_words: 'Our own words' })
    const ask = (email: string) => visitor().post('/riverside/register/existing', { email })
    const [known, unknown] = [await ask('janet.hall@example.com'), await ask('nobody@example.com')]
    expect([known.status, known.location, known.body]).toEqual([unknown.status, unknown.location, unknown.body])
  })
})
