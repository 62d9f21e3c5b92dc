// TensorBoard's smoothing: an exponential moving average that starts at zero, divided by the sum of its weights.

/**
 * Smooths values with a weight from 0 (none) to 1. Values that are not finite stay as they are and do not count; a constant
 * series stays exactly constant. Extremes of a reduced curve (1 in extremes) do not count either,
 * because a reduced curve has a larger share of them than the whole one; they get values between those of their neighbors.
 */
export function smooth(values, weight, extremes = null) {
  const w = Number.isFinite(weight) ? Math.max(0, Math.min(1, weight)) : 0;
  const first = values[0];
  if (w === 0 || values.every(value => value === first)) {
    return values;
  }
  const smoothed = new Float64Array(values.length);
  let last = 0;
  let count = 0;
  let before = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      smoothed[i] = value;
      continue;
    }
    if (extremes !== null && extremes[i] === 1) {
      smoothed[i] = value;
      continue;
    }
    last = last * w + (1 - w) * value;
    count++;
    smoothed[i] = w === 1 ? last : last / (1 - Math.pow(w, count));
    if (extremes !== null) {
      level(smoothed, before, i, extremes);
      before = i;
    }
  }
  if (extremes !== null) {
    level(smoothed, before, values.length, extremes);
  }
  return smoothed;
}

// The extremes between two points, on a straight line; with one point, as it is, and without any, as they are.
function level(smoothed, before, after, extremes) {
  const [from, to] = [smoothed[before] ?? smoothed[after], smoothed[after] ?? smoothed[before]];
  for (let i = before + 1; i < after && from !== undefined; i++) {
    if (extremes[i] === 1 && Number.isFinite(smoothed[i])) {
      smoothed[i] = from + (to - from) * (i - before) / (after - before);
    }
  }
}
