/** What goes into a transport and what comes out of it: the transports know this and nothing of each other. */
import type { Bindings } from '../environment.ts'
import type { Letter } from './letter.ts'
import type { Failure } from './mail-state.ts'

export interface Envelope {
  /** The same for every try of one mail, so that a provider can tell a repetition. */
  id: string
  to: string
  /** Stands as the sender's name. */
  clinicName: string
  createdAt: number
  letter: Letter
}

export type Sent = { ok: true } | { ok: false; because: Failure; isFinal: boolean }
/** @param hasLeft tells that nobody waits for the answer any more */
export type Transport = (env: Bindings, envelope: Envelope, hasLeft: AbortSignal) => Promise<Sent>
