/** The mistakes that people make in our forms, and what the page then says (ux.md 1.3). */

export interface Mistake {
  /** Whose form, and what is wrong with it. */
  is: string
  address: string
  /** Where its form is sent, as the router knows it. test/mistakes.test.ts holds these to the router. */
  room: string
  /** What is typed, by label. */
  typed: Record<string, string>
  /** Passwords are typed like the rest, and never come back. */
  secret?: Record<string, string>
  /** Boxes that are ticked, by label. */
  ticked?: string[]
  press: string | RegExp
  /** The sentences of the summary, in order. */
  says: string[]
}

export const logonName = 'Email address or username'
const rule = 'Password must be 12 characters or more'
export const noPassword = 'Enter your current password'
export const wrongPhone = 'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192'
export const wrongEmail = 'Enter an email address in the correct format, like name@example.com'

/** @param links the paths of one-time links: to register as an existing and as a new patient, to set a password */
export const publicMistakes = (links: { existing: string; isNew: string; password: string }): Mistake[] => [
  {
    ...{ is: 'logon, nothing typed', address: '/riverside', typed: {}, press: 'Log on' },
    room: '/:clinic/logon',
    says: ['Enter your email address or username', 'Enter your password'],
  },
  {
    ...{ is: 'logon, wrong password', address: '/riverside', press: 'Log on' },
    room: '/:clinic/logon',
    typed: { [logonName]: 'zoe.fairbairn@example.com' },
    secret: { Password: 'not the password' },
    says: ['Check your email address or username, and your password, and try again'],
  },
  {
    ...{ is: 'existing patient, no address', address: '/riverside/register/existing', typed: {}, press: 'Continue' },
    room: '/:clinic/register/existing',
    says: ['Enter your email address'],
  },
  {
    ...{ is: 'new patient, no such form', address: '/riverside/register/new', press: 'Continue' },
    room: '/:clinic/register/new',
    typed: { 'Email address': 'zoe at example.com' },
    says: [wrongEmail],
  },
  {
    ...{ is: 'forgotten, nothing typed', address: '/riverside/password/forgotten', typed: {}, press: 'Send link' },
    room: '/:clinic/password/forgotten',
    says: ['Enter your email address or username'],
  },
  {
    ...{ is: 'existing patient, half a date', address: links.existing, press: 'Set up online access' },
    room: '/:clinic/registration/:token',
    typed: { Day: '27', Year: '1984' },
    secret: { 'Create a password': 'short' },
    says: ['Date of birth must include a month', rule],
  },
  {
    ...{ is: 'new patient, nothing typed', address: links.isNew, typed: {}, press: 'Register' },
    room: '/:clinic/registration/:token',
    says: [
      ...['Enter your first name', 'Enter your last name', 'Enter your date of birth'],
      wrongPhone,
      ...['Enter a password', 'Read how we use your information, and tick the box'],
    ],
  },
  {
    ...{ is: 'new patient, half of it', address: links.isNew, press: 'Register' },
    room: '/:clinic/registration/:token',
    typed: {
      'First name': 'Ada',
      'Last name': 'O’Neill',
      Day: '31',
      Month: '2',
      Year: '1990',
      'Phone number': '01632',
    },
    secret: { 'Create a password': 'password1234' },
    says: [
      'Date of birth must be a real date',
      wrongPhone,
      'This password is used by many people. Choose a different one',
      'Read how we use your information, and tick the box',
    ],
  },
  {
    ...{ is: 'new password, too short', address: links.password, typed: {}, press: 'Save password' },
    room: '/:clinic/password/new/:token',
    secret: { 'Create a password': 'short' },
    says: [rule],
  },
]

/** @param time the address of a free time, about to be booked */
export const patientMistakes = (time: string): Mistake[] => [
  {
    ...{ is: 'change my password', address: '/riverside/password', typed: {}, press: 'Save new password' },
    room: '/:clinic/password',
    secret: { 'New password': 'short' },
    says: [noPassword, rule],
  },
  {
    ...{ is: 'my phone number', address: '/riverside/details/contact', press: 'Save' },
    room: '/:clinic/details/contact',
    typed: { 'Mobile phone (optional)': '01632', 'Postcode (optional)': 'RV1 1AA' },
    says: [wrongPhone],
  },
  {
    ...{ is: 'my email address', address: '/riverside/details/email', press: 'Send the link' },
    room: '/:clinic/details/email',
    typed: { 'New email address': 'janet at home' },
    secret: { 'Your password': '' },
    says: [wrongEmail, 'Enter your password'],
  },
  {
    ...{ is: 'a passkey without the password', address: '/riverside/passkeys/new', typed: {}, press: 'Go on' },
    room: '/:clinic/passkeys/new',
    says: [noPassword],
  },
  {
    ...{ is: 'book, with a long note', address: time, press: 'Book appointment' },
    room: '/:clinic/book',
    typed: { 'Anything the clinic should know (optional)': 'My knee. '.repeat(60).trim() },
    says: ['Your note must be 500 characters or fewer'],
  },
]

/** @param appointment the path of one of theirs */
export const cancelMistakes = (appointment: string): Mistake[] => [
  {
    ...{ is: 'cancel, with a long reason', address: `${appointment}/cancellation`, press: 'Cancel appointment' },
    room: '/:clinic/appointments/:id/cancellation',
    typed: { 'Why are you cancelling? (optional)': 'Away. '.repeat(60).trim() },
    says: ['Your reason must be 200 characters or fewer'],
  },
]
