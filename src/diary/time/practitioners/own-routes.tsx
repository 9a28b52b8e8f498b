/** `/:clinic/hours`: a practitioner's own hours and absences, to look at, and to change when the manager allows it. */
import { staffMay } from '../../../front-door/sessions/guard.ts'
import { hoursRooms } from './hours-rooms.tsx'

export const ownHoursRoutes = hoursRooms('/hours', staffMay('change own hours'), (c) => c.var.visit.claim.staffId ?? '')
