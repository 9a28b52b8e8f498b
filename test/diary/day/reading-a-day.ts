/** A page of the diary as somebody hears it. */
import { wordsOf } from '../../patients/reading.ts'

/** Runs of spaces as one, and none before a comma. */
const heard = (html: string): string => wordsOf(html).replace(/\s+/g, ' ').replace(/ ,/g, ',').trim()

/** The names of the links that lead there. */
export const namesOf = (body: string, href: string): string[] =>
  [...body.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)].filter(([, to]) => to === href).map(([, , name]) => heard(name!))

/** The headings of the columns. */
export const columnsOf = (body: string): string[] =>
  [...body.matchAll(/<h2 id="c\d+"[^>]*>(.*?)<\/h2>/g)].map(([, words]) => heard(words!))

/** What stands in the columns, in order: its kind, where it is drawn, and its words. */
export const entriesOf = (body: string): { kind: string; place: string; words: string }[] =>
  [...body.matchAll(/<li(?: id="[^"]*")? class="(visit|gap|landing|away|now|none)([^"]*)"[^>]*>(.*?)<\/li>/g)].map(
    ([, kind, classes, words]) => ({ kind: kind!, place: /s\d+ d\d+/.exec(classes!)?.[0] ?? '', words: heard(words!) }),
  )
