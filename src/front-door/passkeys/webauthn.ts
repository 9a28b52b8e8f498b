/**
 * What a passkey is asked, and whether its answer is right (WebAuthn level 3), by @simplewebauthn/server. It is loaded
 * when it is needed: most requests have nothing to do with it. What it knows of certificates is left out (no-attestation.ts).
 */
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from '@oslojs/encoding'
import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  VerifiedRegistrationResponse,
} from '@simplewebauthn/server'
import { type Bindings, origins, publicOrigin } from '../../environment.ts'
import type { Passkey } from '../../schema.ts'
import { AttestationRefused } from './no-attestation.ts'
import { challengeLifetime } from './passkey-store.ts'

const algorithms = [-8, -7, -257] // EdDSA, ES256, RS256 (COSE)

/** Our name to authenticators: the host of the configured origins, never what a request says of itself. */
function relyingParty(env: Bindings): { id: string; origins: string[] } {
  const hostOf = (origin: string) => new URL(origin).hostname
  const id = hostOf(publicOrigin(env))
  return { id, origins: origins(env).filter((origin) => hostOf(origin) === id) }
}

interface Person {
  /** Opaque; the authenticator keeps it. */
  id: string
  logonName: string
  name: string
}

/** What the browser is told, to make a passkey: one that the device finds by itself, and only for its owner. */
export async function creationOptions(env: Bindings, clinicName: string, of: Person, known: Passkey[], asked: string) {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  return generateRegistrationOptions({
    rpName: clinicName,
    rpID: relyingParty(env).id,
    userID: Uint8Array.from(new TextEncoder().encode(of.id)),
    userName: `${of.logonName} – ${clinicName}`,
    userDisplayName: of.name,
    challenge: Uint8Array.from(decodeBase64urlIgnorePadding(asked)),
    timeout: challengeLifetime,
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: JSON.parse(transports) as string[],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })
}

/** @param known those of one person; none at the logon page: it names nobody's, so that nobody learns anything */
export async function requestOptions(env: Bindings, known: Passkey[], asked: string) {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  return generateAuthenticationOptions({
    rpID: relyingParty(env).id,
    challenge: Uint8Array.from(decodeBase64urlIgnorePadding(asked)),
    timeout: challengeLifetime,
    userVerification: 'required',
    allowCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: JSON.parse(transports) as string[],
    })),
  })
}

type NewCredential = Pick<
  Passkey,
  'credentialId' | 'publicKey' | 'counter' | 'transports' | 'canBeBackedUp' | 'isBackedUp'
>

/** Why no passkey is made of an answer: it is not right, or it is from a kind of device that we do not take. */
export type WhyNot = 'not-right' | 'with-certificate'
type Made = { ok: true; credential: NewCredential } | { ok: false; because: WhyNot }

export async function verifiedNew(env: Bindings, answer: string, challenge: string): Promise<Made> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const party = relyingParty(env)
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: JSON.parse(answer) as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origins,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    return registrationInfo ? { ok: true, credential: kept(registrationInfo) } : { ok: false, because: 'not-right' }
  } catch (wrong) {
    // The library throws for each thing that is wrong: it was no answer to our question.
    return { ok: false, because: wrong instanceof AttestationRefused ? 'with-certificate' : 'not-right' }
  }
}

type Verified = NonNullable<VerifiedRegistrationResponse['registrationInfo']>

const kept = ({ credential, credentialDeviceType, credentialBackedUp }: Verified): NewCredential => ({
  credentialId: credential.id,
  publicKey: encodeBase64urlNoPadding(credential.publicKey),
  counter: credential.counter,
  transports: JSON.stringify((credential.transports ?? []).slice(0, 8)),
  canBeBackedUp: credentialDeviceType === 'multiDevice',
  isBackedUp: credentialBackedUp,
})

/** @returns what the passkey says of itself now, or null when the answer is not right */
export async function verifiedUse(env: Bindings, answer: string, challenge: string, known: Passkey) {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const party = relyingParty(env)
  try {
    const response = JSON.parse(answer) as AuthenticationResponseJSON
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origins,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: known.credentialId,
        publicKey: Uint8Array.from(decodeBase64urlIgnorePadding(known.publicKey)),
        counter: known.counter,
      },
    })
    if (!verified || !isOfOwner(response, known)) return null
    return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp }
  } catch {
    return null // as above
  }
}

/** The authenticator says whose it is; what it says must be what we know (WebAuthn §7.2, step 6). */
function isOfOwner({ response: { userHandle } }: AuthenticationResponseJSON, { staffId, patientId }: Passkey): boolean {
  if (!userHandle) return true // some leave it out where the credential was named
  return new TextDecoder().decode(decodeBase64urlIgnorePadding(userHandle)) === (staffId ?? patientId)
}

/** The credential that an answer is of, or '' when it is none. */
export function credentialIn(answer: string): string {
  try {
    const id = (JSON.parse(answer) as { id?: unknown } | null)?.id
    return typeof id === 'string' ? id.slice(0, 2000) : ''
  } catch {
    return '' // not what our script sends
  }
}
