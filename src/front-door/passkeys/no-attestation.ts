/**
 * In the place of everything that @simplewebauthn/server knows of the makers of authenticators and their certificates:
 * [alias] of wrangler.toml puts it there. We ask for no attestation. A browser then sends none, or a signature by the
 * new key itself, and both are checked by the library; whatever comes with a certificate is refused, unread.
 */
export class AttestationRefused extends Error {}

const refuse = (): never => {
  throw new AttestationRefused('An attestation with a certificate is not taken')
}

export {
  refuse as convertX509PublicKeyToCOSE,
  refuse as getCertificateInfo,
  refuse as validateCertificatePath,
  refuse as validateExtFIDOGenCEAAGUID,
  refuse as verifyAttestationAndroidKey,
  refuse as verifyAttestationAndroidSafetyNet,
  refuse as verifyAttestationApple,
  refuse as verifyAttestationFIDOU2F,
  refuse as verifyAttestationTPM,
  refuse as verifyAttestationWithMetadata,
}

/** What makers say of their authenticators. */
export const MetadataService = { getStatement: refuse }

/** Whom to trust: nobody. Of the algorithms after quantum computers none is among those we ask for. */
export const SettingsService = { getRootCertificates: () => [], runtimeSupportsPQC: () => false }
