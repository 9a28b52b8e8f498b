/** The two demo clinics and who runs them: the people every guide and test speaks of. */

export const riverside = {
  slug: 'riverside',
  name: 'Riverside Clinic',
  phone: '01632 960 001',
  timezone: 'Europe/London',
  registration: true,
  staff: [
    { username: 'maya', name: 'Maya Rossi', role: 'manager', hasPassword: true },
    { username: 'sam', name: 'Sam Okoro', role: 'reception', hasPassword: true },
    { username: 'priya', name: 'Priya Nair', role: 'practitioner', hasPassword: true },
    { username: 'tom', name: 'Tom Becker', role: 'practitioner', hasPassword: false },
  ],
}

/** Its manager has the same username as Riverside's and is somebody else. */
export const hillside = {
  slug: 'hillside',
  name: 'Hillside Physiotherapy',
  phone: '01632 960 002',
  timezone: 'Europe/London',
  registration: false,
  staff: [{ username: 'maya', name: 'Maya Lindqvist', role: 'manager', hasPassword: true }],
}
