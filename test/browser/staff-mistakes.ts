/** The mistakes that staff make in our forms, and what the page then says (ux.md 1.3). */
import { type Mistake, noPassword, wrongEmail, wrongPhone } from './mistakes.ts'

/** @param own the path of the manager's own account; @param other that of a colleague */
export const managerMistakes = ({ own, other }: { own: string; other: string }): Mistake[] => [
  {
    ...{ is: 'add staff', address: '/riverside/staff/new', press: 'Add staff' },
    room: '/:clinic/staff/new',
    typed: { Name: 'Nia Newman', Username: 'nia@riverside', 'Email address (optional)': 'nia at home' },
    says: ['Username must not contain @. Only patients log on with an email address', 'Choose a role', wrongEmail],
  },
  {
    ...{ is: 'edit an account', address: `${other}/edit`, press: 'Save changes' },
    room: '/:clinic/staff/:id/edit',
    typed: { Name: '', 'Email address (optional)': 'sam at home' },
    says: ['Enter a name', wrongEmail],
  },
  {
    ...{ is: 'deactivate the only manager', address: `${own}/deactivation`, typed: {}, press: 'Deactivate' },
    room: '/:clinic/staff/:id/deactivation',
    says: [
      'Maya Rossi is the only manager with a password of their own. First make somebody else a manager, and let them choose a password',
    ],
  },
  {
    ...{ is: 'ask for what the manager has not', address: '/riverside/settings/second-factor', press: 'Save' },
    room: '/:clinic/settings/second-factor',
    typed: {},
    ticked: ['Staff need a second factor'],
    says: ['Set up a second factor of your own first, so that you do not lock yourself out'],
  },
  {
    ...{ is: 'the audit without the password', address: '/riverside/audit/csv', press: 'Download the CSV file' },
    room: '/:clinic/audit/csv',
    typed: {},
    says: [noPassword],
  },
  {
    ...{ is: 'clinic details', address: '/riverside/settings/clinic', press: 'Save' },
    room: '/:clinic/settings/clinic',
    typed: { 'Name of the clinic': '', 'Phone number': 'none', 'Website (optional)': 'our website' },
    says: ['Enter the name of the clinic', wrongPhone, 'Enter the address of your website, like www.example.com'],
  },
  {
    ...{ is: 'words on pages', address: '/riverside/settings/texts', press: 'Save' },
    room: '/:clinic/settings/texts',
    typed: { 'Opening words (optional)': 'Closed. '.repeat(70).trim() },
    says: ['Use 500 characters or fewer. There are 559'],
  },
  {
    ...{ is: 'no colour', address: '/riverside/settings/look', press: 'Save colour' },
    room: '/:clinic/settings/look/colour',
    typed: { 'Your colour (optional)': 'sunny yellow' },
    says: ['Enter a colour as # and six letters or figures, like #0b6b60'],
  },
  {
    ...{ is: 'no logo', address: '/riverside/settings/look', typed: {}, press: 'Save logo' },
    room: '/:clinic/settings/look/logo',
    says: ['Choose the file of your logo'],
  },
  {
    ...{ is: 'no notice', address: '/riverside/settings/privacy/draft', press: 'Save draft' },
    room: '/:clinic/settings/privacy/draft',
    typed: { 'Text of the notice': '# What we keep' },
    says: ['Enter the text of the notice'],
  },
]

/** @param type, practitioner the paths of one of each */
export const timeMistakes = ({ type, practitioner }: { type: string; practitioner: string }): Mistake[] => [
  {
    ...{ is: 'change a type', address: type, press: 'Save' },
    room: '/:clinic/settings/appointment-types/:id',
    typed: { Name: '', 'Minutes kept free afterwards': '7' },
    says: [
      'Enter a name, like First appointment',
      'Minutes kept free afterwards must be a multiple of 5, from 0 to 120',
    ],
  },
  {
    ...{ is: 'no practitioner', address: '/riverside/settings/practitioners/new', press: 'Add practitioner' },
    room: '/:clinic/settings/practitioners/new',
    typed: { 'Designation (optional)': 'Physiotherapist' },
    says: ['Select who sees patients'],
  },
  {
    ...{ is: 'a practitioner', address: practitioner, press: 'Save' },
    room: '/:clinic/settings/practitioners/:id',
    typed: { 'Designation (optional)': 'Physiotherapist '.repeat(6).trim() },
    says: ['Designation must be 80 characters or fewer'],
  },
  ...hoursMistakes(`${practitioner}/hours`, '/:clinic/settings/practitioners/:id/hours'),
  {
    ...{ is: 'no bank holiday', address: '/riverside/settings/closed-days', press: 'Close the ticked days' },
    room: '/:clinic/settings/closed-days/bank-holidays',
    typed: {},
    says: ['Tick the days to close'],
  },
  {
    ...{ is: 'a type', address: '/riverside/settings/appointment-types/new', press: 'Add type' },
    room: '/:clinic/settings/appointment-types/new',
    typed: { Minutes: '42', 'Price (optional)': '£48' },
    says: ['Enter a name, like First appointment', 'Minutes must be a multiple of 5, from 5 to 480'],
  },
  {
    ...{ is: 'a closed day', address: '/riverside/settings/closed-days', press: 'Close this day' },
    room: '/:clinic/settings/closed-days',
    typed: { Name: 'Training' },
    says: ['Enter the day'],
  },
  {
    ...{ is: 'booking rules', address: '/riverside/settings/booking-rules', press: 'Save' },
    room: '/:clinic/settings/booking-rules',
    typed: { 'Earliest notice, in hours': '48', 'How far ahead, in days': '2' },
    says: ['How far ahead must be more than the earliest notice, or nobody can book'],
  },
]

/** @param address of these hours, and the rooms that it leads to */
export const hoursMistakes = (address: string, room: string): Mistake[] => [
  {
    ...{ is: 'a week', address: `${address}/week`, press: 'Save hours' },
    room: `${room}/week`,
    typed: { 'Monday, first period, from': '9am', 'Monday, first period, until': '8am' },
    says: ['Monday must end after it starts'],
  },
  {
    ...{ is: 'an absence', address: `${address}/absence`, press: 'Add absence' },
    room: `${room}/absence`,
    typed: { 'From (optional)': 'early', 'Reason (optional)': 'Training' },
    says: ['Enter the first day', 'Enter a time, like 2pm or 14:00, or leave it empty for the whole day'],
  },
]

interface AtReception {
  /** The record of a patient whose address is on another record too. */
  shared: string
  sharedAddress: string
  /** The record of a patient under 16. */
  child: string
  /** The address of a free time in the diary. */
  gap: string
  /** The path of an appointment that is booked. */
  appointment: string
}

export const receptionMistakes = ({ shared, sharedAddress, child, gap, appointment }: AtReception): Mistake[] => [
  {
    ...{ is: 'edit a patient', address: `${shared}/edit`, press: 'Save changes' },
    room: '/:clinic/patients/:id/edit',
    typed: { 'First name': '', Day: '31', Month: '2', Year: '1990', 'Other phone (optional)': '01632' },
    says: ['Enter a first name', 'Date of birth must be a real date', wrongPhone],
  },
  {
    ...{ is: 'book for nobody', address: `${gap}&new=yes`, press: 'Book appointment' },
    room: '/:clinic/diary/book',
    typed: { 'First name': 'Ada', 'Email address (optional)': 'ada at home', 'Note (optional)': 'By taxi' },
    says: ['Enter a last name', wrongEmail, 'Choose an appointment type'],
  },
  {
    ...{ is: 'a long note', address: appointment, press: 'Save note' },
    room: '/:clinic/diary/appointments/:id/note',
    typed: { 'Note (optional)': 'Call first. '.repeat(90).trim() },
    says: ['Note must be 1,000 characters or fewer'],
  },
  {
    ...{ is: 'cancelled by nobody', address: `${appointment}/cancellation`, press: 'Cancel appointment' },
    room: '/:clinic/diary/appointments/:id/cancellation',
    typed: { 'Reason (optional)': 'Has a cold' },
    says: ['Choose who asked for it'],
  },
  {
    ...{ is: 'add a patient', address: '/riverside/patients/new', press: 'Add patient' },
    room: '/:clinic/patients/new',
    typed: { 'First name': 'Ada', 'Email address (optional)': 'ada at home', 'Notes (optional)': 'Calls on Mondays' },
    says: ['Enter a last name', wrongEmail],
  },
  {
    ...{ is: 'dismiss without a reason', address: '/riverside/registrations', typed: {}, press: /^Dismiss/ },
    room: '/:clinic/registrations/:id/dismissal',
    says: ['Enter a reason'],
  },
  {
    ...{ is: 'activate with a shared address', address: `${shared}/online-access`, typed: {}, press: 'Set to active' },
    room: '/:clinic/patients/:id/online-access/activation',
    says: [
      `${sharedAddress} is also the email address of Otto Twomey. Let one of them act for the others, or give one of them another address first`,
    ],
  },
  {
    ...{ is: 'act for a child as nobody', address: `${child}/acting-for?holder=${idIn(shared)}`, typed: {} },
    press: /^Let .+ act for/,
    room: '/:clinic/patients/:id/acting-for',
    says: ['Choose what they are to each other'],
  },
  {
    ...{
      is: 'merge without being sure',
      address: `${child}/merging/${idIn(shared)}`,
      typed: {},
      press: 'Merge records',
    },
    room: '/:clinic/patients/:id/merging/:other',
    says: ['Tick that both records are of the same person'],
  },
  {
    ...{ is: 'activate a child without a word', address: `${child}/online-access`, typed: {}, press: 'Set to active' },
    room: '/:clinic/patients/:id/online-access/activation',
    says: ['Tick to give online access to a patient under 16'],
  },
  {
    ...{ is: 'show a child a code without a word', address: `${child}/online-access/counter`, typed: {} },
    press: 'Set to active and show the code',
    room: '/:clinic/patients/:id/online-access/counter',
    says: ['Tick to give online access to a patient under 16'],
  },
]

const idIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
