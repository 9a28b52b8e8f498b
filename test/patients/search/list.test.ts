/** The list of patients: staff find the right person quickly, and only those of their own clinic. */
import { beforeEach, describe, expect, it } from 'vitest'
import { apart } from '../../../src/web/apart.ts'
import { aClinic, anAccess, aPatient, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import { listed, wordsOf } from '../reading.ts'

let clinicId: string
let sam: Visitor

beforeEach(async () => {
  clinicId = (await aClinic()).id
  sam = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId })).id })
})

const find = async (q: string) => listed((await sam.get(`/riverside/patients?q=${encodeURIComponent(q)}`)).body)

describe('the list of patients', () => {
  it('is in the order of last names, whatever their accents, with all that tells two people apart', async () => {
    await aPatient({ clinicId, firstName: 'Piotr', lastName: 'Łęcki' })
    await aPatient({ clinicId, firstName: 'Oliver', lastName: 'Grant' })
    await aPatient({ clinicId, firstName: 'Ana', lastName: 'Ávila', preferredName: 'Nita', mobile: '07700 900 982' })
    const { body } = await sam.get('/riverside/patients')
    expect(listed(body)).toEqual(['Ana Ávila', 'Oliver Grant', 'Piotr Łęcki'])
    expect(wordsOf(body)).toContain('Ana Ávila (Nita) 3 May 1951 07700 900 982 Not provided Not registered')
    expect(wordsOf(body)).toContain('3 patients')
  })

  it('says what to do where there is nobody yet', async () => {
    expect(wordsOf((await sam.get('/riverside/patients')).body)).toContain('No patients yet. Add one .')
  })

  it('goes on page by page, and nobody is missed or shown twice, even with equal names', async () => {
    for (let n = 0; n < 30; n++) await aPatient({ clinicId, firstName: 'Jo', lastName: n < 3 ? 'Adams' : 'Smith' })
    const first = (await sam.get('/riverside/patients?q=jo')).body
    const next = /<a href="([^"]+)">Next page/.exec(first)![1]!.replaceAll('&amp;', '&')
    expect(next).toMatch(/^\/riverside\/patients\?q=jo&after=\w+$/)
    const second = (await sam.get(next)).body
    const ids = (body: string) => [...body.matchAll(/patients\/(\w{16})"/g)].map(([, id]) => id)
    expect([ids(first).length, ids(second).length]).toEqual([25, 5])
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(30)
    expect(wordsOf(first)).toContain('30 patients found')
    expect(second).not.toContain('Next page')
    expect(second).toContain('<a href="/riverside/patients?q=jo">First page</a>')
  })

  it('leaves out archived records', async () => {
    await aPatient({ clinicId, archivedAt: Date.now() })
    expect(await find('hall')).toEqual([])
  })

  it('shows nobody of another clinic', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const theirs = await aPatient({ clinicId: hillside.id, firstName: 'Janet', lastName: 'Hall' })
    await anAccess(theirs, { state: 'inactive' })
    expect(await find('')).toEqual([])
    expect(await find('hall')).toEqual([])
    expect(listed((await sam.get('/riverside/patients?access=inactive')).body)).toEqual([])
    const abroad = (await sam.get(`/riverside/patients?after=${theirs.id}`)).body
    expect(wordsOf(abroad)).not.toContain('Hall')
  })
})

describe('a search', () => {
  beforeEach(async () => {
    await aPatient({
      clinicId,
      firstName: 'Asha',
      lastName: 'Patel',
      dateOfBirth: '2007-03-27',
      mobile: '+44 7700 900982',
      email: 'asha.p@example.com',
    })
    await aPatient({
      clinicId,
      firstName: 'Patrick',
      lastName: 'O’Brien',
      preferredName: 'Paddy',
      phone: '01632 960 955',
    })
    await aPatient({ clinicId, firstName: 'Zoë', lastName: 'Müller-Groß', dateOfBirth: null })
    await aPatient({ clinicId, firstName: '100%', lastName: '_' })
  })

  it.each([
    ['pat ash', ['Asha Patel']],
    ['PATEL, asha', ['Asha Patel']],
    ['pat', ['Patrick O’Brien', 'Asha Patel']],
    ["o'brien", ['Patrick O’Brien']],
    ['obrien', ['Patrick O’Brien']],
    ['paddy', ['Patrick O’Brien']],
    ['zoe muller gross', ['Zoë Müller-Groß']],
    ['27/3/2007', ['Asha Patel']],
    ['27 mar 2007', ['Asha Patel']],
    ['patel 27.3.07', ['Asha Patel']],
    ['obrien 27.3.07', []],
    ['Mr O’Brien', ['Patrick O’Brien']],
    ['Ms. Patel', ['Asha Patel']],
    ['Miss Patel 27/3/2007', ['Asha Patel']],
    ['07700900982', ['Asha Patel']],
    ['07700 900 982', ['Asha Patel']],
    ['960955', ['Patrick O’Brien']],
    ['+44 1632 960955', ['Patrick O’Brien']],
    ['Asha.P@Example.com', ['Asha Patel']],
    ['asha.p', ['Asha Patel']],
    ['@example.com', ['Asha Patel']],
    ['example.com', ['Asha Patel']],
    ['brien', ['Patrick O’Brien']],
    ['gross', ['Zoë Müller-Groß']],
    ['patel 2007', ['Asha Patel']],
    ['700900', ['Asha Patel']],
    ['982', ['Asha Patel']],
    ['982 patel asha 27/3/2007 07700 @exa', ['Asha Patel']],
    ['27 3 2007', ['Asha Patel']],
    ['atel', []], // a part inside a word is not looked for
    ['100%', ['100% _']],
    ['%%', []],
    ['__', []],
    ["' OR 1=1 --", []],
  ])('for "%s" finds %j', async (typed, names) => {
    expect(await find(typed)).toEqual(names)
  })

  it('says when nobody matches, with what was typed and a next step', async () => {
    const { status, body } = await sam.get(`/riverside/patients?q=${encodeURIComponent('<b>nobody')}`)
    expect(status).toBe(200)
    expect(body).not.toContain('<b>nobody')
    expect(wordsOf(body)).toContain('Check the spelling, look among the archived records or add a patient')
    expect(body).toContain('href="/riverside/patients?q=%3Cb%3Enobody&amp;access=archived"')
  })

  it('asks for two letters instead of showing everybody', async () => {
    const { body } = await sam.get('/riverside/patients?q=p')
    expect(listed(body)).toEqual([])
    expect(wordsOf(body)).toContain('Type 2 letters or more')
  })

  it('while typing is answered with the results alone, says how many, and keeps the address so that Back finds them', async () => {
    const answer = await sam.get('/riverside/patients/results?q=pat&access=none', { 'hx-request': 'true' })
    expect(answer.body).not.toContain('<html')
    expect(listed(answer.body)).toEqual(['Patrick O’Brien', 'Asha Patel'])
    expect(answer.body).toContain('data-status="2 patients found"')
    expect(answer.headers.get('hx-replace-url')).toBe('/riverside/patients?q=pat&access=none')
  })

  it('opened as a page, the results lead to the whole page', async () => {
    expect((await sam.get('/riverside/patients/results?q=pat')).location).toBe('/riverside/patients?q=pat')
  })
})

describe('whatever is typed (G12)', () => {
  it.each([
    ['%'.repeat(60)],
    ['_'.repeat(254)],
    ['hall%'],
    ['H_ll'],
    ['*'],
    ['hall*'],
    ['x'.repeat(51)],
    ['x'.repeat(5_000)],
    ['李'.repeat(60)],
    ['👩‍👧'.repeat(30)],
    ['\u0000ha\u0000ll'],
    ['\u{10ffff}'.repeat(3)],
    ['\ud800 hall'],
    ["'; DROP TABLE patient; --"],
    ['"]]'],
    ['((((('],
    ['.*'],
    [Array.from({ length: 200 }, (_word, n) => `w${n}`).join(' ')],
    ['1/1/1 2/2/2 3 3 3'],
  ])('%j finds nobody of another clinic and troubles nobody', async (typed) => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const tim = { firstName: 'Tim', lastName: 'Hall', email: 'tim@example.com', mobile: '07700 900 982' }
    await aPatient({ clinicId: hillside.id, ...tim })
    for (const query of [
      `q=${encodeURIComponent(typed.toWellFormed())}`,
      `q=${encodeURIComponent(typed.toWellFormed())}&access=archived`,
    ]) {
      const answer = await sam.get(`/riverside/patients?${query}`)
      expect(answer.status).toBe(200)
      expect(listed(answer.body)).toEqual([])
    }
  })

  it('finds the one of two clinics who is here', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const person = { email: 'janet.hall@example.com', mobile: '07700 900 982' }
    await aPatient({ clinicId: hillside.id, ...person, firstName: 'Janet-of-Hillside' })
    await aPatient({ clinicId, ...person })
    for (const q of ['hall', '3/5/1951', '900 982', 'janet.hall@example.com', '@example', 'hall janet 1951'])
      expect([q, await find(q)]).toEqual([q, ['Janet Hall']])
  })
})

describe('names that are written without spaces', () => {
  it('are found by any of their letters', async () => {
    await aPatient({ clinicId, firstName: '小龍', lastName: '李' })
    for (const q of ['李', '小龍', '龍', '李 小']) expect([q, await find(q)]).toEqual([q, ['小龍 李']])
    expect(await find('王')).toEqual([])
  })
})

describe('names with a joiner that nobody sees', () => {
  it('are found with it, without it, and by what stands behind it', async () => {
    await aPatient({ clinicId, firstName: 'علی\u200cرضا', lastName: 'ක්\u200dරිස්ටි' })
    for (const q of ['علی\u200cرضا', 'علیرضا', 'رضا', 'علی رضا', 'ක්\u200dරිස්', 'ක්රිස්'])
      expect([q, await find(q)]).toEqual([q, [apart('علی\u200cرضا ක්\u200dරිස්ටි')]])
  })
})

describe('a postcode', () => {
  beforeEach(async () => {
    await aPatient({ clinicId, firstName: 'Ana', lastName: 'Adams', postcode: 'SE1 5AA' })
    await aPatient({ clinicId, firstName: 'Bob', lastName: 'Baker', postcode: 'se15 5aa' })
    await aPatient({ clinicId, firstName: 'Cat', lastName: 'Senior', postcode: 'SW1A2BB' })
    await aPatient({ clinicId, firstName: 'Dan', lastName: 'Dunne', postcode: 'D02 X285' })
    await aPatient({ clinicId, firstName: 'Eva', lastName: 'Engel', postcode: '10115' })
  })

  it.each([
    ['SE1 5AA', ['Ana Adams']],
    ['se15aa', ['Ana Adams']],
    [' Se1  5aA ', ['Ana Adams']],
    ['adams SE1 5AA', ['Ana Adams']],
    ['baker se1 5aa', []],
    ['SE15 5AA', ['Bob Baker']],
    ['SW1A 2BB', ['Cat Senior']],
    ['sw1a-2bb', ['Cat Senior']],
    ['SW1A', ['Cat Senior']],
    ['sw1a 2', ['Cat Senior']], // while it is being typed
    ['sw1a 2b', ['Cat Senior']],
    ['D02 X285', ['Dan Dunne']],
    ['d02', ['Dan Dunne']],
    ['10115', ['Eva Engel']],
    ['se15', ['Ana Adams', 'Bob Baker']], // the beginning of both
    ['5aa', []], // what stands behind the outward part is nothing to look for alone
  ])('typed as "%s" finds %j', async (typed, names) => {
    expect(await find(typed)).toEqual(names)
  })

  describe('of another country', () => {
    beforeEach(async () => {
      await aPatient({ clinicId, firstName: 'Fia', lastName: 'Fokker', postcode: '1012 AB', phone: '01632 960 955' })
      await aPatient({
        clinicId,
        firstName: 'Abe',
        lastName: 'Gray',
        postcode: '12345-6789',
        dateOfBirth: '2007-03-27',
      })
      await aPatient({ clinicId, firstName: 'Hal', lastName: 'Hughes', postcode: 'K1A 0B1' })
      await aPatient({ clinicId, firstName: 'Ian', lastName: 'Irwin', postcode: 'd02af30' })
    })

    it.each([
      [['1012 AB', '1012ab', '1012-AB', ' 1012  ab ', '1012', '1012 a', '1012 AB Fokker', 'fia 1012 ab'], 'Fia Fokker'],
      [
        ['12345-6789', '12345 6789', '123456789', '12345–6789', '12345 - 6789', '12345', '12345-67', '12345 6'],
        'Abe Gray',
      ],
      [['K1A 0B1', 'k1a0b1', 'K1A-0B1', 'k1a', 'k1a 0', 'k1a 0b', 'hughes k1a 0b1'], 'Hal Hughes'],
      [['D02 AF30', 'd02af30', 'D02-AF30', 'd02 a', 'd02 af', 'd02 af3', 'D02 AF30 Ian', 'ian d02 af'], 'Ian Irwin'],
    ])('typed in any of %j finds %s', async (forms, name) => {
      for (const typed of forms) expect([typed, await find(typed)]).toEqual([typed, [name]])
    })

    it('leaves alone what looks like one and is a year with a name, or a phone number', async () => {
      expect(await find('2007 ab')).toEqual(['Abe Gray'])
      expect(await find('d02 ia')).toEqual(['Ian Irwin'])
      expect(await find('01632 960 955')).toEqual(['Fia Fokker'])
      expect(await find('01632 955')).toEqual(['Fia Fokker'])
    })
  })

  it('is not meant by letters alone: whoever types "Se" or "D" looks for a name, whatever the district', async () => {
    expect(await find('se')).toEqual(['Cat Senior'])
    expect(await find('ana s')).toEqual([])
    expect(await find('dan d')).toEqual(['Dan Dunne'])
  })

  it('that is changed finds its patient by the new one only', async () => {
    const cat = await aPatient({ clinicId, id: 'kit', firstName: 'Kit', lastName: 'Moss', postcode: 'RV1 4AB' })
    const form = { first_name: 'Kit', last_name: 'Moss', postcode: 'RV2 6EF', version: String(cat.version) }
    expect((await sam.post('/riverside/patients/kit/edit', form)).status).toBe(303)
    expect([await find('rv1 4ab'), await find('rv2 6ef')]).toEqual([[], ['Kit Moss']])
  })
})

describe('the filter by online access', () => {
  beforeEach(async () => {
    for (const state of ['active', 'invited', 'inactive'] as const) {
      const patient = await aPatient({ clinicId, firstName: 'Pat', lastName: state, email: `${state}@example.com` })
      await anAccess(patient, { state })
    }
    await aPatient({ clinicId, firstName: 'Pat', lastName: 'none' })
  })

  it.each(['active', 'invited', 'inactive', 'none'])('shows those who are: %s', async (access) => {
    const { body } = await sam.get(`/riverside/patients?q=pat&access=${access}`)
    expect(listed(body)).toEqual([`Pat ${access}`])
    expect(body).toContain(`<a href="/riverside/patients?q=pat&amp;access=${access}" aria-current="true">`)
  })

  it('that nobody knows shows everybody', async () => {
    expect(listed((await sam.get('/riverside/patients?access=all')).body)).toHaveLength(4)
  })

  it('stays while another name is searched', async () => {
    expect((await sam.get('/riverside/patients?access=none')).body).toContain(
      '<input type="hidden" id="access" name="access" value="none"/>',
    )
  })
})
