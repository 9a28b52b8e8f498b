/** The mistakes that people make in our forms, and what the page then says (ux.md 1.3). */
import { familyAddress } from './given.ts'

export interface Mistake {
  /** Whose form, and what is wrong with it. */
  is: string
  address: string
  /** What is typed, by label. */
  typed: Record<string, string>
  /** Passwords are typed like the rest, and never come back. */
  secret?: Record<string, string>
  press: string | RegExp
  /** The sentences of the summary, in order. */
  says: string[]
}

export const logonName = 'Email address or username'
const rule = 'Password must be 12 characters or more'

/** @param links the paths of one-time links: to register as an existing and as a new patient, to set a password */
export const publicMistakes = (links: { existing: string; isNew: string; password: string }): Mistake[] => [
  {
    ...{ is: 'logon, nothing typed', address: '/riverside', typed: {}, press: 'Log on' },
    says: ['Enter your email address or username', 'Enter your password'],
  },
  {
    ...{ is: 'logon, wrong password', address: '/riverside', press: 'Log on' },
    typed: { [logonName]: 'zoe.fairbairn@example.com' },
    secret: { Password: 'not the password' },
    says: ['Check your email address or username, and your password, and try again'],
  },
  {
    ...{ is: 'existing patient, no address', address: '/riverside/register/existing', typed: {}, press: 'Continue' },
    says: ['Enter your email address'],
  },
  {
    ...{ is: 'new patient, no such form', address: '/riverside/register/new', press: 'Continue' },
    typed: { 'Email address': 'zoe at example.com' },
    says: ['Enter an email address in the correct format, like name@example.com'],
  },
  {
    ...{ is: 'forgotten, nothing typed', address: '/riverside/password/forgotten', typed: {}, press: 'Send link' },
    says: ['Enter your email address or username'],
  },
  {
    ...{ is: 'existing patient, half a date', address: links.existing, press: 'Set up online access' },
    typed: { Day: '27', Year: '1984' },
    secret: { 'Create a password': 'short' },
    says: ['Date of birth must include a month', rule],
  },
  {
    ...{ is: 'new patient, nothing typed', address: links.isNew, typed: {}, press: 'Register' },
    says: [
      ...['Enter your first name', 'Enter your last name', 'Enter your date of birth'],
      'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
      ...['Enter a password', 'Read how we use your information, and tick the box'],
    ],
  },
  {
    ...{ is: 'new patient, half of it', address: links.isNew, press: 'Register' },
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
      'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
      'This password is used by many people. Choose a different one',
      'Read how we use your information, and tick the box',
    ],
  },
  {
    ...{ is: 'new password, too short', address: links.password, typed: {}, press: 'Save password' },
    secret: { 'Create a password': 'short' },
    says: [rule],
  },
]

export const patientMistakes: Mistake[] = [
  {
    ...{ is: 'change my password', address: '/riverside/password', typed: {}, press: 'Save new password' },
    secret: { 'New password': 'short' },
    says: ['Enter your current password', rule],
  },
]

export const managerMistakes: Mistake[] = [
  {
    ...{ is: 'clinic details', address: '/riverside/settings/clinic', press: 'Save' },
    typed: { 'Name of the clinic': '', 'Phone number': 'none', 'Website (optional)': 'our website' },
    says: [
      'Enter the name of the clinic',
      'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
      'Enter the address of your website, like www.example.com',
    ],
  },
  {
    ...{ is: 'words on pages', address: '/riverside/settings/texts', press: 'Save' },
    typed: { 'Opening words (optional)': 'Closed. '.repeat(70).trim() },
    says: ['Use 500 characters or fewer. There are 559'],
  },
  {
    ...{ is: 'no colour', address: '/riverside/settings/look', press: 'Save colour' },
    typed: { 'Your colour (optional)': 'sunny yellow' },
    says: ['Enter a colour as # and six letters or figures, like #0b6b60'],
  },
  {
    ...{ is: 'no logo', address: '/riverside/settings/look', typed: {}, press: 'Save logo' },
    says: ['Choose the file of your logo'],
  },
  {
    ...{ is: 'no notice', address: '/riverside/settings/privacy/draft', press: 'Save draft' },
    typed: { 'Text of the notice': '# What we keep' },
    says: ['Enter the text of the notice'],
  },
]

export const timeMistakes: Mistake[] = [
  {
    ...{ is: 'a type', address: '/riverside/settings/appointment-types/new', press: 'Add type' },
    typed: { Minutes: '42', 'Price (optional)': '£48' },
    says: ['Enter a name, like First appointment', 'Minutes must be a multiple of 5, from 5 to 480'],
  },
  {
    ...{ is: 'a closed day', address: '/riverside/settings/closed-days', press: 'Close this day' },
    typed: { Name: 'Training' },
    says: ['Enter the day'],
  },
  {
    ...{ is: 'booking rules', address: '/riverside/settings/booking-rules', press: 'Save' },
    typed: { 'Earliest notice, in hours': '48', 'How far ahead, in days': '2' },
    says: ['How far ahead must be more than the earliest notice, or nobody can book'],
  },
]

/** @param shared the record of a patient whose address is on another record too */
export const receptionMistakes = (shared: string): Mistake[] => [
  {
    ...{ is: 'add a patient', address: '/riverside/patients/new', press: 'Add patient' },
    typed: { 'First name': 'Ada', 'Email address (optional)': 'ada at home', 'Notes (optional)': 'Calls on Mondays' },
    says: ['Enter a last name', 'Enter an email address in the correct format, like name@example.com'],
  },
  {
    ...{ is: 'dismiss without a reason', address: '/riverside/registrations', typed: {}, press: /^Dismiss/ },
    says: ['Enter a reason'],
  },
  {
    ...{ is: 'activate with a shared address', address: `${shared}/online-access`, typed: {}, press: 'Set to active' },
    says: [`${familyAddress} is also the email address of Otto Twomey. One of them needs another address first`],
  },
]
