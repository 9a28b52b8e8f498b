/**
 * What a browser says it is, in words that its owner knows it by. Browsers pretend to be each other, so the order
 * decides: the one that names itself most closely comes first. Nothing depends on it but these words.
 */

const browsers: [mark: RegExp, name: string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|OPT|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.* Safari\//, 'Safari'],
]

const devices: [mark: RegExp, name: string][] = [
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b|\bMacintosh\b.* (CriOS|FxiOS|EdgiOS)\//, 'an iPad'],
  [/\bAndroid\b.* Mobile\b/, 'an Android phone'],
  [/\bAndroid\b/, 'an Android tablet'],
  [/\bMacintosh\b.* Version\/.* Safari\//, 'a Mac or an iPad'], // an iPad says it is a Mac
  [/\bMacintosh\b/, 'a Mac'],
  [/\bWindows\b/, 'a Windows computer'],
  [/\bCrOS\b/, 'a Chromebook'],
  [/\bLinux\b/, 'a Linux computer'],
]

/** "Firefox on a Windows computer" */
export function browserInWords(userAgent: string): string {
  const nameIn = (known: [RegExp, string][]) => known.find(([mark]) => mark.test(userAgent))?.[1]
  const browser = nameIn(browsers) ?? 'A browser'
  const device = nameIn(devices)
  if (browser === 'A browser' && !device) return 'An unknown browser'
  return `${browser} on ${device ?? 'an unknown device'}`
}
