/** The few figures that we tell. */

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The median of the ratios of pairs that were measured one after the other, and how far they lie apart. */
export function ratioOf(pairs) {
  const ratios = pairs.map(([ours, limit]) => ours / limit)
  return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) }
}

/**
 * Whether the first of each pair takes longer than the second (security.md "Timing"): the paired sign test decides, for it
 * found a leak of 1 ms on a noisy machine; Mann-Whitney's z and Welch's t over the fastest 90 % stand beside it.
 * @returns z, z and t, and the 95 % interval of the difference of the medians in ms
 */
export function leakStatistics(pairs) {
  const [one, other] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)]
  return {
    sign: signZ(pairs),
    mannWhitney: mannWhitneyZ(one, other),
    welch: welchT(cropped(one), cropped(other)),
    difference: differenceOfMedians(pairs),
  }
}

function signZ(pairs) {
  const above = pairs.filter(([first, second]) => first > second).length
  const below = pairs.filter(([first, second]) => first < second).length
  return (above - below) / Math.sqrt(above + below || 1)
}

function mannWhitneyZ(one, other) {
  const all = [...one.map((value) => [value, 1]), ...other.map((value) => [value, 0])].sort(([a], [b]) => a - b)
  const rankSum = all.reduce((sum, [, isOne], rank) => sum + (isOne ? rank + 1 : 0), 0)
  const [n, m] = [one.length, other.length]
  const u = rankSum - (n * (n + 1)) / 2
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

const cropped = (values) => [...values].sort((a, b) => a - b).slice(0, Math.floor(values.length * 0.9))

function welchT(one, other) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const error = (values) => {
    const middle = mean(values)
    return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1) / values.length
  }
  return (mean(one) - mean(other)) / Math.sqrt(error(one) + error(other))
}

/** By drawing the pairs again and again. */
function differenceOfMedians(pairs, draws = 1000) {
  const differences = Array.from({ length: draws }, () => {
    const drawn = pairs.map(() => pairs[Math.floor(Math.random() * pairs.length)])
    return median(drawn.map(([first]) => first)) - median(drawn.map(([, second]) => second))
  }).sort((a, b) => a - b)
  return [differences[Math.floor(draws * 0.025)], differences[Math.floor(draws * 0.975)]]
}
