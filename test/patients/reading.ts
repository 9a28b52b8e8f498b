/** Reading a page as a person does. */

/** The words of a page, without its marks. */
export const wordsOf = (body: string): string =>
  body
    .slice(Math.max(0, body.indexOf('<main')))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()

/** The names in the list of patients, from top to bottom. */
export const listed = (body: string): string[] =>
  [...body.matchAll(/<th scope="row"[^>]*><a href="[^"]*">([^<]*)<\/a>/g)].map(([, name]) => name!)

/** What stands in a form when it is opened, to be sent back. */
export function fieldsOf(body: string): Record<string, string> {
  const form = body.slice(body.indexOf('<form method="post"', body.indexOf('<main')))
  const fields: Record<string, string> = {}
  for (const [, marks] of form.matchAll(/<input ([^>]*)>/g)) {
    const [name, value] = [/name="([^"]*)"/.exec(marks!), /value="([^"]*)"/.exec(marks!)]
    if (name && !/type="checkbox"/.test(marks!)) fields[name[1]!] = value?.[1] ?? ''
  }
  for (const [, name, value] of form.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)<\/textarea>/g))
    fields[name!] = value!.trim()
  return fields
}
