/** What the cron does for appointments: each patient is reminded once, in the batch that remembers it. */
import { type Bindings, reportTrouble } from '../../environment.ts'
import { database, writeAll } from '../../web/database.ts'
import { isMovedOnline } from '../booking-rules.ts'
import { tellPatient } from './appointment-mail.ts'
import { type DueReminder, dueReminders, markReminded } from './reminders-store.ts'

const atOnce = 100 // reminders in a minute; what is left waits for the next

/** Two that run at once remind nobody twice: the second changes nothing, and its mail is not written. */
export async function remind(env: Bindings, now: number): Promise<void> {
  const db = database(env)
  for (const due of await dueReminders(db, now, atOnce)) {
    const { clinicId, version, cancelNoticeHours, slug, name, phone, timezone, address } = due
    const { id, patientId, startAt, endAt, status, sequence, practitionerName, email, firstName } = due
    const appointment = {
      ...{ id, patientId, startAt, endAt, status, sequence, practitionerName, email, firstName },
      ...{ hasAccess: due.hasAccess === 1, isMovedOnline: mayMoveOnline(due) },
    }
    const rules = { cancelNoticeHours, isOnline: due.isOnline === 1 }
    const clinic = { id: clinicId, slug, name, phone, timezone, address }
    try {
      const mail = await tellPatient(env, db, clinic, 'reminder', appointment, rules, now)
      await writeAll(db, [...markReminded(db, { clinicId, id, version }, now), ...mail])
    } catch (error) {
      reportTrouble('reminder', error) // it does not hold up the others; the next minute tries again
    }
  }
}

/** SQLite says 1 for yes. */
function mayMoveOnline(due: DueReminder): boolean {
  const rules = { isOnline: due.isOnline === 1, newPatientsNewTypesOnly: due.newTypesOnly === 1 }
  const of = { isOnline: due.typeIsOnline === 1, forNew: due.forNew === 1, forExisting: due.forExisting === 1 }
  return isMovedOnline(rules, { ...of, retiredAt: due.retiredAt }, due.isNew === 1)
}
