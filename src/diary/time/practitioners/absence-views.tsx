import { TextField } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { AskAnyway } from '../hits.tsx'
import type { Hit } from '../hits-store.ts'
import { type AroundHours, BackToHours } from './hours-views.tsx'

interface AbsencePageProps extends AroundHours {
  title: string
  typed: Record<string, string>
  problems: Problems
  hits: Hit[]
}

export function AbsencePage(props: AbsencePageProps) {
  const { here, title, typed, problems } = props
  const common = (name: string) => ({ name, value: typed[name], problem: problems[name] })
  return (
    <>
      <BackToHours {...props} />
      <h1>{title}</h1>
      <p class="lead">Part of a day, days or weeks in which nothing can be booked.</p>
      <form method="post" action={`${here}/absence`} class="panel" novalidate>
        <div class="from-until">
          <TextField {...common('from_date')} label="First day" type="date" width="medium" />
          <TextField
            {...common('from_time')}
            label="From"
            hint="Like 2pm. Empty: the whole day"
            width="short"
            optional
          />
          <TextField
            {...common('until_date')}
            label="Last day"
            hint="Empty: the same day"
            type="date"
            width="medium"
            optional
          />
          <TextField
            {...common('until_time')}
            label="Until"
            hint="Like 16:30. Empty: the whole day"
            width="short"
            optional
          />
        </div>
        <TextField {...common('reason')} label="Reason" hint="For staff. Patients never see it" optional />
        <AskAnyway {...props} name="anyway" label="Add the absence anyway" problem={problems.anyway} />
        <input type="hidden" name="form_id" value={typed.form_id} />
        <div class="actions">
          <button class="button">Add absence</button>
          <a href={here}>Cancel</a>
        </div>
      </form>
    </>
  )
}
