/** What is not the same when a form is sent twice, each with its reason. */

/** A status, or for 303 where it leads. */
export type Outcome = number | string

interface Exception {
  because: string
  /** What the second is answered, where that is not the same. */
  second?: Outcome
  /** What some of ten at once may be answered besides. */
  others?: Outcome[]
  /** In which the second may leave something. */
  tables?: string[]
  /** It is asked for again, and mailed again. */
  isMailedAgain?: true
  /** What is made anew has an address of its own. */
  isElsewhere?: true
}

const session: Exception = { because: 'each is a session of its own', others: [429] }
const writtenDown = 'written down, not mailed again'
const linkIsUsed: Exception = { because: 'a link works once (D12)', second: 404 }
const isGone: Exception = { because: 'it is not there any more: the page says so', second: 404 }
const counterCode: Exception = {
  because: 'each code ends the one before',
  isElsewhere: true,
  tables: ['one_time_link', 'audit'],
}
/** The tries that are refused are written down. */
const tried: Exception = { because: 'each counts as a try until one is done', others: [429], tables: ['audit'] }
const asking: Exception = { because: 'each asking is a question of its own', tables: ['passkey_challenge'] }
/** A refused step is written down. */
const step: Exception = {
  because: 'the step after the password is taken once: one begins again',
  second: '/riverside',
  others: [422, 429],
  tables: ['audit'],
}

/** Acts that are something new each time, by their nature, or are refused the second time. */
export const exceptions: Record<string, Exception> = {
  'a patient logs on': { ...session, tables: ['session', 'audit', 'online_access'] },
  'staff log on': { ...session, tables: ['session', 'audit', 'staff'] },
  'a patient turns to somebody for whom they may act': {
    because: 'whom a session acts for never changes: the first ends it, and the others find it ended',
    others: ['/riverside?next=%2Friverside%2Facting-for&notice=not-saved'],
  },
  'somebody has forgotten a password': { because: writtenDown, tables: ['forgotten_password'] },
  'an existing patient asks to register': { because: writtenDown, tables: ['registration'] },
  'an existing patient asks and must call': { because: writtenDown, tables: ['registration', 'audit'] },
  'a new patient asks to register': { because: writtenDown, tables: ['registration'] },
  'a password is set by link': linkIsUsed,
  'an existing patient registers': linkIsUsed,
  'a new patient registers': linkIsUsed,
  'a new email address is proven': linkIsUsed,
  'a code is shown at the counter': counterCode,
  'a code at the counter sets the access to active': counterCode,
  'a patient changes the password': tried,
  'staff change the password': tried,
  'the audit is downloaded': { ...tried, because: 'each file that leaves is written down (G11)' },

  'staff log on with a code': step,
  'staff log on with a recovery code': step,
  'staff log on with a passkey after the password': step,
  'a patient logs on with a passkey': { because: 'a challenge is answered once', second: 422, tables: ['audit'] },
  'a passkey is added': { because: 'a challenge is answered once', second: 422 },
  'a passkey is asked for': asking,
  'a passkey is asked for after the password': asking,
  'a passkey is begun': asking,
  'a passkey is removed': { ...isGone, others: [429], tables: ['audit'] },
  'a passkey is not wanted': { because: 'the last time counts', tables: ['online_access'] },
  'an authenticator app is removed': { ...tried, others: [429, '/riverside/second-factor'] },
  'new recovery codes are made': {
    ...tried,
    because: 'each set ends the one before, and its owner is told',
    tables: ['recovery_code', 'audit', 'mail'],
    isMailedAgain: true,
  },

  'a patient asks for another email address': {
    because: 'each link ends the one before, and is mailed',
    others: [429],
    tables: ['one_time_link', 'audit', 'mail'],
    isMailedAgain: true,
  },
  'a patient asks for an address that is taken': {
    because: 'as for an address that is free: nobody is to see the difference',
    others: [429],
    tables: ['audit', 'mail'],
    isMailedAgain: true,
  },
  'a calendar feed is begun': { because: 'each address ends the one before', tables: ['practitioner', 'audit'] },
  'a practitioner stops seeing patients': isGone,
  'an absence is removed': isGone,
  'somebody removes an absence of their own': isGone,
  'a day is closed': { because: 'the page says that it is closed already', second: 422 },
}

/** They show something, or ask: ten at once of nothing are nothing. */
export const leavesNothing = new Set([
  'somebody chooses dark',
  'words are looked at before they are saved',
  'the notice is looked at before it is saved',
  'a passkey is asked for',
  'a passkey is asked for after the password',
  'a passkey is begun',
  'an authenticator app is begun',
])
