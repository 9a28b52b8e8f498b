/** Colours as numbers: OKLCH (CSS Color 4 §9.3) to move in, and WCAG 2.2's relative luminance to measure contrast. */

interface Oklch {
  /** Lightness, 0 to 1. */
  l: number
  /** Chroma, 0 to about 0.37. */
  c: number
  /** Hue in degrees. */
  h: number
}

/** '#0b6b60' of '#0B6B60', '0b6b60' or '#0b6'; null of anything else. */
export function hexOf(typed: string): string | null {
  const figures = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(typed.trim().toLowerCase())?.[1]
  if (!figures) return null
  return `#${figures.length === 3 ? figures.replace(/./g, '$&$&') : figures}`
}

/** WCAG 2.2's contrast ratio: 1 to 21, whichever is lighter. */
export function contrast(one: string, other: string): number {
  const [light = 1, dark = 1] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** The worst that this colour reads on any of the grounds. */
export const leastContrast = (colour: string, grounds: readonly string[]): number =>
  Math.min(...grounds.map((ground) => contrast(colour, ground)))

export function oklchOf(hex: string): Oklch {
  const [r, g, b] = linear(hex)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return { l: lightness, c: Math.hypot(a, bb), h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360 }
}

/** The nearest colour that a screen can show: lightness and hue stay, chroma gives way (CSS Color 4 §13). */
export function hexOfOklch({ l, c, h }: Oklch): string {
  let [least, most] = [0, c]
  if (isShown(linearOf({ l, c, h }))) return hexOfLinear(linearOf({ l, c, h }))
  for (let step = 0; step < 20; step++) {
    const middle = (least + most) / 2
    if (isShown(linearOf({ l, c: middle, h }))) least = middle
    else most = middle
  }
  return hexOfLinear(linearOf({ l, c: least, h }))
}

type Rgb = [number, number, number]

function linearOf({ l, c, h }: Oklch): Rgb {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

const isShown = (rgb: Rgb): boolean => rgb.every((part) => part >= -0.0001 && part <= 1.0001)

function luminance(hex: string): number {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const linear = (hex: string): Rgb =>
  [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as Rgb

const hexOfLinear = (rgb: Rgb): string =>
  `#${rgb
    .map((part) => {
      const shown = part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055
      return Math.round(Math.min(1, Math.max(0, shown)) * 255)
        .toString(16)
        .padStart(2, '0')
    })
    .join('')}`
