/** Head and foot of every page. The clinic's phone number stands in the same place everywhere (WCAG 3.2.6). */
import { appearances, type Frame, type NavEntry } from './frame.ts'
import { Logo } from './logo.tsx'

export function Header({ frame }: { frame: Frame }) {
  return (
    <header class="top">
      <div class="top-inner">
        <a class="brand" href={frame.home}>
          <Brand frame={frame} />
        </a>
        {frame.nav.length > 0 && (
          <nav aria-label="Main">
            <ul>
              {frame.nav.map((entry) => (
                <li>
                  <NavLink entry={entry} path={frame.path} />
                </li>
              ))}
            </ul>
          </nav>
        )}
        {frame.person && <PersonMenu frame={frame} person={frame.person} />}
      </div>
    </header>
  )
}

/** The logo says the name to those who hear the page; a wide one shows it too, so that it stands there once. */
function Brand({ frame: { logo, name } }: { frame: Frame }) {
  if (logo) {
    return (
      <>
        <Logo logo={logo} />
        {logo.width < 2 * logo.height && <span aria-hidden="true">{name}</span>}
      </>
    )
  }
  return (
    <>
      <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M4 8.5A2.5 2.5 0 0 1 6.5 6h11A2.5 2.5 0 0 1 20 8.5v9a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5zM8 3.5v4m8-4v4M8.5 14l2.4 2.4 4.6-4.9" />
      </svg>
      <span>{name ?? 'Clinic Diary'}</span>
    </>
  )
}

function NavLink({ entry, path }: { entry: NavEntry; path: string }) {
  const here = path === entry.href || path.startsWith(`${entry.href}/`)
  return (
    <a href={entry.href} aria-current={here ? 'page' : undefined}>
      {entry.label}
      {entry.count ? (
        <span class={entry.countIs ? 'count trouble' : 'count'}>
          {entry.count}
          <span class="hidden"> {entry.countIs ?? 'waiting'}</span>
        </span>
      ) : null}
    </a>
  )
}

/** *View → Change my password* (product.md M4), how it looks, and the way out. */
function PersonMenu({ frame, person }: { frame: Frame; person: string }) {
  return (
    <div class="person">
      <details class="view">
        <summary>View</summary>
        <div class="view-panel">
          <p>
            <a href={`${frame.base}/password`}>Change my password</a>
          </p>
          {frame.nav.length > 0 && (
            <>
              <p>
                <a href={`${frame.base}/sessions`}>Where I am logged on</a>
              </p>
              {frame.own.map(({ label, href }) => (
                <p>
                  <a href={href}>{label}</a>
                </p>
              ))}
            </>
          )}
          <AppearanceForm frame={frame} />
        </div>
      </details>
      <span class="who">{person}</span>
      <form method="post" action={`${frame.base}/logoff`}>
        <button class="link">Log off</button>
      </form>
    </div>
  )
}

const appearanceLabels = { system: 'As on this device', light: 'Light', dark: 'Dark' } as const

function AppearanceForm({ frame }: { frame: Frame }) {
  return (
    <form method="post" action={`${frame.base}/appearance`} class="appearance">
      <fieldset>
        <legend>Appearance</legend>
        {appearances.map((appearance) => (
          <button
            name="appearance"
            value={appearance}
            aria-pressed={frame.appearance === appearance ? 'true' : 'false'}
          >
            {appearanceLabels[appearance]}
          </button>
        ))}
      </fieldset>
      <input type="hidden" name="next" value={frame.path} />
    </form>
  )
}

export function Footer({ frame }: { frame: Frame }) {
  return (
    <footer class="foot">
      <div class="foot-inner">
        {frame.phone ? (
          <p>
            Need help? Call {frame.name} on <PhoneLink phone={frame.phone} />
          </p>
        ) : (
          <p>Need help? Please call your clinic.</p>
        )}
        <Reached frame={frame} />
        {frame.base && (
          <p>
            <a href={`${frame.base}/privacy`}>How we use your information</a>
          </p>
        )}
      </div>
    </footer>
  )
}

/** How else the clinic is reached, as far as it says so. */
function Reached({ frame: { address, email, website } }: { frame: Frame }) {
  const ways = [
    address?.replaceAll('\n', ', '),
    email && <a href={`mailto:${email}`}>{email}</a>,
    website && (
      <a href={website} rel="noopener">
        {website.replace(/^https?:\/\/|\/$/g, '')}
      </a>
    ),
  ].filter(Boolean)
  return ways.length > 0 ? <p>{ways.flatMap((way, index) => (index === 0 ? [way] : [' · ', way]))}</p> : null
}

/** The number as people read it, dialled by a touch. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a class="phone" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
      {phone}
    </a>
  )
}
