/** The product's own source files as text, for the rules of the house. */

export interface Source {
  /** 'registration/decide.ts', from src/ */
  path: string
  text: string
  lines: number
  /** Paths from src/ of what it imports as values; types alone tie nothing together. */
  imports: string[]
  /** The same with type imports. */
  allImports: string[]
}

const texts = import.meta.glob('../../src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

export const sources: Source[] = Object.entries(texts as Record<string, string>)
  .map(([key, text]) => ({ path: key.replace('../../src/', ''), text }))
  .filter(({ path }) => path !== 'web/assets.ts' && !path.endsWith('.d.ts'))
  .map(({ path, text }) => ({
    path,
    text,
    lines: text.split('\n').length - 1,
    imports: importsOf(path, text, false),
    allImports: importsOf(path, text, true),
  }))

function importsOf(path: string, text: string, withTypes: boolean): string[] {
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gms)]
  return found
    .filter(([, isType]) => withTypes || !isType)
    .map(([, , to]) => new URL(to!, `file:///${path}`).pathname.slice(1))
}

export const featureOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')

/** Everything that may import from src/: the product, its tests, and what is run from the command line. */
const tests = import.meta.glob('../**/*.{ts,tsx,mjs}', { query: '?raw', import: 'default', eager: true })
const commands = import.meta.glob('../../{bench,scripts}/**/*.{ts,mjs}', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const takenFrom = new Map<string, Set<string>>()
for (const [key, text] of Object.entries({ ...texts, ...tests, ...commands } as Record<string, string>)) {
  for (const [, names = '', from] of text.matchAll(/^import (?:type )?\{([^}]*)\} from '(\.[^']+)'/gm)) {
    const path = new URL(from!, `file:///project/test/support/${key}`).pathname.replace('/project/src/', '')
    const known = takenFrom.get(path) ?? new Set<string>()
    for (const name of names.split(','))
      known.add(
        name
          .trim()
          .replace(/^type /, '')
          .replace(/ as \w+$/, ''),
      )
    takenFrom.set(path, known)
  }
}

/** The names that others import from a file. @param path from src/ */
export const taken = (path: string): ReadonlySet<string> => takenFrom.get(path) ?? new Set()
