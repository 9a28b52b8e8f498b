// Puts what browsers download, minified, into static/ under names that carry a hash of the content, so that they may be kept
// for ever, and tells the Worker those names (src/web/assets.ts). Run by wrangler before it serves or deploys.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const sources = {
  css: ['src/web/look/app.css', 'app', 'css'],
  diaryCss: ['src/web/look/diary.css', 'diary', 'css'],
  dayCss: ['src/web/look/day.css', 'day', 'css'],
  js: ['src/web/look/app.js', 'app', 'js'],
  passkeys: ['src/web/look/passkeys.js', 'passkeys', 'js'],
  htmx: ['node_modules/htmx.org/dist/htmx.min.js', 'htmx', 'js'],
}

mkdirSync(join(root, 'static'), { recursive: true })
const names = {}
for (const [key, [source, stem, ending]] of Object.entries(sources)) {
  const content =
    key === 'htmx' ? readFileSync(join(root, source)) : minified(source, key === 'dayCss' ? rowsOfDay() : '')
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  names[key] = `${stem}.${hash}.${ending}`
  writeIfChanged(join(root, 'static', names[key]), content)
}
const current = new Set(Object.values(names))
for (const name of readdirSync(join(root, 'static'))) {
  if (/^(app|day|diary|htmx|passkeys)\.[0-9a-f]{10}\.(css|js)$/.test(name) && !current.has(name))
    rmSync(join(root, 'static', name), { force: true }) // another run may have been faster
}
const lines = Object.entries(names).map(([key, name]) => `  ${key}: '/${name}',`)
writeIfChanged(
  join(root, 'src/web/assets.ts'),
  `/** Written by scripts/assets.mjs; not kept in git. */\nexport const assets = {\n${lines.join('\n')}\n} as const\n`,
)

/** What a phone need not download: comments, spaces, the names inside functions. No syntax is changed to an older one. */
function minified(source, more) {
  const { code } = transformSync(readFileSync(join(root, source), 'utf8') + more, {
    loader: source.endsWith('.css') ? 'css' : 'js',
    minify: true,
    target: 'esnext',
  })
  return code
}

/** Where something stands in a column of five-minute rows, without a style in the page: `s13 d6` is row 13, six rows long. */
function rowsOfDay() {
  const longest = (25 * 60) / 5 // the day on which the clock is put back
  const rows = Array.from({ length: longest }, (_each, index) => index + 1)
  const start = rows.map((row) => `.s${row}{grid-row-start:${row}}`)
  const length = rows.map((row) => `.d${row}{grid-row-end:span ${row}}`)
  return `@layer pages{@media(min-width:48rem){${[...start, ...length].join('')}}}\n`
}

/** Wrangler watches these files: writing the same again would make it start over. */
function writeIfChanged(path, content) {
  let before = null
  try {
    before = readFileSync(path)
  } catch {
    // not there yet: written below
  }
  if (before === null || !before.equals(Buffer.from(content))) writeFileSync(path, content)
}
