/** Light, dark, or as the device says: a cookie, so that the first paint is right and no script is needed. */
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { App, Ask } from '../ask.ts'
import { readForm } from './form.ts'
import { type Appearance, appearances } from './frame.ts'
import { hostCookie } from './host-cookie.ts'
import { ownPath } from './own-path.ts'

const year = 365 * 24 * 60 * 60 // seconds

export const appearanceOf = (c: Ask): Appearance => asAppearance(getCookie(c, 'appearance', 'host'))

export const appearanceRoutes = new Hono<App>().post('/appearance', async (c) => {
  const form = await readForm(c.req.raw)
  setCookie(c, 'appearance', asAppearance(form.text('appearance')), { ...hostCookie, maxAge: year })
  return c.redirect(ownPath(form.text('next'), c.var.frame.base) ?? c.var.frame.base, 303)
})

const asAppearance = (value: string | undefined): Appearance =>
  appearances.find((appearance) => appearance === value) ?? 'system'
