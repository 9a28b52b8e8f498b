/** A search as ranges of the index of words: which words begin like what was typed. */
import type { Term } from './patient-search.ts'
import { beginningsMeant } from './search-words.ts'

/** The number of the term, and the words from `low` up to but without `high`. */
type WordRange = [term: number, low: string, high: string]

const mostCompared = 4 // terms of which the rarest is looked up; the others are checked on the records

/** A term may have several ranges; whoever matches it has a word in one of them. Long words are rare ones. */
export function rangesOf(terms: Term[]): WordRange[] {
  const longestFirst = [...terms].sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, mostCompared)
  return longestFirst.flatMap((term, index) => beginningsOf(term).map((begin) => rangeOf(index, begin)))
}

const rangeOf = (term: number, begin: string): WordRange => [term, begin, `${begin}\u{10ffff}`]

/** Of words that must all be there, the longest will do. */
function beginningsOf(term: Term): string[] {
  if ('text' in term) return beginningsMeant(term.text)
  const longest = [...term.orTexts].sort((a, b) => b.length - a.length).slice(0, 1)
  return [...term.whole, ...longest].flatMap(beginningsMeant)
}

const lengthOf = (term: Term): number => ('text' in term ? term.text : term.whole[0]!).length
