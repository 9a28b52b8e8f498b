/** How the commands end when they cannot go on: with one plain sentence instead of a stack. */
import { spawnSync } from 'node:child_process'

/** Trouble that the person at the keyboard can do something about. */
export class Stop extends Error {}

/** What a program answers, or null when it is not there or fails. */
export function ask(program, args) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

/** Runs a command's work; a Stop is told and ends the command, anything else is a fault of ours and keeps its stack. */
export async function command(work) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(`\n${error.message}`)
    process.exit(1)
  }
}
