/** One colour in, a look out: whatever the colour, everything can be read (ux.md check 7). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrast, hexOf, hexOfOklch, leastContrast, oklchOf } from '../../src/clinic/look/colour.ts'
import { grounds, leastForEdges, leastForText, type Scheme, themeCss, themeOf } from '../../src/clinic/look/theme.ts'
import { hueOf, themeInWords } from '../../src/clinic/look/theme-words.ts'

const [css] = Object.values(
  import.meta.glob('../../src/web/look/app.css', { query: '?raw', import: 'default', eager: true }),
) as [string]
const colours = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`)
/** What app.css says in light (0) and dark (1 and 2, which are the same). */
const inCss = (name: string): string[] =>
  [...css.matchAll(new RegExp(`--${name}: (#[0-9a-f]+);`, 'g'))].map(([, value]) => hexOf(value!)!)

describe('a colour', () => {
  it('is taken as people write it, and nothing else is', () => {
    expect(['#0B6B60', ' 0b6b60 ', '#0b6', '0B6'].map(hexOf)).toEqual(['#0b6b60', '#0b6b60', '#00bb66', '#00bb66'])
    expect(['', '#12345', 'red', '#0b6b60;}', '#0b6b60ff', 'var(--x)'].map(hexOf)).toEqual(Array(6).fill(null))
  })

  it('is measured as WCAG 2.2 does', () => {
    expect(contrast('#ffffff', '#000000')).toBe(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
    expect(contrast('#ffffff', '#0b6b60')).toBe(contrast('#0b6b60', '#ffffff'))
  })

  it('comes back from OKLCH as it went in', () => {
    fc.assert(fc.property(colours, (colour) => hexOfOklch(oklchOf(colour)) === colour))
    expect(oklchOf('#ff0000').l).toBeCloseTo(0.628, 3) // CSS Color 4: oklch(62.8% 0.25768 29.234)
    expect(oklchOf('#ff0000').c).toBeCloseTo(0.2577, 3)
    expect(oklchOf('#ff0000').h).toBeCloseTo(29.23, 1)
  })

  it('has a name that people would use', () => {
    const names = ['#ffd400', '#0b2b5f', '#e11d48', '#ff7a00', '#00a651', '#7c3aed', '#ffffff', '#000000', '#808080']
    expect(names.map(hueOf)).toEqual(['yellow', 'blue', 'red', 'orange', 'green', 'purple', 'white', 'black', 'grey'])
  })
})

describe('the look of any colour', () => {
  const schemes = (['light', 'dark'] as const).map((mode, index) => ({
    mode,
    on: Object.values(grounds[mode]),
    surface: grounds[mode].surface,
    words: [inCss('ink')[index]!, inCss('muted')[index]!],
  }))

  it('stands on the grounds that the style sheet has', () => {
    for (const ground of ['page', 'surface', 'tint'] as const) {
      const { light, dark } = { light: grounds.light[ground], dark: grounds.dark[ground] }
      expect([ground, ...inCss(ground).slice(0, 3)]).toEqual([ground, light, dark, dark])
    }
  })

  it.each(schemes)('can be read in $mode', ({ mode, on, surface, words }) => {
    fc.assert(
      fc.property(colours, (colour) => {
        const scheme = themeOf(colour)[mode]
        const soft = scheme['accent-soft']
        // Words on fills, links on every ground, links under the pointer, words on buttons under the pointer.
        expect(contrast(scheme['on-accent'], scheme.accent)).toBeGreaterThanOrEqual(leastForText)
        expect(leastContrast(scheme['accent-ink'], [...on, soft])).toBeGreaterThanOrEqual(leastForText)
        expect(leastContrast(scheme['accent-strong'], [...on, soft])).toBeGreaterThanOrEqual(leastForText)
        expect(contrast(surface, scheme['accent-strong'])).toBeGreaterThanOrEqual(leastForText)
        for (const word of words) expect(contrast(word, soft)).toBeGreaterThanOrEqual(leastForText)
        // The edge of everything that is filled is drawn in ink.
        expect(leastContrast(scheme['accent-ink'], on)).toBeGreaterThanOrEqual(leastForEdges)
        if (mode === 'dark') expect(leastContrast(scheme.accent, on)).toBeGreaterThanOrEqual(leastForEdges)
        else expect(scheme.accent).toBe(colour)
      }),
      { numRuns: 300 },
    )
  })

  it('leaves a colour alone that reads as it is', () => {
    expect(themeOf('#0b2b5f').light).toMatchObject({ accent: '#0b2b5f', 'accent-ink': '#0b2b5f' })
  })

  it('keeps its hue where it has to be darker', () => {
    const { h } = oklchOf('#ffd400')
    expect(Math.abs(oklchOf(themeOf('#ffd400').light['accent-ink']).h - h)).toBeLessThan(3)
  })

  it('says what became of it, with ratios that are never too good', () => {
    const [buttons, links, dark] = themeInWords('#ffd400', themeOf('#ffd400'))
    expect(buttons).toBe('Buttons are your yellow with black words, which read on it at 14.6 to 1.')
    expect(links).toBe('Your yellow is too light for text, so links use #826b00; white on it reads at 5.1 to 1.')
    expect(dark).toBe('On dark pages links keep your colour and read at 10.3 to 1 or better.')
    expect(contrast('#000000', '#ffd400')).toBeGreaterThan(14.6)
    expect(themeInWords('#0b2b5f', themeOf('#0b2b5f'))[1]).toBe(
      'Links are your blue as it is. On white they read at 13.7 to 1.',
    )
  })

  it('is a style sheet of plain colours, in the layer of the standard ones', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const sheet = themeCss(themeOf(colour))
        expect(sheet).toMatch(/^@layer tokens\{:root\{(--[a-z-]+:#[0-9a-f]{6};?){5}\}@media /)
        expect(sheet.length).toBeLessThan(700)
      }),
    )
    const names = Object.keys(themeOf('#ffd400').light) as (keyof Scheme)[]
    for (const name of names) expect(inCss(name).length, name).toBeGreaterThanOrEqual(3) // light, and dark twice
  })
})
