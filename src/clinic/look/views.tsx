import type { Clinic } from '../../schema.ts'
import { TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { FileField } from '../../web/large-fields.tsx'
import { Logo } from '../../web/logo.tsx'
import { Done, StatusLine } from '../../web/parts.tsx'
import { logoOf } from '../at-the-clinic.ts'
import { BackToSettings, ChangedMeanwhile, LastChanged } from '../settings-parts.tsx'
import type { Change } from '../settings-store.ts'
import { hexOf } from './colour.ts'
import { logoTypes } from './logo.ts'
import { ColourSample } from './sample.tsx'
import { standardColour } from './theme.ts'

interface LookProps {
  base: string
  now: number
  clinic: Clinic
  colourChange?: Change
  logoChange?: Change
  typed: string
  problems: Problems
  meanwhile?: 'colour' | 'logo'
  marks: { colour: string; logo: string }
  done?: string
}

const doneWords: Record<string, string> = {
  colour: 'Saved. Every page shows it at once.',
  logo: 'The logo is saved. Every page shows it at once.',
  removed: 'The logo is removed.',
}

export function LookPage(props: LookProps) {
  const { base, now, clinic, colourChange, logoChange, typed, meanwhile, done = '' } = props
  const change = meanwhile === 'logo' ? logoChange : colourChange
  return (
    <>
      <Done words={doneWords} done={done} />
      <BackToSettings base={base} />
      <h1>{meanwhile ? 'Somebody else changed the look' : 'Look'}</h1>
      {meanwhile ? (
        <ChangedMeanwhile changed={change} now={now} differences={differencesOf(props)} />
      ) : (
        <p class="lead">Your logo and one colour, on the logon page and on every page behind it.</p>
      )}
      <div class="split">
        <section class="panel" aria-labelledby="colour-title">
          <h2 id="colour-title">Colour</h2>
          <p>
            Whoever made your website or your letterhead knows it. Buttons keep it as it is; where it has to be read, we
            make it darker or lighter.
          </p>
          <ColourForm {...props} />
          <LastChanged changed={colourChange} now={now} never="The colour has not been changed yet." />
        </section>
        <section class="panel" aria-labelledby="sample-title">
          <h2 id="sample-title">What it becomes</h2>
          <div id="sample">
            <ColourSample name={clinic.name} colour={hexOf(typed)} />
          </div>
        </section>
        <LogoPanel {...props} />
      </div>
      <StatusLine />
    </>
  )
}

const differencesOf = ({ meanwhile, clinic, typed }: LookProps) =>
  meanwhile === 'colour' ? [{ label: 'Colour', now: clinic.colour ?? '', typed }] : []

function ColourForm({ base, typed, problems, marks }: LookProps) {
  return (
    <form
      method="post"
      action={`${base}/settings/look/colour`}
      novalidate
      hx-get={`${base}/settings/look/sample`}
      hx-trigger="input delay:200ms"
      hx-target="#sample"
      hx-sync="this:replace"
    >
      <TextField
        name="colour"
        label="Your colour"
        hint={`As # and six letters or figures, like ${standardColour}. Leave it empty for the diary’s own green`}
        problem={problems.colour}
        value={typed}
        width="short"
        autocomplete="off"
        autocapitalize="none"
        optional
      />
      <p>
        <input
          type="color"
          class="short"
          data-fills="colour"
          value={hexOf(typed) ?? standardColour}
          aria-label="Pick your colour"
          hidden
        />
      </p>
      <input type="hidden" name="opened_with" value={marks.colour} />
      <div class="actions">
        <button class="button">Save colour</button>
      </div>
    </form>
  )
}

function LogoPanel({ base, clinic, problems, marks, logoChange, now }: LookProps) {
  const logo = logoOf(clinic)
  return (
    <section class="panel" aria-labelledby="logo-title">
      <h2 id="logo-title">Logo</h2>
      {logo ? (
        <p>
          <Logo logo={logo} />
        </p>
      ) : (
        <p>No logo yet. Pages show a small calendar beside the clinic’s name.</p>
      )}
      <form method="post" action={`${base}/settings/look/logo`} enctype="multipart/form-data" novalidate>
        <FileField
          name="logo"
          label={logo ? 'Another logo' : 'Your logo'}
          hint="A PNG, JPEG or WebP picture of at most 30 KB"
          problem={problems.logo}
          accept={Object.values(logoTypes).join(',')}
        />
        <input type="hidden" name="opened_with" value={marks.logo} />
        <div class="actions">
          <button class="button">Save logo</button>
        </div>
      </form>
      {logo && (
        <form method="post" action={`${base}/settings/look/logo/removal`}>
          <input type="hidden" name="opened_with" value={marks.logo} />
          <button class="link">Remove the logo</button>
        </form>
      )}
      <LastChanged changed={logoChange} now={now} never="It stands on white, in dark mode too." />
    </section>
  )
}
