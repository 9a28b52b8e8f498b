/** Every address of the product, read off the router, so that a new room cannot be forgotten by a test. */
import { app } from '../../src/app.tsx'

export interface Room {
  method: 'GET' | 'POST'
  /** As the router knows it: '/:clinic/patients/:id' */
  path: string
}

/** Middleware has a path that ends in a star; a room has an address. */
export const rooms = (): Room[] => {
  const seen = new Map<string, Room>()
  for (const { method, path } of app.routes) {
    if (path.endsWith('*') || (method !== 'GET' && method !== 'POST')) continue
    seen.set(`${method} ${path}`, { method, path })
  }
  return [...seen.values()]
}

/** The address with its parameters filled in. */
export const addressOf = (path: string, given: Record<string, string>): string =>
  path.replace(/:(\w+)(\{[^}]*\})?/g, (_whole, name: string) => given[name] ?? `no-${name}`)

export const nameOf = ({ method, path }: Room): string => `${method} ${path}`
