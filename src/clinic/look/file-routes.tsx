/** `/:clinic/theme.<hash>.css` and `/:clinic/logo.<hash>.png`: what pages load. Another content is another address. */
import { Hono } from 'hono'
import type { App } from '../../ask.ts'
import { database } from '../../web/database.ts'
import { NotFound } from '../../web/trouble.ts'
import { type LogoType, logoTypes } from './logo.ts'
import { lookFileByName } from './look-store.ts'

export const lookFileRoutes = new Hono<App>().get(
  '/:file{(theme|logo)\\.[0-9a-f]+\\.(css|png|jpg|webp)}',
  async (c) => {
    const name = c.req.param('file')
    const [file] = await lookFileByName(database(c.env), c.var.clinic.id, name)
    if (!file) throw new NotFound()
    const ending = name.slice(name.lastIndexOf('.') + 1)
    return c.body(file.content as Uint8Array<ArrayBuffer>, 200, {
      'Content-Type': ending === 'css' ? 'text/css; charset=utf-8' : logoTypes[ending as LogoType],
      'Cache-Control': 'public, max-age=31536000, immutable',
    })
  },
)
