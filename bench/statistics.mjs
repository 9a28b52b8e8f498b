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
