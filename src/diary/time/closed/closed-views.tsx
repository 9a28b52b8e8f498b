import { BackToSettings } from '../../../clinic/settings-parts.tsx'
import { plainDayInWords } from '../../../web/dates.ts'
import { describedBy, Problem, TextField } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { Choices } from '../../../web/large-fields.tsx'
import { Done } from '../../../web/parts.tsx'
import { type BankHoliday, type Nation, nationLabels } from '../bank-holidays.ts'
import { type Around, AskAnyway, countOfHits, HitList } from '../hits.tsx'
import type { Hit } from '../hits-store.ts'
import { tickOf } from './closed-form.ts'

interface ClosedDaysProps extends Around {
  nation: Nation
  closed: BankHoliday[]
  hits: Hit[]
  typedHits: Hit[]
  offered: BankHoliday[]
  typed: Record<string, string>
  problems: Problems
  asked?: 'anyway' | 'holidays_anyway'
  done?: string
}

const doneWords: Record<string, string> = {
  added: 'Closed. Nobody can book there any more.',
  removed: 'Removed. The day can be booked again, by everybody’s working hours.',
  nation: 'Saved. These are the bank holidays there.',
}

export function ClosedDaysPage(props: ClosedDaysProps) {
  const { base, done } = props
  return (
    <>
      <Done words={doneWords} done={done} />
      <BackToSettings base={base} />
      <h1>Closed days</h1>
      <p class="lead">Days on which the clinic sees nobody: holidays, training, moving house.</p>
      <Closed {...props} />
      <div class="split">
        <AddForm {...props} />
        <BankHolidays {...props} />
      </div>
    </>
  )
}

function Closed({ base, zone, closed, hits }: ClosedDaysProps) {
  if (closed.length === 0)
    return <p class="empty">No closed days are to come. The clinic is open by its working hours.</p>
  return (
    <ul class="rows">
      {closed.map(({ date, name }) => {
        const booked = hits.filter((hit) => hit.in === date)
        return (
          <li>
            <div>
              <strong>{name}</strong>
              <p class="meta">{plainDayInWords(date)}</p>
              {booked.length > 0 && (
                <details class="more" open>
                  <summary>{countOfHits(booked)} on this day</summary>
                  <HitList base={base} zone={zone} hits={booked} named />
                </details>
              )}
            </div>
            <form method="post" action={`${base}/settings/closed-days/${date}/removal`}>
              <button class="button quiet">
                Remove
                <span class="hidden">
                  {' '}
                  {name} on {plainDayInWords(date)}
                </span>
              </button>
            </form>
          </li>
        )
      })}
    </ul>
  )
}

function AddForm(props: ClosedDaysProps) {
  const { base, typed, problems, asked, typedHits } = props
  return (
    <form method="post" action={`${base}/settings/closed-days`} class="panel" novalidate>
      <h2>Close a day</h2>
      <TextField name="date" label="Day" type="date" width="medium" value={typed.date} problem={problems.date} />
      <TextField
        name="name"
        label="Name"
        hint="Staff read it in the diary, like Staff training"
        value={typed.name}
        problem={problems.name}
      />
      {asked === 'anyway' && (
        <AskAnyway
          {...props}
          name="anyway"
          hits={typedHits}
          label="Close the day anyway"
          problem={problems.anyway}
          named
        />
      )}
      <button class="button">Close this day</button>
    </form>
  )
}

function BankHolidays(props: ClosedDaysProps) {
  const { base, nation, offered, typed, problems, asked, typedHits } = props
  return (
    <section class="panel" aria-labelledby="holidays-title">
      <h2 id="holidays-title">Bank holidays</h2>
      <form method="post" action={`${base}/settings/closed-days/nation`} class="list-search">
        <div class={problems.nation ? 'field wrong' : 'field'}>
          <label for="nation">Of which nation</label>
          <Problem name="nation" problem={problems.nation} />
          <select id="nation" name="nation" {...describedBy('nation', undefined, problems.nation)}>
            {Object.entries(nationLabels).map(([value, label]) => (
              <option value={value} selected={value === nation}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <button class="button secondary">Show</button>
      </form>
      {offered.length === 0 ? (
        <p class="muted">
          {nation === 'none' ? 'Choose a nation to see its bank holidays.' : 'All of them are closed already.'}
        </p>
      ) : (
        <form method="post" action={`${base}/settings/closed-days/bank-holidays`} novalidate>
          <input type="hidden" name="nation" value={nation} />
          <Choices name="holidays" legend="Close on" problem={problems.holidays}>
            {offered.map(({ date, name }, index) => (
              <div class="tick">
                <input
                  id={index === 0 ? 'holidays' : tickOf(date)}
                  name={tickOf(date)}
                  type="checkbox"
                  value="on"
                  checked={typed[tickOf(date)] === 'on'}
                />
                <label for={index === 0 ? 'holidays' : tickOf(date)}>
                  {plainDayInWords(date)} <span class="muted">{name}</span>
                </label>
              </div>
            ))}
          </Choices>
          {asked === 'holidays_anyway' && (
            <AskAnyway
              {...props}
              name="holidays_anyway"
              hits={typedHits}
              label="Close these days anyway"
              problem={problems.holidays_anyway}
              named
            />
          )}
          <button class="button secondary">Close the ticked days</button>
        </form>
      )}
    </section>
  )
}
