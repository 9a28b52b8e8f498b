/** The links that a clinic puts on its own website: each as a plain address, a link and a button (rule M7, `/settings/links`). */
import { isOn, type RegistrationSettings } from './registration-settings.ts'

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
    words: 'Set up your online access',
    url: `${clinicUrl}/register/existing`,
    isOn: isOn(settings, 'existing'),
  },
  { key: 'new', words: 'Register as a new patient', url: `${clinicUrl}/register/new`, isOn: isOn(settings, 'new') },
]

/** HTML to paste. Nothing is loaded from us: no script, no picture, no cookie on the clinic's website. */
export const snippetsOf = ({ url, words }: ClinicLink): { label: string; html: string }[] => [
  { label: 'A link', html: `<a href="${url}">${words}</a>` },
  {
    label: 'A button',
    html: `<a href="${url}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6b5f;color:#fff;font:600 17px/1.3 system-ui,sans-serif;text-decoration:none">${words}</a>`,
  },
]
