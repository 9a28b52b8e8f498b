/** `GET /`: what this is. It names no clinic. */
import type { Ask } from '../ask.ts'
import { show } from '../web/page.tsx'

export const aboutPage = (c: Ask) =>
  show(c, {
    title: 'Clinic Diary',
    children: (
      <>
        <h1>Clinic Diary</h1>
        <p class="lead">The online diary of your clinic: one web address where staff and patients log on.</p>
        <p>
          Each clinic has an address of its own. You find it on your clinic’s website, on its letters, or by calling
          them.
        </p>
      </>
    ),
  })
