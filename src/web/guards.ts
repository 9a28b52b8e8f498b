/** What every request meets before a room: safe headers, a body of a sane size, and posts from our own pages only. */
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { App } from '../ask.ts'
import { type Bindings, origins, publicOrigin } from '../environment.ts'
import { BadForm, ForeignPost } from './trouble.ts'

export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"

/** On every answer, errors too (security.md I01). `static/_headers` says the same for static files. */
export const safeHeaders: Record<string, string> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
}

export const withSafeHeaders: MiddlewareHandler<App> = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(safeHeaders)) c.res.headers.set(name, value)
  if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  const isForEverybody = c.res.headers.get('Cache-Control')?.startsWith('public')
  if (!isForEverybody) c.res.headers.append('Vary', 'Cookie, HX-Request')
}

/** Where we answer over HTTPS, plain HTTP is told only the way there (ASVS 12.2.1). A form sent over it is no form of ours. */
export const overHttps: MiddlewareHandler<App> = async (c, next) => {
  const isSecure = c.req.url.startsWith('https:') || !publicOrigin(c.env).startsWith('https:')
  if (isSecure) return next()
  if (c.req.method === 'POST') throw new ForeignPost()
  const url = new URL(c.req.url)
  return c.redirect(`${publicOrigin(c.env)}${url.pathname}${url.search}`, 301)
}

const largestForm = 64 * 1024 // bytes
const largestPicture = 5 * 1024 * 1024 // bytes: what a phone takes is refused in words, by the room

const atMost = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new BadForm(413, 'That is more than this page takes')
    },
  })

/** Where a form brings a picture; such a room asks who it is before it reads on. */
const takesPicture = (path: string): boolean => path.endsWith('/settings/look/logo')
const forForms = atMost(largestForm)
const forPictures = atMost(largestPicture)

export const limitedBody: MiddlewareHandler<App> = (c, next) =>
  (takesPicture(c.req.path) ? forPictures : forForms)(c, next)

/** Refuses a POST that another site caused (ASVS 3.5.1): both marks that browsers send must agree. */
export const ownPostsOnly: MiddlewareHandler<App> = async (c, next) => {
  if (c.req.method === 'POST' && !isOwnPost(c.env, c.req.raw.headers)) throw new ForeignPost()
  await next()
}

/** Origin is one of ours and Sec-Fetch-Site does not contradict it; without an Origin, Sec-Fetch-Site must say so. */
function isOwnPost(env: Bindings, headers: Headers): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (origin && origin !== 'null') return origins(env).includes(origin) && (site ?? 'same-origin') === 'same-origin'
  return site === 'same-origin'
}
