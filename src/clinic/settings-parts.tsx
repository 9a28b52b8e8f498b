/** What the pages of the settings have in common. */
import type { Child } from 'hono/jsx'
import { distanceInWords } from '../web/dates.ts'
import { Breadcrumb, Notice, StateMark } from '../web/parts.tsx'
import type { Change } from './settings-store.ts'

export const BackToSettings = ({ base }: { base: string }) => (
  <Breadcrumb href={`${base}/settings`}>Settings</Breadcrumb>
)

/** @param never what is said when nobody has changed it yet */
export const LastChanged = ({ changed, now, never }: { changed?: Change; now: number; never: string }) => (
  <p class="muted">{changed ? `Last changed ${distanceInWords(changed.at, now)} by ${changed.by}.` : never}</p>
)

interface Difference {
  label: string
  now: string
  typed: string
}

/** Somebody was faster: what stands now beside what was typed. Nothing was overwritten; pressing again is a decision. */
export function ChangedMeanwhile(props: { changed?: Change; now: number; differences: Difference[] }) {
  const { changed, now, differences } = props
  return (
    <>
      <Notice tone="warning">
        <p>
          {changed?.by ?? 'Somebody'} changed this {changed ? distanceInWords(changed.at, now) : 'meanwhile'}, while you
          had the form open. What you typed is not saved yet. It is all still on this page.
        </p>
        <p>Compare the two, and save again if yours is to stand.</p>
      </Notice>
      <table class="compare">
        <caption>Where what is saved and what you typed differ</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Saved now</th>
            <th scope="col">You typed</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ label, now: saved, typed }) => (
            <tr>
              <th scope="row">{label}</th>
              <td data-label="Saved now">
                {saved === '' ? <span class="none">Nothing</span> : <Lines text={saved} />}
              </td>
              <td data-label="You typed">
                {typed === '' ? <span class="none">Nothing</span> : <Lines text={typed} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const Lines = ({ text }: { text: string }) => <span class="lines">{text}</span>

/** What is drawn while somebody types or ticks: that nothing of it is saved is seen, and heard. */
export const Unsaved = (props: { isDraft?: boolean; what?: string; children: Child }) => (
  <div data-status={props.isDraft ? `${props.what ?? 'Preview'} changed. Not saved yet` : undefined}>
    {props.isDraft && <p class="tag">Not saved yet</p>}
    {props.children}
  </div>
)

/** A room of the settings on the overview: what it is, and its state in words. */
export const Card = (props: { href: string; title: string; is: string; children: Child }) => (
  <li class="panel">
    <h2>
      <a href={props.href}>{props.title}</a>
    </h2>
    <p>{props.is}</p>
    {props.children}
  </li>
)

export const State = ({ isThere, children }: { isThere: boolean; children: Child }) => (
  <p class="meta">
    <StateMark shape={isThere ? 'tick' : 'dash'}>{children}</StateMark>
  </p>
)
