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
