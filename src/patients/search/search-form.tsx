/** The field in which staff look for a patient. */
import type { ListFilter } from './patient-list.ts'

interface PatientSearchProps {
  base: string
  q?: string
  filter?: ListFilter
  isIsland?: boolean
  /** Where patients are chosen for something: the page, its results, what it was opened with, and whether others are offered first. */
  choosing?: { action: string; results: string; kept: Record<string, string>; isSecond?: boolean }
}

/** Works as a plain form everywhere; as you type where the page has the results below it. */
export function PatientSearch({ base, q, filter, isIsland, choosing }: PatientSearchProps) {
  const island = isIsland && {
    'hx-get': choosing?.results ?? `${base}/patients/results`,
    'hx-trigger': 'input changed delay:250ms, search',
    'hx-sync': 'this:replace',
    'hx-target': '#results',
    'hx-include': choosing ? undefined : '#access',
  }
  return (
    <search>
      <form method="get" action={choosing?.action ?? `${base}/patients`} class="find">
        <label for="q">Find a patient</label>
        <p class="hint" id="q-hint">
          Name, date of birth, phone number, email address or postcode
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
            autofocus={choosing !== undefined && !choosing.isSecond}
            {...island}
          />
          {Object.entries(choosing?.kept ?? {}).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {filter && <input type="hidden" id="access" name="access" value={filter} />}
          <button class="button quiet">Search</button>
        </div>
      </form>
    </search>
  )
}
