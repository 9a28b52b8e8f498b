/**
 * Codes for the day when the phone is gone. 25 letters and figures, 116 bits: enough to be kept as a plain hash
 * (ASVS 6.5.2 asks for 112).
 */
import { hashToken, randomLetters } from '../../web/random.ts'

export const recoveryCodeCount = 10
const groups = 5
const groupLength = 5

/** `R7K2A-…`: five groups of five. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodeCount }, () =>
    Array.from({ length: groups }, () => randomLetters(groupLength)).join('-'),
  )

/** Under which a code is kept, however it was typed. */
export const recoveryCodeHash = (typed: string): string =>
  hashToken(
    `recovery code ${typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')}`,
  )
