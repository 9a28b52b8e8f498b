/** A privacy notice as people read it. */
import { apart } from '../../web/apart.ts'
import { dialled, PhoneLink } from '../../web/layout.tsx'
import { blocksOf } from './notice-text.ts'

/** @param clinic where it is read by patients: its number is dialled by a touch */
export function Notice({ body, clinic = { phone: '' } }: { body: string; clinic?: { phone: string } }) {
  return (
    <>
      {blocksOf(body).map((block) => {
        if (block.kind === 'heading') return <h2>{block.text}</h2>
        if (block.kind === 'paragraph') return <p class="lines">{dialled(block.text, clinic)}</p>
        return (
          <ul>
            {block.points.map((point) => (
              <li>{dialled(point, clinic)}</li>
            ))}
          </ul>
        )
      })}
    </>
  )
}

interface NoticePageProps {
  base: string
  clinic: { name: string; phone: string }
  body: string
  version: number
  current: number
  /** "23 November 2026"; the standard notice has no date. */
  since?: string
}

export function NoticePage({ base, clinic, body, version, current, since }: NoticePageProps) {
  return (
    <>
      <h1>How we use your information</h1>
      {version !== current && (
        <p class="opening">
          This is an older version. <a href={`${base}/privacy`}>Read the one in force, version {current}</a>.
        </p>
      )}
      <Notice body={body} clinic={clinic} />
      <p class="muted">
        Version {version}
        {since && `, of ${since}`}. Questions? Call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
      </p>
    </>
  )
}
