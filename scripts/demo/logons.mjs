/** The one password of everyone in the demo clinics, and the lines that npm start prints. */
import { hillside, riverside } from './clinics.mjs'

/** Only ever in a local data folder: scripts/seed.mjs writes nowhere else. */
export const demoPassword = 'tea-and-biscuits'

/** One line for each person who can log on. @param url 'http://localhost:8787' */
export function demoLogons(url) {
  const lines = [riverside, hillside].flatMap((clinic) => [
    `${clinic.name}: ${url}/${clinic.slug}`,
    ...clinic.staff.map(staffLine),
    ...(clinic === riverside ? patientLines : []),
  ])
  return lines
}

const staffLine = ({ username, name, role, hasPassword }) =>
  line(username, `${name}, ${role}`, hasPassword ? `password: ${demoPassword}` : 'cannot log on: has no password yet')

const patientLines = [
  line('janet.hall@example.com', 'Janet Hall, patient', `password: ${demoPassword}`),
  line('oliver.grant@example.com', 'Oliver Grant, patient', 'can register: born 27 March 1984'),
]

function line(logonName, who, how) {
  return `  ${logonName.padEnd(25)} ${who.padEnd(25)} ${how}`
}
