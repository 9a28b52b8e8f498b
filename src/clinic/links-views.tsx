import type { FrameLogo } from '../web/frame.ts'
import { Logo } from '../web/logo.tsx'
import { StateMark } from '../web/parts.tsx'
import { type ClinicLink, snippetsOf } from './links.ts'
import { QrCode } from './qr.tsx'
import { BackToSettings } from './settings-parts.tsx'

export function LinksPage({ base, links, colour }: { base: string; links: ClinicLink[]; colour: string | null }) {
  return (
    <>
      <BackToSettings base={base} />
      <h1>Links and QR code</h1>
      <p class="lead">
        For your website, your letters and your waiting room. They work as they are and load nothing else.
      </p>
      {links.map((link) => (
        <LinkPanel base={base} link={link} colour={colour} />
      ))}
    </>
  )
}

function LinkPanel({ base, link, colour }: { base: string; link: ClinicLink; colour: string | null }) {
  return (
    <section class="panel link-panel" aria-labelledby={`${link.key}-title`}>
      <div>
        <h2 id={`${link.key}-title`}>{link.words}</h2>
        {!link.isOn && <Off base={base} />}
        <Copyable id={`${link.key}-address`} label="Address" text={link.url} of={link.words} />
        {snippetsOf(link, colour).map(({ label, html }, index) => (
          <Copyable id={`${link.key}-${index}`} label={`${label}, as HTML`} text={html} of={link.words} />
        ))}
      </div>
      <figure>
        <QrCode url={link.url} label={`QR code of ${link.url}`} />
        <figcaption>
          <a class="button secondary" href={`${base}/settings/links/poster?for=${link.key}`}>
            Poster to print<span class="hidden">: {link.words}</span>
          </a>
        </figcaption>
      </figure>
    </section>
  )
}

/** Before somebody prints or pastes what leads nobody in. */
const Off = ({ base }: { base: string }) => (
  <p class="on-screen">
    <StateMark shape="dash">Off</StateMark> This page asks people to call you until you switch it on under{' '}
    <a href={`${base}/settings/registration`}>Registration</a>.
  </p>
)

/** To select by hand, or with one press where there is a script. */
function Copyable({ id, label, text, of }: { id: string; label: string; text: string; of: string }) {
  return (
    <div class="field">
      <label for={id}>
        {label}
        <span class="hidden"> of “{of}”</span>
      </label>
      <textarea id={id} rows={text.length > 120 ? 5 : text.length > 45 ? 3 : 1} readonly spellcheck={false}>
        {text}
      </textarea>
      <button type="button" class="button secondary" data-copy={`#${id}`} hidden>
        Copy<span class="hidden"> {label}</span>
      </button>
    </div>
  )
}

/** One A4 page for the waiting room. */
export function PosterPage(props: {
  base: string
  link: ClinicLink
  clinic: { name: string; phone: string }
  logo?: FrameLogo
}) {
  const { base, link, clinic, logo } = props
  return (
    <article class="poster">
      {!link.isOn && <Off base={base} />}
      {logo && (
        <p>
          <Logo logo={{ ...logo, alt: '' }} />
        </p>
      )}
      <h1>{clinic.name}</h1>
      <p class="lead">{link.words}</p>
      <QrCode url={link.url} label={`QR code of ${link.url}`} />
      <p>Point your phone’s camera at the square, or type</p>
      <p class="address">{link.url.replace(/^https?:\/\//, '')}</p>
      <p>Questions? Ask at the desk, or call {clinic.phone}.</p>
      <div class="actions">
        <button type="button" class="button" data-print hidden>
          Print
        </button>
        <a href={`${base}/settings/links`}>Back to the links</a>
      </div>
    </article>
  )
}
