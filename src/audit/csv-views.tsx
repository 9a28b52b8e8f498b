import { PasswordField } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { inDigits } from '../web/numbers.ts'
import { Breadcrumb } from '../web/parts.tsx'
import type { Asked } from './audit-filter.ts'

export function CsvPage(props: { base: string; asked: Asked; problems: Problems; most: number }) {
  const { base, asked, problems, most } = props
  const filters = Object.entries(asked).filter(([name, value]) => value !== '' && name !== 'before')
  return (
    <>
      <Breadcrumb href={`${base}/audit`}>Audit</Breadcrumb>
      <h1>Download the audit</h1>
      <p>
        The file holds names of patients and what was done for them.{' '}
        {filters.length > 0 && 'It holds what your filters hold. '}
        At most {inDigits(most)} rows, the newest first. That you downloaded it is written down.
      </p>
      <form method="post" action={`${base}/audit/csv`}>
        {filters.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <PasswordField
          name="current_password"
          label="Your current password"
          use="current-password"
          problem={problems.current_password}
        />
        <div class="actions">
          <button class="button">Download the CSV file</button>
        </div>
      </form>
    </>
  )
}
