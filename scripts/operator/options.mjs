/** Reads what was typed behind a command. Everything that is wrong is told at once, a sentence each. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** A path that was typed: seen from the folder in which the command was typed, not from ours. */
export const typedPath = (path) => resolve(process.env.INIT_CWD ?? '.', path)

/**
 * @param allowed options by name: `{ type: 'string' | 'boolean', required?: true }`
 * @returns the values by name, the words between them, and the problems
 */
export function optionsOf(typed, allowed) {
  const options = Object.fromEntries(Object.entries(allowed).map(([name, { type }]) => [name, { type }]))
  const { tokens } = parseArgs({ args: typed, options, strict: false, allowPositionals: true, tokens: true })
  const values = {}
  const words = []
  const problems = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const problem = problemOf(token, allowed, values)
    if (problem) problems.push(problem)
    else values[token.name] = token.value ?? true
  }
  const named = new Set(tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : [])))
  const missing = Object.keys(allowed).filter((name) => allowed[name].required && !named.has(name))
  return { values, words, problems: [...problems, ...missing.map((name) => `--${name} is missing.`)] }
}

function problemOf({ name, rawName, value }, allowed, values) {
  const option = Object.hasOwn(allowed, name) && rawName.startsWith('--') ? allowed[name] : null
  if (!option) return `There is no option ${rawName} here.`
  if (Object.hasOwn(values, name)) return `${rawName} is there twice.`
  if (option.type === 'boolean') return value === undefined ? null : `${rawName} takes no value.`
  const forgotten = value === undefined || value.trim() === '' || value.startsWith('--')
  return forgotten ? `${rawName} needs a value behind it.` : null
}
