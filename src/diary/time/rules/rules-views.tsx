import { BackToSettings, ChangedMeanwhile, LastChanged, Unsaved } from '../../../clinic/settings-parts.tsx'
import type { Change } from '../../../clinic/settings-store.ts'
import type { BookingRules } from '../../../schema.ts'
import { describedBy, Hint, Problem, TextField, TickBox } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { Choices } from '../../../web/large-fields.tsx'
import { hasProblems } from '../../../web/page.tsx'
import { Notice, StatusLine } from '../../../web/parts.tsx'
import { slotRules } from '../../booking-rules.ts'
import type { RulesFacts } from '../clinic-time-store.ts'
import type { TimeState } from '../time-state-store.ts'
import {
  changedRules,
  contradictions,
  grids,
  minutesInWords,
  readRules,
  ruleLabels,
  rulesInWords,
} from './rules-form.ts'

interface RulesPageProps {
  base: string
  now: number
  rules: BookingRules
  state: TimeState
  changed?: Change
  typed: Record<string, string>
  problems: Problems
  meanwhile?: RulesFacts
  saved: boolean
}

export function RulesPage(props: RulesPageProps) {
  const { base, now, rules, state, changed, typed, problems, meanwhile, saved } = props
  const draft = readRules(typed).rules
  return (
    <>
      {saved && <Notice>Saved. The new rules hold at once.</Notice>}
      <BackToSettings base={base} />
      <h1>{meanwhile ? 'Somebody else changed the booking rules' : 'Booking rules'}</h1>
      {meanwhile ? (
        <ChangedMeanwhile changed={changed} now={now} differences={changedRules(rules, meanwhile)} />
      ) : (
        <p class="lead">
          What patients may book, change and cancel themselves. Staff may book outside these rules, and are told so.
        </p>
      )}
      <div class="split">
        <RulesForm {...props} />
        <section class="panel stays" aria-labelledby="preview-title">
          <h2 id="preview-title">What patients will meet</h2>
          <div id="preview">
            <RulesPreview base={base} rules={draft} state={state} hasProblems={hasProblems(problems)} />
          </div>
        </section>
      </div>
      <StatusLine />
    </>
  )
}

function RulesForm({ base, now, rules, changed, typed, problems }: RulesPageProps) {
  const common = (name: keyof typeof ruleLabels) => ({
    name,
    label: ruleLabels[name],
    value: typed[name],
    problem: problems[name],
  })
  const number = { inputmode: 'numeric', width: 'short' } as const
  return (
    <form
      method="post"
      action={`${base}/settings/booking-rules`}
      class="panel"
      novalidate
      hx-get={`${base}/settings/booking-rules/preview`}
      hx-trigger="change, input delay:400ms"
      hx-target="#preview"
      hx-sync="this:replace"
    >
      <h2>Online booking</h2>
      <TickBox name="is_online" ticked={typed.is_online === 'on'}>
        {ruleLabels.is_online}
      </TickBox>
      <TextField {...common('offline_message')} hint="The clinic’s phone number stands beside it" optional />
      <h2>When patients book</h2>
      <TextField {...common('notice_hours')} {...number} hint="0 lets them book until an appointment begins" />
      <TextField {...common('ahead_days')} {...number} hint="56 days are 8 weeks" />
      <TextField {...common('most_upcoming')} {...number} />
      <TickBox name="new_only" ticked={typed.new_only === 'on'}>
        {ruleLabels.new_only}
      </TickBox>
      <h2>Times</h2>
      <SlotRule chosen={typed.slot_rule ?? ''} problem={problems.slot_rule} />
      <Grid chosen={typed.grid ?? ''} problem={problems.grid} />
      <h2>Afterwards</h2>
      <TextField
        {...common('cancel_hours')}
        {...number}
        hint="Later than that, patients are asked to call. The same holds for changing the time"
      />
      <TextField {...common('reminder_hours')} {...number} hint="Leave it empty to send none" optional />
      <input type="hidden" name="version" value={String(rules.version)} />
      <div class="actions">
        <button class="button">Save</button>
        <a href={`${base}/settings`}>Cancel</a>
      </div>
      <LastChanged changed={changed} now={now} never="These rules are as they were when the clinic was set up." />
    </form>
  )
}

function SlotRule({ chosen, problem }: { chosen: string; problem?: string }) {
  const idOf = (rule: string, index: number) => (index === 0 ? 'slot_rule' : `slot_rule-${rule}`)
  return (
    <Choices name="slot_rule" legend={ruleLabels.slot_rule} problem={problem}>
      {Object.entries(slotRules).map(([rule, { label, sentence }], index) => (
        <>
          <div class="tick">
            <input
              id={idOf(rule, index)}
              name="slot_rule"
              type="radio"
              value={rule}
              checked={rule === chosen}
              aria-describedby={`slot_rule-${rule}-hint`}
            />
            <label for={idOf(rule, index)}>{label}</label>
          </div>
          <Hint name={`slot_rule-${rule}`} hint={sentence} />
        </>
      ))}
    </Choices>
  )
}

const Grid = ({ chosen, problem }: { chosen: string; problem?: string }) => (
  <div class={problem ? 'field wrong' : 'field'}>
    <label for="grid">{ruleLabels.grid}</label>
    <Problem name="grid" problem={problem} />
    <select id="grid" name="grid" class="medium" {...describedBy('grid', undefined, problem)}>
      {grids.map((grid) => (
        <option value={String(grid)} selected={String(grid) === chosen}>
          {minutesInWords(grid)}
        </option>
      ))}
    </select>
  </div>
)

export function RulesPreview(props: {
  base: string
  rules: RulesFacts
  state: TimeState
  isDraft?: boolean
  hasProblems?: boolean
}) {
  const { base, rules, state, isDraft } = props
  if (props.hasProblems) return <Problem name="preview" problem="Something in the form has to be corrected first." />
  return (
    <Unsaved isDraft={isDraft}>
      {contradictions(rules, state).map(({ sentence, room }) => (
        <Notice tone="warning">
          <p>
            {sentence} {room && <a href={`${base}/settings/${room}`}>{roomNames[room]}</a>}
          </p>
        </Notice>
      ))}
      <ul>
        {rulesInWords(rules).map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
    </Unsaved>
  )
}

const roomNames = { practitioners: 'Set working hours', 'appointment-types': 'Look at the types' }
