/** Stretches of time, from an instant up to the next: what is free is what is left when the taken ones are cut out. */

/** Milliseconds since 1970; `until` is no longer in it. */
export interface Span {
  from: number
  until: number
}

const isThere = ({ from, until }: Span): boolean => until > from

const byTime = (a: Span, b: Span): number => a.from - b.from

export const overlap = (a: Span, b: Span): boolean => a.from < b.until && b.from < a.until
export const holds = (outer: Span, inner: Span): boolean => outer.from <= inner.from && outer.until >= inner.until

/** In order of time; those that touch or overlap become one. */
export function merged(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans.filter(isThere).sort(byTime)) {
    const last = all.at(-1)
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until)
    else all.push({ from: span.from, until: span.until })
  }
  return all
}

/**
 * Those that touch the window, found without a look at all the others: of a practitioner's year most are of other days.
 * @param spans in order of time, none of them longer than `longest` ms
 */
export function touching(spans: Span[], window: Span, longest: number): Span[] {
  const found: Span[] = []
  for (let index = firstFrom(spans, window.from - longest); index < spans.length; index++) {
    const span = spans[index]!
    if (span.from >= window.until) break
    if (span.until > window.from) found.push(span)
  }
  return found
}

/** The index of the first that begins then or later. */
function firstFrom(spans: Span[], from: number): number {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]!.from < from) low = middle + 1
    else high = middle
  }
  return low
}

/** What is left of `spans` when everything in `taken` is cut out. In order of time. */
export function without(spans: readonly Span[], taken: readonly Span[]): Span[] {
  const cuts = taken.filter(isThere).sort(byTime)
  const left: Span[] = []
  for (const { from, until } of merged(spans)) {
    let begin = from
    for (const cut of cuts) {
      if (cut.from >= until) break
      if (cut.from > begin) left.push({ from: begin, until: cut.from })
      begin = Math.max(begin, cut.until)
    }
    if (until > begin) left.push({ from: begin, until })
  }
  return left
}

/** What of `spans` lies inside `window`. */
export const within = (spans: readonly Span[], window: Span): Span[] =>
  spans
    .map(({ from, until }) => ({ from: Math.max(from, window.from), until: Math.min(until, window.until) }))
    .filter(isThere)
