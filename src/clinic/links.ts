/** The links that a clinic puts on its own website: each as a plain address, a link and a button (rule M7, `/settings/links`). */
import { onto, standardColour, themeOf } from './look/theme.ts'
import { isOn, linkTitles, type RegistrationSettings } from './registration-settings.ts'

export interface ClinicLink {
  key: 'logon' | 'existing' | 'new'
  /** What the link says on the clinic's website. */
  words: string
  url: string
  /** A registration link whose switch is off asks people to call. */
  isOn: boolean
}

/** @param clinicUrl of this clinic's logon page, with the configured origin */
export const linksOf = (clinicUrl: string, settings: RegistrationSettings): ClinicLink[] => [
  { key: 'logon', words: 'Log on to our online diary', url: clinicUrl, isOn: true },
  {
    key: 'existing',
    words: linkTitles.existing,
    url: `${clinicUrl}/register/existing`,
    isOn: isOn(settings, 'existing'),
  },
  { key: 'new', words: linkTitles.new, url: `${clinicUrl}/register/new`, isOn: isOn(settings, 'new') },
]

/** HTML to paste. Nothing is loaded from us: no script, no picture, no cookie on the clinic's website. */
export function snippetsOf({ url, words }: ClinicLink, colour: string | null): { label: string; html: string }[] {
  const fill = colour ?? standardColour
  const { light } = themeOf(fill)
  const shape = 'display:inline-block;padding:12px 20px;border-radius:8px;text-decoration:none'
  const type = 'font:600 17px/1.3 system-ui,sans-serif'
  const paint = `background:${fill};color:${onto(fill)};border:1px solid ${light['accent-ink']}`
  return [
    { label: 'A plain link', html: `<a href="${url}">${words}</a>` },
    {
      label: 'A link in your colour',
      html: `<a href="${url}" style="color:${light['accent-ink']};font-weight:600;text-underline-offset:.2em">${words}</a>`,
    },
    { label: 'A button', html: `<a href="${url}" style="${shape};${type};${paint}">${words}</a>` },
  ]
}
