/** A password that staff hand over: easy to read out, works once and for 72 hours (product.md "Generate password"). */
import { hour } from '../../web/durations.ts'
import { randomBelow } from '../../web/random.ts'

export const temporaryLifetime = 72 * hour

const consonants = 'bdfghjklmnprstvw'
const vowels = 'aeiou'

/** `bodi-kema-fulo-tiva-47`: 22 characters, eight syllables and two figures, 57 bits. */
export function newTemporaryPassword(): string {
  const syllable = () => consonants[randomBelow(consonants.length)]! + vowels[randomBelow(vowels.length)]!
  const words = Array.from({ length: 4 }, () => syllable() + syllable())
  return [...words, `${randomBelow(10)}${randomBelow(10)}`].join('-')
}
