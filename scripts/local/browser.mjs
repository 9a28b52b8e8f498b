/** Which Chromium the journeys are driven in: Debian's, or the one that CHROMIUM names. */
import { existsSync } from 'node:fs'
import { ask, Stop } from './say.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = ['/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** @returns the path, or null when there is none @throws Stop when CHROMIUM names nothing */
export function chromium() {
  const named = process.env.CHROMIUM
  if (named && !existsSync(named)) throw new Stop(`CHROMIUM names ${named}, and there is nothing there.`)
  return named || (places.find(existsSync) ?? names.map((name) => ask('which', [name])).find(Boolean) ?? null)
}

export function theChromium() {
  const found = chromium()
  if (!found)
    throw new Stop('There is no Chromium. Install it, or say where it is: CHROMIUM=/path/to/chromium npm test')
  return found
}
