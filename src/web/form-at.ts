/** Where the form stands that was sent, so that a page that answers it can be left and come back to without sending it again. */
import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { RouterRoute } from 'hono/types'

/**
 * @param routes of the whole site
 * @returns undefined unless a form was sent; '' for the very address it was sent to, which may hold a token and is not
 * written into the page; an act without a page is sent from the page above it
 */
export function formAt(c: Context, routes: RouterRoute[]): string | undefined {
  if (c.req.method !== 'POST') return undefined
  const room = matchedRoutes(c).findLast(({ method }) => method === 'POST')
  const hasPage = routes.some(({ method, path }) => method === 'GET' && path === room?.path)
  return hasPage ? '' : c.req.path.replace(/\/[^/]*$/, '')
}
