/** What the colour becomes: a drawing of a page in light and dark, and how well it reads in words. */
import { Unsaved } from '../settings-parts.tsx'
import { grounds, type Scheme, standardColour, themeOf } from './theme.ts'
import { themeInWords } from './theme-words.ts'

/** Words on our pages; web/look/app.css has the same. */
const words = { light: '#1f211e', dark: '#f0ebe2' }
/** Where the clinic has no colour: what app.css says. */
const standard: Record<'light' | 'dark', Scheme> = {
  light: {
    accent: standardColour,
    'accent-strong': '#07524a',
    'on-accent': '#ffffff',
    'accent-ink': '#0a655b',
    'accent-soft': '#e3f1ed',
  },
  dark: {
    accent: '#70cabb',
    'accent-strong': '#97ddd1',
    'on-accent': '#07231f',
    'accent-ink': '#80d4c6',
    'accent-soft': '#1c3833',
  },
}

/** @param colour none: the diary's own, or what is typed is no colour yet */
export function ColourSample({ name, colour, isDraft }: { name: string; colour: string | null; isDraft?: boolean }) {
  const theme = colour ? themeOf(colour) : standard
  const said = colour ? themeInWords(colour, theme) : ['The diary’s own green is used where you have no colour.']
  return (
    <Unsaved isDraft={isDraft} what="Sample">
      <div class="samples">
        <Drawing name={name} mode="light" scheme={theme.light} />
        <Drawing name={name} mode="dark" scheme={theme.dark} />
      </div>
      <ul>
        {said.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
    </Unsaved>
  )
}

/** Drawn with attributes: no style sheet has to be made for a colour that is not saved. */
function Drawing({ name, mode, scheme }: { name: string; mode: 'light' | 'dark'; scheme: Scheme }) {
  const { page, surface } = grounds[mode]
  return (
    <svg
      class="sample"
      viewBox="0 0 300 190"
      role="img"
      aria-label={`A page in ${mode}: its head, a link and a button`}
    >
      <rect width="300" height="190" rx="10" fill={page} />
      <path d="M0 44V10A10 10 0 0 1 10 0H290A10 10 0 0 1 300 10V44z" fill={surface} />
      <rect x="16" y="12" width="20" height="20" rx="5" fill={scheme.accent} />
      <path
        d="M21.5 22.5l3 3 6-6.5"
        fill="none"
        stroke={scheme['on-accent']}
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <text x="46" y="27" font-size="13" font-weight="600" fill={words[mode]}>
        {name.length > 32 ? `${name.slice(0, 30)}…` : name}
      </text>
      <text x="16" y="76" font-size="17" font-weight="650" fill={words[mode]}>
        {mode === 'light' ? 'In light' : 'In dark'}
      </text>
      <text x="16" y="104" font-size="14" fill={scheme['accent-ink']} text-decoration="underline">
        I have forgotten my password
      </text>
      <rect
        x="16.75"
        y="124.75"
        width="266.5"
        height="42"
        rx="8"
        fill={scheme.accent}
        stroke={scheme['accent-ink']}
        stroke-width="1.5"
      />
      <text x="150" y="151" font-size="15" font-weight="650" text-anchor="middle" fill={scheme['on-accent']}>
        Log on
      </text>
    </svg>
  )
}
