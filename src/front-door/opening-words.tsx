/** What the clinic says to everybody who opens its logon page: plain text with its line breaks, never HTML. */
export const OpeningWords = ({ words }: { words: string }) => (words ? <p class="opening lines">{words}</p> : null)
