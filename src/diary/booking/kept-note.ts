/**
 * The note of a booking whose time has gone meanwhile: it travels in the patient's own sealed cookie to the next time that
 * is chosen, for a quarter of an hour. It is about health, so it stands in no address and only their session opens it.
 */
import type { Ask } from '../../ask.ts'
import { forgetSecret, keepSecret, keptSecret } from '../../front-door/sessions/own-secret.ts'
import { hasProblems } from '../../web/page.tsx'
import { noteProblems } from './decision.ts'

const lifetime = 15 * 60 // seconds

/** What would be refused is not kept: a cookie has no room for it. */
export async function keepNote(c: Ask, note: string): Promise<void> {
  if (note !== '' && !hasProblems(noteProblems(note))) await keepSecret(c, 'note', { note }, lifetime)
}

export const keptNote = async (c: Ask): Promise<string> => (await keptSecret<{ note: string }>(c, 'note'))?.note ?? ''

/** It was sent. */
export async function forgetNote(c: Ask): Promise<void> {
  if ((await keptNote(c)) !== '') forgetSecret(c, 'note')
}
