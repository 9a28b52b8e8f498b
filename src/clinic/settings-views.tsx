import { RegistrationChoices } from '../front-door/registration-choices.tsx'
import type { Clinic } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { Notice, StateMark, StatusLine } from '../web/parts.tsx'
import {
  isOn,
  linkMeanings,
  linkNames,
  type RegistrationLink,
  type RegistrationSettings,
  whyShown,
} from './registration-settings.ts'
import { BackToSettings, LastChanged, Unsaved } from './settings-parts.tsx'
import type { Change } from './settings-store.ts'

const links: readonly RegistrationLink[] = ['existing', 'new']

interface RegistrationSettingsProps {
  base: string
  clinicUrl: string
  clinic: Clinic
  settings: RegistrationSettings
  changed?: Change
  now: number
  saved: boolean
}

export function RegistrationSettingsPage(props: RegistrationSettingsProps) {
  const { base, clinicUrl, clinic, settings, changed, now, saved } = props
  return (
    <>
      {saved && <Notice>Saved. The logon page shows it at once.</Notice>}
      <BackToSettings base={base} />
      <h1>Registration</h1>
      <p class="lead">Patients can always be registered by staff. Here you decide who may do it themselves.</p>
      <div class="split">
        <form
          method="post"
          class="panel"
          hx-get={`${base}/settings/registration/preview`}
          hx-trigger="change"
          hx-target="#preview"
          hx-sync="this:replace"
        >
          <h2>Who may register</h2>
          {links.map((link) => (
            <Switch link={link} settings={settings} />
          ))}
          <div class="actions">
            <button class="button">Save</button>
          </div>
          <LastChanged changed={changed} now={now} never="These switches have not been changed yet." />
        </form>
        <section class="panel" aria-labelledby="preview-title">
          <h2 id="preview-title">The logon page</h2>
          <div id="preview">
            <LogonPreview clinic={clinic} base={base} settings={settings} />
          </div>
          <p class="muted">
            The address of this page is <a href={base}>{clinicUrl}</a>
          </p>
        </section>
      </div>
      <StatusLine />
    </>
  )
}

function Switch({ link, settings }: { link: RegistrationLink; settings: RegistrationSettings }) {
  const name = `allow_${link}`
  return (
    <div class="switch">
      <div class="tick">
        <input
          type="checkbox"
          id={name}
          name={name}
          value="on"
          checked={isOn(settings, link)}
          aria-describedby={`${name}-hint`}
        />
        <label for={name}>{linkNames[link]}</label>
      </div>
      <p class="hint" id={`${name}-hint`}>
        {linkMeanings[link]}
      </p>
    </div>
  )
}

/** The part of the logon page that the switches change, and why it looks as it does. */
export function LogonPreview(props: {
  clinic: Clinic
  base: string
  settings: RegistrationSettings
  isDraft?: boolean
}) {
  const { clinic, base, settings, isDraft } = props
  return (
    <Unsaved isDraft={isDraft}>
      <div class="preview" inert>
        <p class="preview-title">Log on to {apart(clinic.name)}</p>
        <RegistrationChoices base={base} clinic={{ ...clinic, ...settings }} />
      </div>
      <ul class="reasons">
        {links.map((link) => (
          <li>
            <SwitchState isOn={isOn(settings, link)} /> {whyShown(settings, link)}
          </li>
        ))}
      </ul>
    </Unsaved>
  )
}

function SwitchState({ isOn }: { isOn: boolean }) {
  return <StateMark shape={isOn ? 'tick' : 'dash'}>{isOn ? 'On' : 'Off'}</StateMark>
}
