/** `/settings/texts`: the words on the logon page and on the pages where people register, with a preview as one types. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import type { Clinic } from '../../schema.ts'
import { onlyIfChanged, type Written } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { isOutdated, openedWith } from '../../web/opened-with.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { clinicById, forgetClinic } from '../clinic-store.ts'
import { type Change, changeSettings, lastChange } from '../settings-store.ts'
import {
  changedWords,
  type PublicWords,
  readWords,
  standardWords,
  typedOf,
  wordFieldNames,
  wordsOf,
} from './public-words.ts'
import { TextsPage, WordsPreview } from './views.tsx'

const maySet = staffMay('change settings')

export const textsRoutes = new Hono<App>()
  .get('/settings/texts', maySet, async (c) => showForm(c, await load(c)))
  .post('/settings/texts/preview', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const { clinic } = await load(c)
    if (c.req.header('HX-Request') !== 'true') return c.redirect(`${c.var.frame.base}/settings/texts`, 303)
    const draft = { ...clinic, ...readWords(typed, clinic).words }
    return c.html(<WordsPreview base={c.var.frame.base} clinic={draft} isDraft />)
  })
  .post('/settings/texts', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const before = await load(c)
    const { words, problems } = readWords(typed, before.clinic)
    if (!hasProblems(problems) && changedWords(before.clinic, words).length === 0) return saved(c, 'saved')
    if (isOutdated(typed, markOf(before.clinic))) return showForm(c, before, { typed, problems, meanwhile: words })
    if (hasProblems(problems)) return showForm(c, before, { typed, problems })
    const written = await write(c, before.clinic, words)
    if (written.ok) return saved(c, 'saved')
    const after = await load(c) // somebody was a moment faster; or the same form was, sent twice
    if (changedWords(after.clinic, words).length === 0) return saved(c, 'saved')
    return showForm(c, after, { typed, problems, meanwhile: words })
  })
  .post('/settings/texts/standard', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const before = await load(c)
    const words = { ...noWords, openingWords: before.clinic.openingWords } // these have no standard to go back to
    if (changedWords(before.clinic, words).length === 0) return saved(c, 'standard')
    const isTold = isOutdated(typed, markOf(before.clinic)) || !(await write(c, before.clinic, words)).ok
    return isTold
      ? showForm(c, await load(c), { typed: shownWords(words, before.clinic), problems: {}, meanwhile: words })
      : saved(c, 'standard')
  })

const noWords = Object.fromEntries(wordFieldNames.map((field) => [field, ''])) as PublicWords

interface Loaded {
  clinic: Clinic
  changed?: Change
}

async function load(c: Ask): Promise<Loaded> {
  const { visit } = c.var
  const [[clinic], [changed]] = await visit.read(
    clinicById(visit.db, visit.clinicId),
    lastChange(visit.db, visit.clinicId, 'public-words-changed'),
  )
  return { clinic: clinic!, changed }
}

function write(c: Ask, before: Clinic, words: PublicWords): Promise<Written> {
  const { visit } = c.var
  const { db, clinicId } = visit
  const detail = { fields: changedWords(before, words).join(' ') }
  return visit.write([
    changeSettings(db, clinicId, before, words),
    onlyIfChanged(db),
    entryByStaff(c, 'public-words-changed', { detail }),
  ])
}

function saved(c: Ask, done: 'saved' | 'standard') {
  forgetClinic(c.var.clinic.slug)
  return c.redirect(`${c.var.frame.base}/settings/texts?done=${done}`, 303)
}

const markOf = (clinic: PublicWords): string => openedWith(...wordFieldNames.map((field) => clinic[field]))

/** The form is filled with what people read: our standard words too. */
const shownWords = (words: PublicWords, { name }: { name: string }) => typedOf(wordsOf({ ...words, name }))

interface Sent {
  typed: Record<string, string>
  problems: Problems
  /** Somebody else's change came first: these were not saved. */
  meanwhile?: PublicWords
}

function showForm(c: Ask, { clinic, changed }: Loaded, sent?: Sent) {
  const { now, frame } = c.var
  const { typed = shownWords(clinic, clinic), problems = {}, meanwhile } = sent ?? {}
  const standard = standardWords(clinic)
  const props = { base: frame.base, now, clinic, changed, typed, problems, meanwhile, standard }
  const draft = sent && { ...clinic, ...readWords(typed, clinic).words }
  return show(c, {
    title: meanwhile ? 'Somebody else changed these words' : 'Words on your pages',
    problems,
    status: meanwhile && 409,
    island: true,
    children: <TextsPage {...props} draft={draft} openedWith={markOf(clinic)} done={c.req.query('done')} />,
  })
}
