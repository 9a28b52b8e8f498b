/**
 * Several lists in one row: D1 takes longer to answer six statements than to answer one that is six times as long, and a list
 * that need not be read (SQL's CASE) costs nothing at all. Each list is a JSON text of its rows, each row an array of its cells.
 */
import { type AnyColumn, type GetColumnData, is, type SQL, sql } from 'drizzle-orm'
import { SQLiteColumn } from 'drizzle-orm/sqlite-core'

type Columns = Record<string, AnyColumn | SQL>
type RowOf<Of extends Columns> = {
  [Name in keyof Of]: Of[Name] extends AnyColumn
    ? GetColumnData<Of[Name]>
    : Of[Name] extends SQL<infer Value>
      ? Value
      : never
}

export interface JsonList<Row> {
  sql: SQL
  read: (cells: unknown[]) => Row
}

/** @param from "FROM … WHERE …" @param order of the rows: "a, b" */
export function jsonList<Of extends Columns>(columns: Of, from: SQL, order: SQL): JsonList<RowOf<Of>> {
  const cells = Object.entries(columns)
  const row = sql`json_array(${sql.join(Object.values(columns), sql`, `)})`
  return {
    sql: sql`json((SELECT json_group_array(${row} ORDER BY ${order}) ${from}))`,
    read: (values) => {
      const read = cells.map(([name, column], index) => [name, decoded(column, values[index])])
      return Object.fromEntries(read) as RowOf<Of>
    },
  }
}

const decoded = (column: AnyColumn | SQL, value: unknown): unknown =>
  value !== null && is(column, SQLiteColumn) ? column.mapFromDriverValue(value) : value

type Lists = Record<string, JsonList<unknown>>
export type ListsOf<Of extends Lists> = { [Name in keyof Of]: ReturnType<Of[Name]['read']>[] }

/** As one JSON text, in the order of their names' appearance. */
export const jsonOf = (lists: Lists): SQL<string> =>
  sql<string>`json_array(${sql.join(
    Object.values(lists).map((list) => list.sql),
    sql`, `,
  )})`

/** What `jsonOf` has written. */
export function readLists<Of extends Lists>(lists: Of, text: string): ListsOf<Of> {
  const written = JSON.parse(text) as unknown[][][]
  const read = Object.entries(lists).map(([name, list], index) => [name, written[index]!.map(list.read)])
  return Object.fromEntries(read) as ListsOf<Of>
}
