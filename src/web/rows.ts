/**
 * The rows of a select as values. drizzle asks of every cell again what its column is, which takes longer than to read it;
 * a diary shows thousands of cells. Here the columns are asked once for each statement.
 */
import { Column, is, SQL } from 'drizzle-orm'

/** A column of a select, as drizzle keeps it: what its value is called, and where it comes from. */
export interface SelectedColumn {
  /** One name; two where a joined table becomes an object of its own. */
  path: string[]
  field: unknown
}
/** As D1 hands it over: each cell by its column's name. */
export type Row = Record<string, unknown>
type ReadRows = (rows: Row[]) => Row[]
type Decode = (value: unknown) => unknown

const known = new WeakMap<SelectedColumn[], ReadRows>()

/** Undefined when a row is more than a list of names and values: then drizzle reads it. */
export function readerOf(columns: SelectedColumn[]): ReadRows | undefined {
  if (columns.some(({ path }) => path.length > 1)) return undefined
  const reader = known.get(columns) ?? reading(columns)
  known.set(columns, reader)
  return reader
}

/** D1 names the cells of a row as the statement does; two of one name become one, and the others would move up. */
function reading(columns: SelectedColumn[]): ReadRows {
  const cells = columns.map(({ path: [name = ''], field }) => ({ name, decode: decoderOf(field) }))
  return (rows) => {
    const given = Object.keys(rows[0] ?? {})
    if (rows.length > 0 && given.length !== cells.length) throw new Error(`two columns of one name: ${given}`)
    return rows.map((row) => {
      const value: Row = {}
      cells.forEach(({ name, decode }, index) => {
        const cell = row[given[index]!]
        value[name] = cell === null ? null : decode(cell)
      })
      return value
    })
  }
}

function decoderOf(field: unknown): Decode {
  const { decoder } = field as { decoder: Column }
  const source = is(field, Column)
    ? field
    : is(field, SQL)
      ? decoder
      : (field as { sql: { decoder: Column } }).sql.decoder
  return (value) => source.mapFromDriverValue(value)
}
