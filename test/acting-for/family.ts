/** Hannah Reed, who logs on, and her son Toby, for whom she may act: in a clinic where Priya sees patients and Janet is one too. */

import { opened } from '../diary/booking/booking-world.ts'
import { aDiary, type Diary } from '../diary/diary-world.ts'
import { aGrant, anAccess, aPatient, loggedOn, Visitor } from '../support/world.ts'

export const hannahsEmail = 'family.reed@example.com'

export async function aFamily(given: Parameters<typeof aDiary>[0] = {}) {
  const diary = await aDiary(given)
  await opened(diary)
  const { clinicId, priya } = diary
  const hannah = await aPatient({ clinicId, firstName: 'Hannah', lastName: 'Reed', email: hannahsEmail })
  await anAccess(hannah)
  const toby = await aPatient({ clinicId, firstName: 'Toby', lastName: 'Reed', dateOfBirth: '2015-06-08' })
  const grant = await aGrant({ clinicId, holderId: hannah.id, patientId: toby.id, by: priya })
  return { diary, clinicId, hannah, toby, grant, ofToby: { ...diary, patientId: toby.id } satisfies Diary }
}
export type Family = Awaited<ReturnType<typeof aFamily>>

/** Hannah's browser, in which she acts for herself. */
export const asHannah = ({ clinicId, hannah }: Family) => loggedOn({ clinicId, patientId: hannah.id })

export const turnTo = (who: Visitor, patient: { id: string }, fields: Record<string, string> = {}) =>
  who.post('/riverside/acting-for', { patient: patient.id, ...fields })

/** Hannah's browser, in which she acts for Toby. */
export async function forToby(family: Family): Promise<Visitor> {
  const browser = await asHannah(family)
  await turnTo(browser, family.toby)
  return browser
}

/** A second tab of the same browser, as it was before the first one did something. */
export function tabOf(browser: Visitor): Visitor {
  const tab = new Visitor()
  for (const [name, value] of browser.cookies) tab.cookies.set(name, value)
  return tab
}
