/** The one place where numbers become words. */

/**
 * "5,000". Making a formatter takes far longer than using it, and the first of an isolate takes 10 ms (it reads the words of all
 * languages): this one is made once, when it is needed.
 */
export function inDigits(count: number): string {
  digits ??= new Intl.NumberFormat('en-GB')
  return digits.format(count)
}
let digits: Intl.NumberFormat | undefined

/** "1 day", "2,000 days". */
export const counted = (count: number, unit: string): string => `${inDigits(count)} ${unit}${count === 1 ? '' : 's'}`
