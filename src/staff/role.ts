/** Who of the staff may do what: one table, asked on every route behind the staff's door. */

export const roles = ['manager', 'reception', 'practitioner'] as const
export type Role = (typeof roles)[number]

export const roleLabels: Record<Role, string> = {
  manager: 'Manager',
  reception: 'Reception',
  practitioner: 'Practitioner',
}

/** In a few words, for whoever chooses. The table below decides. */
export const roleMeanings: Record<Role, string> = {
  manager: 'Everything, with settings, staff and the audit',
  reception: 'The diary, patients, online access and the registration desk',
  practitioner: 'The diary, and patients to look at',
}

const everyone: readonly Role[] = roles
const frontDesk: readonly Role[] = ['manager', 'reception']
const managerOnly: readonly Role[] = ['manager']

export const permissions = {
  'use the diary': everyone,
  'book appointments': everyone,
  'see patients': everyone,
  'edit patients': frontDesk,
  'see online access': everyone,
  'change online access': frontDesk,
  'work the registration desk': frontDesk,
  'change settings': managerOnly,
  "change the clinic's time": managerOnly,
  /** Of a practitioner, and only if the manager allows it on their page: diary/time/working-hours.ts. */
  'change own hours': everyone,
  'manage staff': managerOnly,
  'read the audit': managerOnly,
} satisfies Record<string, readonly Role[]>

export type Act = keyof typeof permissions

export const may = (role: Role, act: Act): boolean => permissions[act].includes(role)
