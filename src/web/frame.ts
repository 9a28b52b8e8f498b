/** What stands around a page, as plain values: the pages never ask where they come from. */
export interface Frame {
  /** Name of the clinic; undefined where no clinic is known. */
  name?: string
  phone?: string
  /** How else the clinic is reached: at the foot of the page. */
  address?: string
  email?: string
  website?: string
  logo?: FrameLogo
  /** The address of the style sheet with the clinic's colours. */
  theme?: string
  /** Where the clinic's name leads. */
  home: string
  /** `/riverside`, or empty where no clinic is known. */
  base: string
  /** Who this page is for decides its width and its type size. */
  side: 'public' | 'patient' | 'staff'
  nav: NavEntry[]
  /** What is this person's own, in the menu under their name. */
  own: NavEntry[]
  /** Name of the person logged on. */
  person?: string
  /** Whose pages these are, by their whole name, where that is somebody else. */
  actedFor?: string
  appearance: Appearance
  /** On a page that answers a form: where the form is, '' for the same address. */
  formAt?: string
  /** The path of this page, to mark the current entry of the navigation. */
  path: string
}

export interface FrameLogo {
  src: string
  alt: string
  /** Pixels, so that nothing moves when it arrives. */
  width: number
  height: number
}

export interface NavEntry {
  label: string
  href: string
  /** How many things wait there. */
  count?: number
  /** What they are, where they do not just wait: something went wrong with them. */
  countIs?: string
}

export const appearances = ['system', 'light', 'dark'] as const
export type Appearance = (typeof appearances)[number]

export const emptyFrame = (path: string): Frame => ({
  home: '/',
  base: '',
  side: 'public',
  nav: [],
  own: [],
  appearance: 'system',
  path,
})
