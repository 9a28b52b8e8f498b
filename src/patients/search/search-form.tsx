/** The field in which staff look for a patient. */
import type { ListFilter } from './patient-list.ts'

/** Works as a plain form everywhere; as you type where the page has the results below it. */
export function PatientSearch(props: { base: string; q?: string; filter?: ListFilter; isIsland?: boolean }) {
  const { base, q, filter, isIsland } = props
  const island = isIsland && {
    'hx-get': `${base}/patients/results`,
    'hx-trigger': 'input changed delay:250ms, search',
    'hx-sync': 'this:replace',
    'hx-target': '#results',
    'hx-include': '#access',
  }
  return (
    <search>
      <form method="get" action={`${base}/patients`} class="find">
        <label for="q">Find a patient</label>
        <p class="hint" id="q-hint">
          Name, date of birth, phone number or email address
        </p>
        <div class="find-row">
          <input
            id="q"
            name="q"
            type="search"
            value={q}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            enterkeyhint="search"
            aria-describedby="q-hint"
            {...island}
          />
          {filter && <input type="hidden" id="access" name="access" value={filter} />}
          <button class="button quiet">Search</button>
        </div>
      </form>
    </search>
  )
}
