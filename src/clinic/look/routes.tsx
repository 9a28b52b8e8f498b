/** `/settings/look`: one colour and a logo. What becomes of the colour is worked out when it is saved. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { readForm, readPicture } from '../../web/form.ts'
import { isOutdated, openedWith } from '../../web/opened-with.ts'
import { hexOf } from './colour.ts'
import { largestLogo, readLogo, tooLarge } from './logo.ts'
import { type Loaded, loadLook, lookSaved, showLook, writeLook } from './look-page.tsx'
import { newLookFile } from './look-store.ts'
import { ColourSample } from './sample.tsx'
import { standardColour, themeCss, themeOf } from './theme.ts'

const maySet = staffMay('change settings')
const noColour = `Enter a colour as # and six letters or figures, like ${standardColour}`

export const lookRoutes = new Hono<App>()
  .get('/settings/look', maySet, async (c) => showLook(c, await loadLook(c)))
  .get('/settings/look/sample', maySet, async (c) => {
    await c.var.visit.read()
    if (c.req.header('HX-Request') !== 'true') return c.redirect(`${c.var.frame.base}/settings/look`, 303)
    return c.html(<ColourSample name={c.var.clinic.name} colour={hexOf(c.req.query('colour') ?? '')} isDraft />)
  })
  .post('/settings/look/colour', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const before = await loadLook(c)
    const words = (typed.colour ?? '').trim()
    const colour = hexOf(words)
    if (words !== '' && !colour) return showLook(c, before, { typed: words, problems: { colour: noColour } })
    return changeColour(c, before, typed, colour)
  })
  .post('/settings/look/logo', maySet, async (c) => {
    const before = await loadLook(c) // first who asks: only then is a larger body read
    const size = Number(c.req.header('content-length') ?? 0)
    if (size > 2 * largestLogo) return showLook(c, before, { problems: { logo: tooLarge(size) } })
    const { picture, typed } = await readPicture(c.req.raw, 'logo')
    return changeLogo(c, before, typed, picture)
  })
  .post('/settings/look/logo/removal', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    return changeLogo(c, await loadLook(c), typed, null)
  })

/** @param colour none: the diary's own */
async function changeColour(c: Ask, before: Loaded, typed: Record<string, string>, colour: string | null) {
  const { clinic } = before
  const meanwhile = { typed: colour ?? '', meanwhile: 'colour' as const }
  if (colour === clinic.colour) return lookSaved(c, 'colour')
  if (isOutdated(typed, openedWith(clinic.colour))) return showLook(c, before, meanwhile)
  const file = colour ? newLookFile('theme', new TextEncoder().encode(themeCss(themeOf(colour))), 'css') : null
  const written = await writeLook(c, clinic, {
    act: 'colour-changed',
    kind: 'theme',
    file,
    settings: { colour, themeFile: file?.name ?? null },
    detail: { from: clinic.colour ?? 'none', to: colour ?? 'none' },
  })
  const after = written.ok ? null : await loadLook(c) // somebody was a moment faster; or the same form was, sent twice
  return after && after.clinic.colour !== colour ? showLook(c, after, meanwhile) : lookSaved(c, 'colour')
}

/** @param picture none: the logo goes */
async function changeLogo(c: Ask, before: Loaded, typed: Record<string, string>, picture: Uint8Array | null) {
  const { clinic } = before
  const logo = picture && readLogo(picture)
  if (logo && !logo.ok) return showLook(c, before, { problems: { logo: logo.because } })
  const file = logo && newLookFile('logo', picture, logo.type)
  const name = file?.name ?? null
  if (name === clinic.logoFile) return lookSaved(c, name ? 'logo' : 'removed')
  if (isOutdated(typed, openedWith(clinic.logoFile))) return showLook(c, before, { meanwhile: 'logo' })
  const written = await writeLook(c, clinic, {
    act: logo ? 'logo-changed' : 'logo-removed',
    kind: 'logo',
    file,
    settings: { logoFile: name, logoWidth: logo?.width ?? null, logoHeight: logo?.height ?? null },
    detail: { file: name ?? clinic.logoFile ?? '' },
  })
  const after = written.ok ? null : await loadLook(c) // somebody was a moment faster; or the same form was, sent twice
  if (after && after.clinic.logoFile !== name) return showLook(c, after, { meanwhile: 'logo' })
  return lookSaved(c, name ? 'logo' : 'removed')
}
