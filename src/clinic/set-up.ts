/** What a new clinic's manager has set up, and what comes next. */
import { wholeDay } from '../web/durations.ts'

export interface SetUpFacts {
  address: string
  colour: string | null
  logoFile: string | null
  allowExisting: boolean
  allowNew: boolean
  createdAt: number
  /** Active staff accounts, the manager's own among them. */
  staff: number
  /** The switches were saved at least once: both off may be what the clinic wants. */
  hasDecidedRegistration: boolean
  /** Who sees patients; those of them who have working hours, and what can be booked. */
  practitioners: number
  withHours: number
  types: number
  /** Patients may book online; or the rules were saved at least once, and it may stay off. */
  isOnline: boolean
  hasDecidedBooking: boolean
  /** Somebody who is a patient has found the diary and logged on. */
  hasPatientLoggedOn: boolean
}

export interface Step {
  key:
    | 'clinic'
    | 'look'
    | 'registration'
    | 'staff'
    | 'practitioners'
    | 'hours'
    | 'appointment-types'
    | 'booking-rules'
    | 'links'
  label: string
  isDone: boolean
}

const newFor = 30 * wholeDay

/** In the order in which they are best done. Nothing once all is done, or when patients use it and it is not new any more. */
export function setUpSteps(facts: SetUpFacts, now: number): Step[] {
  const steps: Step[] = [
    { key: 'clinic', label: 'Add the clinic’s address', isDone: facts.address !== '' },
    { key: 'look', label: 'Choose your colour and add your logo', isDone: Boolean(facts.colour || facts.logoFile) },
    {
      key: 'registration',
      label: 'Decide who may register',
      isDone: facts.hasDecidedRegistration || facts.allowExisting || facts.allowNew,
    },
    { key: 'staff', label: 'Add your colleagues', isDone: facts.staff > 1 },
    { key: 'practitioners', label: 'Say who sees patients', isDone: facts.practitioners > 0 },
    {
      key: 'hours',
      label: 'Set their working hours',
      isDone: facts.withHours > 0 && facts.withHours === facts.practitioners,
    },
    { key: 'appointment-types', label: 'Add what can be booked', isDone: facts.types > 0 },
    {
      key: 'booking-rules',
      label: 'Decide whether patients book online',
      isDone: facts.isOnline || facts.hasDecidedBooking,
    },
    { key: 'links', label: 'Put the links on your website and in your waiting room', isDone: facts.hasPatientLoggedOn },
  ]
  const isNew = now - facts.createdAt < newFor || !facts.hasPatientLoggedOn
  return isNew && steps.some(({ isDone }) => !isDone) ? steps : []
}

/** The first that is not done. */
export const nextStep = (steps: Step[]): Step | undefined => steps.find(({ isDone }) => !isDone)
