/** What the operator's command sends to the database, for tests in TypeScript. */
declare module '*/operator/statements.mjs' {
  export function setUp(
    clinic: { name: string; slug: string; phone: string; timezone: string },
    manager: { username: string; name: string; email: string },
    now: number,
  ): { sql: string; token: string; expiresAt: number }
  export function withoutFactor(member: { clinicId: string; staffId: string }, now: number): string
  export function closing(slug: string, now: number): string
}
