import { OpeningWords } from '../../front-door/opening-words.tsx'
import { RegistrationChoices } from '../../front-door/registration-choices.tsx'
import type { Clinic } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import type { Problems } from '../../web/form.ts'
import { LongText } from '../../web/large-fields.tsx'
import { Done, StatusLine } from '../../web/parts.tsx'
import { linkTitles } from '../registration-settings.ts'
import { BackToSettings, ChangedMeanwhile, LastChanged, Unsaved } from '../settings-parts.tsx'
import type { Change } from '../settings-store.ts'
import { changedWords, hasOwnWords, type PublicWords, type WordField, wordFields, wordsOf } from './public-words.ts'

interface TextsProps {
  base: string
  now: number
  clinic: Clinic
  changed?: Change
  typed: Record<string, string>
  problems: Problems
  standard: PublicWords
  meanwhile?: PublicWords
  /** What was typed and is not saved. */
  draft?: Clinic
  openedWith: string
  done?: string
}

const doneWords: Record<string, string> = {
  saved: 'Saved. The pages show it at once.',
  standard: 'The pages show our standard words again.',
}

export function TextsPage(props: TextsProps) {
  const { base, now, clinic, changed, meanwhile, draft, done = '' } = props
  return (
    <>
      <Done words={doneWords} done={done} />
      <BackToSettings base={base} />
      <h1>{meanwhile ? 'Somebody else changed these words' : 'Words on your pages'}</h1>
      {meanwhile ? (
        <ChangedMeanwhile changed={changed} now={now} differences={differencesOf(props, meanwhile)} />
      ) : (
        <p class="lead">
          Plain text, as you would write it on a notice at the door. Everybody reads the same words, whoever they are.
        </p>
      )}
      <div class="split">
        <div class="panel">
          <WordsForm {...props} />
          {hasOwnWords(clinic) && <BackToStandard {...props} />}
          <LastChanged changed={changed} now={now} never="These words have not been changed yet." />
        </div>
        <section class="panel" aria-labelledby="preview-title">
          <h2 id="preview-title">How it reads</h2>
          <div id="preview">
            <WordsPreview base={base} clinic={draft ?? clinic} isDraft={draft !== undefined} />
          </div>
        </section>
      </div>
      <StatusLine />
    </>
  )
}

/** As people read them, with our standard words where the clinic has none. */
function differencesOf({ clinic }: TextsProps, yours: PublicWords) {
  const [now, typed] = [wordsOf(clinic), wordsOf({ ...yours, name: clinic.name })]
  return changedWords(now, typed).map((field) => ({
    label: wordFields[field].label,
    now: now[field],
    typed: typed[field],
  }))
}

function WordsForm({ base, typed, problems, openedWith }: TextsProps) {
  const common = (field: WordField) => {
    const { name, label } = wordFields[field]
    return { name, label, value: typed[name], problem: problems[name] }
  }
  return (
    <form
      method="post"
      action={`${base}/settings/texts`}
      novalidate
      hx-post={`${base}/settings/texts/preview`}
      hx-trigger="input delay:300ms"
      hx-target="#preview"
      hx-sync="this:replace"
    >
      <h2>On the logon page</h2>
      <LongText
        {...common('openingWords')}
        rows={5}
        hint={`Above the form: closing days, a new number. At most ${wordFields.openingWords.longest} characters`}
        optional
      />
      <LongText {...common('existingWords')} rows={2} hint={emptyIsStandard} />
      <LongText {...common('newWords')} rows={2} hint={emptyIsStandard} />
      <h2>Where they are asked for their email address</h2>
      <LongText {...common('existingAskWords')} rows={3} hint={emptyIsStandard} />
      <LongText {...common('newAskWords')} rows={3} hint={emptyIsStandard} />
      <input type="hidden" name="opened_with" value={openedWith} />
      <div class="actions">
        <button class="button">Save</button>
        <a href={`${base}/settings`}>Cancel</a>
      </div>
    </form>
  )
}

const emptyIsStandard = 'Leave it empty for our standard words'

function BackToStandard({ base, openedWith }: TextsProps) {
  return (
    <form method="post" action={`${base}/settings/texts/standard`}>
      <input type="hidden" name="opened_with" value={openedWith} />
      <button class="link">Back to the standard words</button>
      <p class="hint">For all four texts about registration. Your opening words stay.</p>
    </form>
  )
}

/** The parts of the public pages that these words are on. A switch that is off shows its link here all the same. */
export function WordsPreview({ base, clinic, isDraft }: { base: string; clinic: Clinic; isDraft?: boolean }) {
  const words = wordsOf(clinic)
  return (
    <Unsaved isDraft={isDraft}>
      <div class="preview" inert>
        <p class="preview-title">Log on to {apart(clinic.name)}</p>
        <OpeningWords words={words.openingWords} />
        <RegistrationChoices base={base} clinic={{ ...clinic, allowExisting: true, allowNew: true }} />
      </div>
      <AskPreview title={linkTitles.existing} words={words.existingAskWords} />
      <AskPreview title={linkTitles.new} words={words.newAskWords} />
      {!(clinic.allowExisting && clinic.allowNew) && (
        <p class="muted">
          Both links are shown here, so that you can read their words. Which of them patients see, you decide under{' '}
          <a href={`${base}/settings/registration`}>Registration</a>.
        </p>
      )}
    </Unsaved>
  )
}

const AskPreview = ({ title, words }: { title: string; words: string }) => (
  <div class="preview" inert>
    <p class="preview-title">{title}</p>
    <p class="lines">{words}</p>
  </div>
)
