/** What became of the clinic's colour, and how well it reads: sentences for the manager. */
import { contrast, leastContrast, oklchOf } from './colour.ts'
import { grounds, leastForText, type Scheme, type Theme } from './theme.ts'

export function themeInWords(colour: string, theme: Theme): string[] {
  return [buttonWords(colour, theme.light), linkWords(colour, theme.light), darkWords(colour, theme.dark)]
}

const buttonWords = (colour: string, { accent, ...scheme }: Scheme): string =>
  `Buttons are your ${hueOf(colour)} with ${scheme['on-accent'] === '#ffffff' ? 'white' : 'black'} words, which read on it at ${ratio(contrast(scheme['on-accent'], accent))}.`

function linkWords(colour: string, { 'accent-ink': ink }: Scheme): string {
  const on = ratio(contrast(ink, grounds.light.surface))
  return ink === colour
    ? `Links are your ${hueOf(colour)} as it is. On white they read at ${on}.`
    : `Your ${hueOf(colour)} is ${howLight(colour)} for text, so links use ${ink}; white on it reads at ${on}.`
}

/** Some colours read on white, but not on the tinted places of our pages. */
const howLight = (colour: string): string =>
  contrast(colour, grounds.light.surface) >= leastForText ? 'a little too light' : 'too light'

function darkWords(colour: string, { accent, 'accent-ink': ink }: Scheme): string {
  const on = ratio(leastContrast(ink, Object.values(grounds.dark)))
  const links = ink === colour ? 'links keep your colour' : `links use ${ink}`
  const buttons = accent === colour ? '' : `, and buttons use ${accent}, because yours is hard to see there`
  return `On dark pages ${links} and read at ${on} or better${buttons}.`
}

/** "4.6 to 1". Rounded down: nothing is said to read better than it does. */
const ratio = (contrast: number): string => `${Math.floor(contrast * 10) / 10} to 1`

/** Where each name ends, in degrees of OKLCH. */
const hues: [number, string][] = [
  [15, 'pink'],
  [42, 'red'],
  [78, 'orange'],
  [116, 'yellow'],
  [165, 'green'],
  [215, 'turquoise'],
  [282, 'blue'],
  [325, 'purple'],
  [360, 'pink'],
]

/** One word for a colour, as people would say it. */
export function hueOf(colour: string): string {
  const { l, c, h } = oklchOf(colour)
  if (l > 0.97 && c < 0.02) return 'white'
  if (l < 0.2 && c < 0.04) return 'black'
  if (c < 0.03) return 'grey'
  const name = hues.find(([end]) => h < end)?.[1] ?? 'pink'
  return l < 0.55 && (name === 'orange' || name === 'yellow') ? 'brown' : name
}
