/** A staff account as the manager types it: its fields, what is wrong with them, and what was changed. */
import { isUsername } from '../front-door/logon-name.ts'
import { emailAddress, emailProblem } from '../registration/email-address.ts'
import type { Staff } from '../schema.ts'
import type { Problems } from '../web/form.ts'
import { nameProblem, oneLine } from '../web/typed-text.ts'
import { type Role, roles } from './role.ts'

/** What can be changed later. The username stays: it is what the person has learnt. */
export type AccountFields = Pick<Staff, 'name' | 'role' | 'email'>
type Typed = Record<string, string>

const longestName = 120 // characters

/** @returns the account, or null beside what is wrong: the words per field, in the order of the page */
export function readAccount(typed: Typed): { account: AccountFields | null; problems: Problems } {
  const name = oneLine(typed.name)
  const email = oneLine(typed.email)
  const canonical = emailAddress(email)?.canonical ?? null
  const role = roles.find((known) => known === typed.role)
  const wrongName = nameProblem(name, longestName)
  const problems: Problems = {
    ...(wrongName && { name: wrongName }),
    ...(!role && { role: 'Choose a role' }),
    ...(email !== '' && !canonical && { email: emailProblem(email) }),
  }
  const isWhole = Object.keys(problems).length === 0
  return { account: role && isWhole ? { name, role, email: canonical } : null, problems }
}

/** The form of a new account, which has a username too. Capitals do not matter at the door, so they are not kept. */
export function readNewAccount(typed: Typed) {
  const { account, problems } = readAccount(typed)
  const { name, ...others } = problems
  const username = oneLine(typed.username).toLowerCase()
  const wrong = usernameProblem(username)
  const all: Problems = { ...(name && { name }), ...(wrong && { username: wrong }), ...others }
  return { account: account && !wrong ? { ...account, username } : null, problems: all }
}

/** The account as the form shows it. */
export const typedOf = ({ name, role, email }: AccountFields): Typed => ({ name, role, email: email ?? '' })

export const changedFields = (before: AccountFields, after: AccountFields): (keyof AccountFields)[] =>
  (['name', 'role', 'email'] as const).filter((field) => before[field] !== after[field])

/** Whether the clinic has one manager fewer afterwards: the database then asks who is left. */
export const losesManager = (before: { role: Role }, after: { role: Role }): boolean =>
  before.role === 'manager' && after.role !== 'manager'

/** A manager who never chose a password may never come: the clinic must not depend on them. */
export const lastManager = (name: string): string =>
  `${name} is the only manager with a password of their own. First make somebody else a manager, and let them choose a password`

export const usernameTaken = (username: string, holder: Pick<Staff, 'name' | 'deactivatedAt'>): string =>
  holder.deactivatedAt === null
    ? `${holder.name} has the username ${username} already. Choose another`
    : `${holder.name}, whose account is deactivated, has the username ${username}. Restore that account, or choose another username`

/** Of a username (security.md decision 7); the `@` is what tells patients from staff (rule M2). */
function usernameProblem(username: string): string | undefined {
  if (username === '') return 'Enter a username'
  if (username.includes('@')) return 'Username must not contain @. Only patients log on with an email address'
  if (username.length < 2 || username.length > 32) return 'Username must be between 2 and 32 characters'
  if (!isUsername(username))
    return 'Username must start with a letter or figure, and have only letters a to z, figures, dots, hyphens and underscores'
  return undefined
}
