/**
 * Does whoever asks hold what has this mark (ETag)? Whoever squeezes it on its way calls its mark weak: to ask for news that is
 * the same one. `*` stands for whatever there is (RFC 9110 §13.1.2).
 * @param held the header If-None-Match
 */
export const isHeld = (held: string | undefined, mark: string): boolean =>
  (held ?? '').split(',').some((each) => ['*', mark].includes(each.trim().replace(/^W\//, '')))
