import type { Child } from 'hono/jsx'
import { SwitchedNotice } from '../../acting-for/switched-notice.tsx'
import type { AppointmentType } from '../../schema.ts'
import type { Problems } from '../../web/form.ts'
import { LongText } from '../../web/large-fields.tsx'
import { Notice } from '../../web/parts.tsx'
import { Answers } from './answers.tsx'
import { addressOf, type Choice } from './choice.ts'
import { Back, lengthAndPrice } from './views.tsx'
import { WhenLine } from './when-line.tsx'

interface CheckProps {
  path: string
  choice: Choice
  type: AppointmentType
  startAt: number
  practitioner: { id: string; name: string; designation: string }
  where: string
  zone: string
  /** Whether there was something to choose. */
  asksWhat: boolean
  asksWho: boolean
  /** The cancellation rule, for this time. */
  rule: Child
  formId: string
  note: string
  problems: Problems
  day: string
  /** The id of whose appointment it will be: the page is for nobody else. */
  patientId: string
  /** Their name, where it could be somebody else's. */
  patientName?: string
  actedFor?: string
  /** It was sent from a page that was opened for somebody else. */
  isSwitched?: boolean
  /** The clinic has changed what was seen on this page before: it is asked again. */
  isChanged?: boolean
}

export function CheckPage(props: CheckProps) {
  const { path, choice, type, startAt, practitioner, where, zone, rule, day } = props
  const { typeId, who } = choice
  const whenHref = addressOf(path, { typeId, who, day })
  return (
    <>
      {props.isChanged && (
        <Notice tone="warning">
          <p>
            The clinic has changed this kind of appointment meanwhile. Nothing is booked yet. This is how it is now.
          </p>
        </Notice>
      )}
      {props.isSwitched && <SwitchedNotice actedFor={props.actedFor} nothing="booked" />}
      <Back href={whenHref}>Choose a time</Back>
      <h1>Check and book</h1>
      <Answers
        answers={[
          ...(props.patientName ? [{ term: 'Patient', value: <strong>{props.patientName}</strong> }] : []),
          {
            term: 'For',
            value: `${type.name}, ${lengthAndPrice(type)}`,
            change: props.asksWhat ? { href: path, what: 'what it is for' } : undefined,
          },
          {
            term: 'With',
            value: [practitioner.name, practitioner.designation].filter(Boolean).join(', '),
            change: props.asksWho ? { href: addressOf(path, { typeId }), what: 'who you see' } : undefined,
          },
          { term: 'When', value: <WhenLine at={startAt} zone={zone} />, change: { href: whenHref, what: 'the time' } },
          { term: 'Where', value: where },
        ]}
      />
      <BookForm {...props} />
      <p>{rule}</p>
    </>
  )
}

function BookForm({ path, patientId, choice, startAt, practitioner, type, formId, note, problems }: CheckProps) {
  return (
    <form method="post" action={path} novalidate>
      <input type="hidden" name="patient" value={patientId} />
      <input type="hidden" name="type" value={type.id} />
      <input type="hidden" name="type_version" value={type.version.toString()} />
      <input type="hidden" name="who" value={choice.who} />
      <input type="hidden" name="at" value={startAt.toString()} />
      <input type="hidden" name="with" value={practitioner.id} />
      <input type="hidden" name="form_id" value={formId} />
      <LongText
        name="note"
        label="Anything the clinic should know"
        optional
        hint="Do not put urgent matters here. If it is urgent, call the clinic"
        rows={3}
        value={note}
        problem={problems.note}
      />
      <div class="actions">
        <button class="button">Book appointment</button>
      </div>
    </form>
  )
}
