// TensorBoard's smoothing: an exponential moving average that starts at zero, divided by the sum of its weights.

/**
 * Smooths values with a weight from 0 (none) to 1. Values that are not finite stay as they are and do not count; a constant
 * series stays exactly constant.
 */
export function smooth(values, weight) {
  const w = Number.isFinite(weight) ? Math.max(0, Math.min(1, weight)) : 0;
  const first = values[0];
  if (w === 0 || values.every(value => value === first)) {
    return values;
  }
  const smoothed = new Float64Array(values.length);
  let last = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      smoothed[i] = value;
      continue;
    }
    last = last * w + (1 - w) * value;
    count++;
    smoothed[i] = w === 1 ? last : last / (1 - Math.pow(w, count));
  }
  return smoothed;
}
