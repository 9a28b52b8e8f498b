/** Stretches of time, from an instant up to the next: what is free is what is left when the taken ones are cut out. */

/** Milliseconds since 1970; `until` is no longer in it. */
export interface Span {
  from: number
  until: number
}

const isThere = ({ from, until }: Span): boolean => until > from

export const overlap = (a: Span, b: Span): boolean => a.from < b.until && b.from < a.until
export const holds = (outer: Span, inner: Span): boolean => outer.from <= inner.from && outer.until >= inner.until

/** In order of time; those that touch or overlap become one. */
export function merged(spans: Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans.filter(isThere).sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until)
    else all.push({ ...span })
  }
  return all
}

/** What is left of `spans` when everything in `taken` is cut out. In order of time. */
export function without(spans: Span[], taken: Span[]): Span[] {
  const cuts = merged(taken)
  return merged(spans).flatMap((span) => {
    const left: Span[] = []
    let from = span.from
    for (const cut of cuts) {
      if (!overlap(span, cut)) continue
      left.push({ from, until: cut.from })
      from = cut.until
    }
    return [...left, { from, until: span.until }].filter(isThere)
  })
}

/** What of `spans` lies inside `window`. */
export const within = (spans: Span[], window: Span): Span[] =>
  spans
    .map(({ from, until }) => ({ from: Math.max(from, window.from), until: Math.min(until, window.until) }))
    .filter(isThere)
