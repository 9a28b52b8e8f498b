/**
 * One colour of the clinic's becomes a whole look: what fills, what is written on it, and what is written in it, in light
 * and dark. Text keeps 4.5 to 1 on every ground that it stands on (WCAG 2.2, 1.4.3), edges and fills 3 to 1 (1.4.11).
 */
import { contrast, hexOfOklch, leastContrast, oklchOf } from './colour.ts'

/** The names of web/look/app.css without their dashes. */
export interface Scheme {
  /** Fills buttons and marks. Its edge is `accent-ink`. */
  accent: string
  /** What is under the pointer: as text, and as a fill with words in the colour of the surface. */
  'accent-strong': string
  /** Words on `accent`. */
  'on-accent': string
  /** Links, edges and shapes. */
  'accent-ink': string
  /** A tinted ground for ordinary words. */
  'accent-soft': string
}
export interface Theme {
  light: Scheme
  dark: Scheme
}

/** The diary's own, where the clinic has none: web/look/app.css says the same. */
export const standardColour = '#0b6b60'

export const leastForText = 4.5
export const leastForEdges = 3

/** What words stand on, as in web/look/app.css: the page, surfaces, tinted places. */
export const grounds = {
  light: { page: '#faf8f3', surface: '#ffffff', tint: '#f4f0e8' },
  dark: { page: '#171512', surface: '#211e1a', tint: '#2b2722' },
} as const

export const themeOf = (colour: string): Theme => ({ light: lightOf(colour), dark: darkOf(colour) })

function lightOf(colour: string): Scheme {
  const { c, h } = oklchOf(colour)
  const soft = hexOfOklch({ l: 0.955, c: Math.min(c, 0.022), h })
  const ink = moved(colour, -1, leastForText, [...Object.values(grounds.light), soft])
  return {
    accent: colour,
    'accent-strong': stronger(ink, -0.09),
    'on-accent': onto(colour),
    'accent-ink': ink,
    'accent-soft': soft,
  }
}

function darkOf(colour: string): Scheme {
  const { c, h } = oklchOf(colour)
  const soft = hexOfOklch({ l: 0.31, c: Math.min(c, 0.035), h })
  const ink = moved(colour, 1, leastForText, [...Object.values(grounds.dark), soft])
  const fill = moved(colour, 1, leastForEdges, Object.values(grounds.dark))
  return {
    accent: fill,
    'accent-strong': stronger(ink, 0.08),
    'on-accent': onto(fill),
    'accent-ink': ink,
    'accent-soft': soft,
  }
}

/** White words where they can be read, else black ones: one of the two always can. */
export const onto = (fill: string): string => (contrast('#ffffff', fill) >= leastForText ? '#ffffff' : '#000000')

/** The colour itself if it reads well enough, else the nearest darker (−1) or lighter (1) one of the same hue that does. */
function moved(colour: string, way: 1 | -1, least: number, on: string[]): string {
  const { l, c, h } = oklchOf(colour)
  let shown = colour
  for (let at = l; leastContrast(shown, on) < least; at += way * 0.004) {
    if (at < 0 || at > 1) return way < 0 ? '#000000' : '#ffffff'
    shown = hexOfOklch({ l: at, c, h })
  }
  return shown
}

/** A step further from the ground; at the end of the scale a step back, which near black and white still reads. */
function stronger(ink: string, step: number): string {
  const { l, c, h } = oklchOf(ink)
  const isAtEnd = l + step < 0.16 || l + step > 0.99
  return hexOfOklch({ l: isAtEnd ? l - step : l + step, c, h })
}

/** Lies in the layer of app.css's own colours, and after them: the look changes, nothing else does. */
export function themeCss({ light, dark }: Theme): string {
  const declared = (scheme: Scheme) =>
    Object.entries(scheme)
      .map(([name, value]) => `--${name}:${value}`)
      .join(';')
  return `@layer tokens{:root{${declared(light)}}@media (prefers-color-scheme:dark){:root:not([data-appearance="light"]){${declared(dark)}}}:root[data-appearance="dark"]{${declared(dark)}}}`
}
