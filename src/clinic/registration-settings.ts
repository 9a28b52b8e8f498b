/** Which registration links stand on the logon page, and why (rule M7). */

export interface RegistrationSettings {
  allowExisting: boolean
  allowNew: boolean
}

export type RegistrationLink = 'existing' | 'new'

export const linkNames: Record<RegistrationLink, string> = {
  existing: 'Existing patients may register',
  new: 'New patients may register',
}

/** What a link leads to, as its page, its mail and the clinic's website call it. */
export const linkTitles: Record<RegistrationLink, string> = {
  existing: 'Set up your online access',
  new: 'Register as a new patient',
}

export const linkMeanings: Record<RegistrationLink, string> = {
  existing:
    'For people who already have a record here with their email address on it. They answer with their date of birth and choose a password.',
  new: 'For people who have no record here yet. A new record is made from what they tell us.',
}

export const isOn = (settings: RegistrationSettings, link: RegistrationLink): boolean =>
  link === 'existing' ? settings.allowExisting : settings.allowNew

/** Why the link is on the logon page, or why not: one sentence for the manager. */
export function whyShown(settings: RegistrationSettings, link: RegistrationLink): string {
  const who = link === 'existing' ? 'existing patients' : 'new patients'
  return isOn(settings, link)
    ? `This link is shown, because registration of ${who} is switched on.`
    : `This link is not shown, because registration of ${who} is switched off. Its address asks people to call the clinic.`
}
