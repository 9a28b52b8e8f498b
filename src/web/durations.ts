/** Lengths of time as instants are counted: in milliseconds. */

export const minute = 60_000
export const hour = 60 * minute
/** 24 hours. The day of a calendar may be one shorter or longer: diary/time/wall-clock.ts. */
export const wholeDay = 24 * hour
