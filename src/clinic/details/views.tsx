import type { Clinic } from '../../schema.ts'
import { TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { type ChoiceGroup, LongText, SelectField } from '../../web/large-fields.tsx'
import { Notice } from '../../web/parts.tsx'
import { BackToSettings, ChangedMeanwhile, LastChanged } from '../settings-parts.tsx'
import type { Change } from '../settings-store.ts'
import { type ClinicDetails, changedDetails, type DetailField, detailFields, zones } from './clinic-details.ts'

interface DetailsProps {
  base: string
  now: number
  typed: Record<string, string>
  problems: Problems
  clinic: Clinic
  changed?: Change
  meanwhile?: ClinicDetails
  openedWith: string
  saved: boolean
}

export function DetailsPage(props: DetailsProps) {
  const { base, now, clinic, changed, meanwhile, saved } = props
  return (
    <>
      {saved && <Notice>Saved. Every page shows it at once.</Notice>}
      <BackToSettings base={base} />
      <h1>{meanwhile ? 'Somebody else changed the clinic’s details' : 'Clinic details'}</h1>
      {meanwhile ? (
        <ChangedMeanwhile changed={changed} now={now} differences={differencesOf(clinic, meanwhile)} />
      ) : (
        <p class="lead">What patients read on every page and in every email.</p>
      )}
      <DetailsForm {...props} />
      <LastChanged changed={changed} now={now} never="These details are as they were when the clinic was set up." />
    </>
  )
}

const differencesOf = (clinic: ClinicDetails, yours: ClinicDetails) =>
  changedDetails(clinic, yours).map((field) => ({
    label: detailFields[field].label,
    now: clinic[field],
    typed: yours[field],
  }))

function DetailsForm({ base, typed, problems, clinic, openedWith }: DetailsProps) {
  const common = (field: DetailField) => ({
    name: field,
    label: detailFields[field].label,
    value: typed[field],
    problem: problems[field],
  })
  return (
    <form method="post" action={`${base}/settings/clinic`} novalidate>
      <TextField {...common('name')} autocomplete="organization" />
      <TextField
        {...common('phone')}
        type="tel"
        hint="Stands at the foot of every page, for whoever needs help"
        width="medium"
      />
      <SelectField
        {...common('timezone')}
        hint="Times are shown in this zone. What is booked keeps its moment when you change it"
        groups={zoneGroups(clinic.timezone)}
      />
      <LongText {...common('address')} hint="As on an envelope, a line for each line" optional />
      <TextField
        {...common('email')}
        type="email"
        hint="For the public. It stands at the foot of every page"
        optional
      />
      <TextField {...common('website')} hint="Your own website, like www.example.com" optional />
      <input type="hidden" name="opened_with" value={openedWith} />
      <div class="actions">
        <button class="button">Save</button>
        <a href={`${base}/settings`}>Cancel</a>
      </div>
    </form>
  )
}

/** By part of the world: 'Europe/London' is London in Europe. The clinic's own zone is among them, whatever it is called. */
function zoneGroups(own: string): ChoiceGroup[] {
  const all = [...new Set([...zones(), own])].sort()
  const groups = Map.groupBy(all, (zone) => (zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'World'))
  return [...groups].map(([label, members]) => ({
    label,
    choices: members.map((zone) => ({ value: zone, label: zone.slice(zone.indexOf('/') + 1).replaceAll('_', ' ') })),
  }))
}
