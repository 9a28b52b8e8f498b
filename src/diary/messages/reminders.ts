/** What the cron does for appointments: each patient is reminded once, in the batch that remembers it. */
import { type Bindings, reportTrouble } from '../../environment.ts'
import { database, writeAll } from '../../web/database.ts'
import { tellPatient } from './appointment-mail.ts'
import { dueReminders, markReminded } from './reminders-store.ts'

const atOnce = 100 // reminders in a minute; what is left waits for the next

/** Two that run at once remind nobody twice: the second changes nothing, and its mail is not written. */
export async function remind(env: Bindings, now: number): Promise<void> {
  const db = database(env)
  for (const due of await dueReminders(db, now, atOnce)) {
    const { clinicId, version, cancelNoticeHours, slug, name, phone, timezone, address, ...rest } = due
    const appointment = { ...rest, hasAccess: rest.hasAccess === 1 }
    const clinic = { id: clinicId, slug, name, phone, timezone, address }
    try {
      const mail = await tellPatient(env, db, clinic, 'reminder', appointment, { cancelNoticeHours }, now)
      await writeAll(db, [...markReminded(db, { clinicId, id: due.id, version }, now), ...mail])
    } catch (error) {
      reportTrouble('reminder', error) // it does not hold up the others; the next minute tries again
    }
  }
}
