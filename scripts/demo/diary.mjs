/** The demo clinics' time: who sees patients and when, what can be booked, and what stands in the way this fortnight. */

const everyWeekday = (periods) => [1, 2, 3, 4, 5].map((weekday) => [weekday, periods])

/** Days of absence and of closing are counted from Monday of this week: 8 is Tuesday of the next. */
export const riversideDiary = {
  nation: 'england-and-wales',
  rules: { isOnline: true, slotRule: 'every', gridMinutes: 10, earliestNoticeMinutes: 120, cancelNoticeHours: 24 },
  types: [
    { name: 'First appointment', minutes: 45, bufferMinutes: 5, price: '£65', forExisting: false, colour: 1 },
    { name: 'Follow-up', minutes: 20, price: '£35', forNew: false, colour: 2 },
    {
      name: 'Health check',
      minutes: 30,
      price: '£48',
      colour: 3,
      preparation: 'Bring a list of the medicines you take.',
    },
    { name: 'Blood test', minutes: 10, price: '£20', colour: 4, preparation: 'Drink water as usual.' },
    { name: 'Home visit', minutes: 60, bufferMinutes: 30, price: '£90', isOnline: false, forNew: false, colour: 5 },
  ],
  practitioners: [
    {
      username: 'priya',
      designation: 'Doctor',
      colour: 1,
      mayChangeOwnHours: true,
      types: ['First appointment', 'Follow-up', 'Health check', 'Home visit'],
      hours: everyWeekday(['09:00-12:30', '13:30-17:00']),
      absences: [{ day: 3, from: '15:30', until: '17:00', reason: 'Meeting at the hospital' }],
    },
    {
      username: 'tom',
      designation: 'Nurse practitioner',
      colour: 3,
      types: ['Follow-up', 'Health check', 'Blood test'],
      hours: [
        [1, ['08:00-13:00']],
        [2, ['08:00-13:00', '14:00-16:00']],
        [3, ['12:00-15:00', '15:30-19:00']],
        [4, ['08:00-13:00', '14:00-16:00']],
        [5, ['08:00-13:00']],
        [6, ['09:00-12:00']],
      ],
      absences: [{ day: 8, reason: 'First aid course' }],
    },
  ],
  closedDays: [{ day: 11, name: 'Staff training' }],
}

export const hillsideDiary = {
  nation: 'england-and-wales',
  rules: { isOnline: true, slotRule: 'first-of-block', gridMinutes: 15, newPatientsNewTypesOnly: true },
  types: [
    { name: 'First assessment', minutes: 60, bufferMinutes: 15, price: '£70', forExisting: false, colour: 6 },
    { name: 'Physiotherapy', minutes: 30, bufferMinutes: 5, price: '£45', forNew: false, colour: 7 },
  ],
  practitioners: [
    {
      username: 'maya',
      designation: 'Physiotherapist',
      colour: 5,
      types: ['First assessment', 'Physiotherapy'],
      hours: [
        [1, ['07:30-12:00', '13:00-15:30']],
        [2, ['07:30-12:00']],
        [4, ['12:00-19:00']],
        [5, ['07:30-12:00', '13:00-15:30']],
      ],
      absences: [{ day: 7, from: '07:30', until: '10:00', reason: 'School meeting' }],
    },
  ],
  closedDays: [{ day: 10, name: 'Stocktaking' }],
}
