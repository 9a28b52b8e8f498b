/** The one place where numbers become words. */

/** "5,000". Making a formatter takes far longer than using it: this one is made once in an isolate. */
export const inDigits = (count: number): string => digits.format(count)
const digits = new Intl.NumberFormat('en-GB')
