import type { Clinic } from '../../schema.ts'
import { distanceInWords, momentInWords } from '../../web/dates.ts'
import type { Problems } from '../../web/form.ts'
import { LongText } from '../../web/large-fields.tsx'
import { inDigits } from '../../web/numbers.ts'
import { Breadcrumb, Notice as Message, StatusLine } from '../../web/parts.tsx'
import { BackToSettings, ChangedMeanwhile, Unsaved } from '../settings-parts.tsx'
import { Notice } from './notice.tsx'
import { longestNotice } from './notice-text.ts'
import type { Draft, Published } from './privacy-store.ts'

interface PrivacyProps {
  base: string
  now: number
  clinic: Clinic
  draft?: Draft
  published: Published[]
  done?: string
}

export function PrivacyPage({ base, now, clinic, draft, published, done }: PrivacyProps) {
  const current = clinic.privacyNoticeVersion
  return (
    <>
      {done === 'published' && (
        <Message>Version {current} is in force. Whoever registers from now on acknowledges it.</Message>
      )}
      <BackToSettings base={base} />
      <h1>Privacy notice</h1>
      <p class="lead">
        New patients say that they have read it, and their record keeps which version. Everybody finds it at the foot of
        each page.
      </p>
      <div class="split">
        <section class="panel" aria-labelledby="versions-title">
          <h2 id="versions-title">Versions</h2>
          <ol class="timeline" reversed>
            {published.map(({ version, at, by }) => (
              <li>
                <Version base={base} version={version} current={current} />
                <span class="meta">
                  Published {momentInWords(at, clinic.timezone)} by {by}
                </span>
              </li>
            ))}
            <li>
              <Version base={base} version={1} current={current} />
              <span class="meta">The standard notice</span>
            </li>
          </ol>
        </section>
        <section class="panel" aria-labelledby="next-title">
          <h2 id="next-title">The next version</h2>
          <p>
            {draft
              ? `There is a draft. ${draft.by} saved it ${distanceInWords(draft.at, now)}. Nobody else sees it yet.`
              : 'Write your own text, beginning with the one in force. Nothing changes until you publish it.'}
          </p>
          <div class="actions">
            <a class="button" href={`${base}/settings/privacy/draft`}>
              {draft ? 'Go on writing' : 'Write the next version'}
            </a>
            {draft && <a href={`${base}/settings/privacy/publication`}>Read it and publish</a>}
          </div>
        </section>
      </div>
    </>
  )
}

const Version = ({ base, version, current }: { base: string; version: number; current: number }) => (
  <p>
    <a href={`${base}/privacy/${version}`}>Version {version}</a>
    {version === current && ', in force'}
  </p>
)

interface DraftProps {
  base: string
  now: number
  clinic: Clinic
  draft?: Draft
  typed: string
  problems: Problems
  isLate: boolean
  openedWith: string
  saved: boolean
}

export function DraftPage(props: DraftProps) {
  const { base, now, draft, typed, isLate, saved } = props
  return (
    <>
      {saved && <Message>The draft is saved. Nobody else sees it until you publish it.</Message>}
      <BackToPrivacy base={base} />
      <h1>{isLate ? 'Somebody else changed the draft' : 'Write the next version'}</h1>
      {isLate && (
        <ChangedMeanwhile
          changed={draft}
          now={now}
          differences={[{ label: 'The draft', now: draft?.body ?? '', typed }]}
        />
      )}
      <div class="split">
        <section class="panel" aria-label="Text">
          <DraftForm {...props} />
          {draft && <RemovalForm {...props} />}
        </section>
        <section class="panel" aria-labelledby="preview-title">
          <h2 id="preview-title">How it reads</h2>
          <div id="preview">
            <NoticePreview body={typed} />
          </div>
        </section>
      </div>
      <StatusLine />
    </>
  )
}

const BackToPrivacy = ({ base }: { base: string }) => (
  <Breadcrumb href={`${base}/settings/privacy`}>Privacy notice</Breadcrumb>
)

/** Sent in parts (multipart): a text in another script would be three times as long as an address. */
function DraftForm({ base, typed, problems, openedWith }: DraftProps) {
  return (
    <form
      method="post"
      action={`${base}/settings/privacy/draft`}
      enctype="multipart/form-data"
      novalidate
      hx-post={`${base}/settings/privacy/draft/preview`}
      hx-trigger="input delay:400ms"
      hx-target="#preview"
      hx-sync="this:replace"
    >
      <LongText
        name="body"
        label="Text of the notice"
        hint={`A line that begins with # is a heading, one that begins with - is a point in a list. An empty line begins a new paragraph. At most ${inDigits(longestNotice)} characters`}
        problem={problems.body}
        value={typed}
        rows={24}
      />
      <input type="hidden" name="opened_with" value={openedWith} />
      <div class="actions">
        <button class="button" name="go" value="publish">
          Save, read and publish
        </button>
        <button class="button secondary" name="go" value="draft">
          Save draft
        </button>
      </div>
    </form>
  )
}

const RemovalForm = ({ base, openedWith }: DraftProps) => (
  <form method="post" action={`${base}/settings/privacy/draft/removal`}>
    <input type="hidden" name="opened_with" value={openedWith} />
    <button class="link">Throw the draft away</button>
  </form>
)

export function NoticePreview({ body, isDraft }: { body: string; isDraft?: boolean }) {
  return (
    <Unsaved isDraft={isDraft}>
      <div class="preview">
        <p class="preview-title">How we use your information</p>
        <Notice body={body} />
      </div>
    </Unsaved>
  )
}

interface PublicationProps {
  base: string
  clinic: Clinic
  draft: Draft
  isLate: boolean
  openedWith: string
}

export function PublicationPage({ base, clinic, draft, isLate, openedWith }: PublicationProps) {
  const next = clinic.privacyNoticeVersion + 1
  return (
    <>
      <Breadcrumb href={`${base}/settings/privacy/draft`}>The draft</Breadcrumb>
      <h1>{isLate ? 'Somebody else changed the draft' : `Publish version ${next}?`}</h1>
      {isLate && <Message tone="warning">{draft.by} saved the draft as you see it now. Read it again.</Message>}
      <p class="lead">
        A published version is never changed. It stays at <strong>{`${base}/privacy/${next}`}</strong>, and whoever
        registers from then on acknowledges it.
      </p>
      <NoticePreview body={draft.body} />
      <form method="post" action={`${base}/settings/privacy/publication`}>
        <input type="hidden" name="opened_with" value={openedWith} />
        <div class="actions">
          <button class="button">Publish version {next}</button>
          <a href={`${base}/settings/privacy/draft`}>Go on writing</a>
        </div>
      </form>
    </>
  )
}
