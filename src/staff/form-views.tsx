/** Adding a staff account, and changing one. */

import type { Child } from 'hono/jsx'
import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { TextField } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { Choices } from '../web/large-fields.tsx'
import { Breadcrumb } from '../web/parts.tsx'
import { roleLabels, roleMeanings, roles } from './role.ts'

interface FormProps {
  base: string
  typed: Record<string, string>
  problems: Problems
}

export function AddPage(props: FormProps) {
  const { base, typed, problems } = props
  return (
    <>
      <Breadcrumb href={`${base}/staff`}>Staff</Breadcrumb>
      <h1>Add staff</h1>
      <p class="lead">The account has no password at first. On the next page you give them a way to log on.</p>
      <AccountForm {...props} action={`${base}/staff/new`} cancel={`${base}/staff`} button="Add staff">
        <TextField
          name="username"
          label="Username"
          hint="They log on with it. Letters a to z, figures, dots, hyphens and underscores"
          problem={problems.username}
          value={typed.username}
          width="medium"
          autocomplete="off"
          autocapitalize="none"
        />
      </AccountForm>
    </>
  )
}

/** @param openedWith the account as the form shows it, so that a later change of somebody else is not taken back */
export function EditPage(props: FormProps & { member: Staff; openedWith: string }) {
  const { base, member, openedWith } = props
  const here = `${base}/staff/${member.id}`
  return (
    <>
      <Breadcrumb href={here}>{member.name}</Breadcrumb>
      <h1>Edit the account of {apart(member.name)}</h1>
      <p class="lead">
        Logs on as <strong>{member.username}</strong>.
      </p>
      <AccountForm {...props} action={`${here}/edit`} cancel={here} button="Save changes">
        <input type="hidden" name="opened_with" value={openedWith} />
      </AccountForm>
    </>
  )
}

function AccountForm(props: FormProps & { action: string; cancel: string; button: string; children: Child }) {
  const { typed, problems, action, cancel, button, children } = props
  return (
    <form method="post" action={action} novalidate>
      <TextField name="name" label="Name" problem={problems.name} value={typed.name} autocomplete="off" />
      {children}
      <RoleField chosen={typed.role} problem={problems.role} />
      <TextField
        name="email"
        label="Email address"
        type="email"
        hint="For the set-up link, and when they forget their password"
        problem={problems.email}
        value={typed.email}
        autocomplete="off"
        optional
      />
      <div class="actions">
        <button class="button">{button}</button>
        <a href={cancel}>Cancel</a>
      </div>
    </form>
  )
}

const RoleField = ({ chosen, problem }: { chosen?: string; problem?: string }) => (
  <Choices name="role" legend="Role" problem={problem}>
    {roles.map((role, index) => {
      const id = index === 0 ? 'role' : `role-${role}`
      return (
        <>
          <div class="tick">
            <input
              id={id}
              name="role"
              type="radio"
              value={role}
              checked={role === chosen}
              aria-describedby={`${id}-hint`}
            />
            <label for={id}>{roleLabels[role]}</label>
          </div>
          <p class="hint" id={`${id}-hint`}>
            {roleMeanings[role]}
          </p>
        </>
      )
    })}
  </Choices>
)
