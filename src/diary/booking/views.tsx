import type { AppointmentType } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { dialled, PhoneLink } from '../../web/layout.tsx'
import { Breadcrumb, Notice } from '../../web/parts.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import type { PractitionerTime } from '../time/clinic-time.ts'
import { addressOf, anyone } from './choice.ts'
import { WhenLine } from './when-line.tsx'

interface Clinic {
  name: string
  phone: string
  timezone: string
}

/** How long it takes and what it costs: "30 minutes, £48". */
export const lengthAndPrice = ({ minutes, price }: Pick<AppointmentType, 'minutes' | 'price'>): string =>
  [`${minutes} minutes`, price].filter(Boolean).join(', ')

interface WhatProps {
  types: AppointmentType[]
  /** Where the choice of a type leads: who and which day were chosen before go along. */
  hrefOf: (type: AppointmentType) => string
}

export function WhatPage({ types, hrefOf }: WhatProps) {
  return (
    <>
      <h1>What is the appointment for?</h1>
      <ul class="choices" id="type">
        {types.map((type) => (
          <li>
            <a href={hrefOf(type)}>{type.name}</a>
            <p>{lengthAndPrice(type)}</p>
          </li>
        ))}
      </ul>
    </>
  )
}

interface WhoProps {
  path: string
  type: AppointmentType
  doers: PractitionerTime[]
  /** The day that was chosen before. */
  day?: string
  /** Whether there was another question before. */
  hasBack: boolean
}

export function WhoPage({ path, type, doers, day, hasBack }: WhoProps) {
  const choice = (who: string) => addressOf(path, { typeId: type.id, who, day })
  return (
    <>
      {hasBack && <Back href={path}>What it is for</Back>}
      <h1>Who would you like to see?</h1>
      <p class="lead">
        {type.name}, {lengthAndPrice(type)}
      </p>
      <ul class="choices" id="who">
        <li>
          <a href={choice(anyone)}>First available</a>
          <p>Whoever is free first</p>
        </li>
        {doers.map(({ id, name, designation }) => (
          <li>
            <a href={choice(id)}>{name}</a>
            {designation && <p>{designation}</p>}
          </li>
        ))}
      </ul>
    </>
  )
}

export function Back({ href, children }: { href: string; children: string }) {
  return (
    <Breadcrumb href={href}>
      <span class="hidden">Back: </span>
      {children}
    </Breadcrumb>
  )
}

interface CallProps {
  base: string
  clinic: Clinic
  /** The clinic's own, or ''. */
  message: string
  heading?: string
}

/** Online booking is off, or there is nothing for this patient to book. */
export function CallPage({ base, clinic, message, heading = 'Call to book an appointment' }: CallProps) {
  return (
    <>
      <h1>{heading}</h1>
      <p class="lines lead">{dialled(message || 'Appointments cannot be booked online at the moment.', clinic)}</p>
      <p class="call">
        Call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />
      </p>
      <p>
        <a href={`${base}/appointments`}>See my appointments</a>
      </p>
    </>
  )
}

export function TooManyPage({
  base,
  clinic,
  upcoming,
  heading,
}: {
  base: string
  clinic: Clinic
  upcoming: ShownAppointment[]
  heading: string
}) {
  return (
    <>
      <h1>{heading}</h1>
      <p class="lead">Once one of these is over, or you have cancelled it, you can book another.</p>
      <ul class="days">
        {upcoming.map((each) => (
          <li>
            <a href={`${base}/appointments/${each.id}`}>
              <WhenLine at={each.startAt} zone={clinic.timezone} />
              <span class="count-of">{each.practitionerName}</span>
            </a>
          </li>
        ))}
      </ul>
      <Notice tone="note">
        <p>
          To book more than that, call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
        </p>
      </Notice>
    </>
  )
}
