// Numbers of histograms, without drawing.

/** TensorBoard's, in hundredths of a percent: minimum, maximum, median, and half, one and one and a half standard deviations of a normal distribution. */
export const levels = [0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000];

/** The counts in equal bins from `from` to `to`, as if the values of a bucket were evenly spread over it. */
export function resample({ edges, counts }, from, to, bins) {
  const result = new Float64Array(bins);
  const width = (to - from) / bins;
  for (let i = 0; i < counts.length; i++) {
    const left = edges[i];
    const right = edges[i + 1];
    if (counts[i] === 0 || right < from || left > to) {
      continue;
    }
    const first = clamp(Math.floor((left - from) / width), 0, bins - 1);
    const last = clamp(Math.ceil((right - from) / width) - 1, first, bins - 1);
    if (first === last) {
      result[first] += counts[i];
      continue;
    }
    const density = counts[i] / (right - left);
    for (let bin = first; bin <= last; bin++) {
      const start = Math.max(left, from + bin * width);
      const end = Math.min(right, from + (bin + 1) * width);
      result[bin] += density * Math.max(end - start, 0);
    }
  }
  return result;
}

/** The values below which these shares of a histogram lie, interpolated within buckets as TensorBoard's distributions are. */
export function percentiles({ edges, counts }) {
  if (counts.length === 0) {
    return levels.map(() => 0);
  }
  // Rounded as there: the last sum can be a little more or less than all.
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  let sum = 0;
  const sums = counts.map(count => (sum += count * 10000 / total));
  const result = [];
  let bucket = 0;
  for (const level of levels) {
    // The first bucket after which more than the share is reached.
    while (bucket < counts.length && (sums[bucket] <= level || counts[bucket] === 0)) {
      bucket++;
    }
    if (bucket === counts.length) {
      result.push(edges[edges.length - 1]);
      continue;
    }
    const before = bucket === 0 ? 0 : sums[bucket - 1];
    const left = before === 0 ? edges[0] : edges[bucket];
    result.push(left + (level - before) / (sums[bucket] - before) * (edges[bucket + 1] - left));
  }
  return result;
}

/** The index of the bucket with a value; -1 outside. The last bucket has its right edge. */
export function bucketAt({ edges, counts }, value) {
  for (let i = 0; i < counts.length; i++) {
    if (value >= edges[i] && (value < edges[i + 1] || (i === counts.length - 1 && value <= edges[i + 1]))) {
      return i;
    }
  }
  return -1;
}

/** The range of the values of all histograms, never empty. */
export function rangeOf(histograms) {
  let from = Infinity;
  let to = -Infinity;
  for (const { edges } of histograms) {
    if (edges.length > 0) {
      from = Math.min(from, edges[0]);
      to = Math.max(to, edges[edges.length - 1]);
    }
  }
  if (!Number.isFinite(from) || !Number.isFinite(to)) {
    return [0, 1];
  }
  const margin = from === to ? Math.abs(from) * 0.05 || 0.5 : 0;
  return [from - margin, to + margin];
}

/** Round numbers for an axis. */
export function ticksOf(from, to, about) {
  const raw = (to - from) / Math.max(about, 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= raw) ?? raw;
  const ticks = [];
  for (let i = Math.ceil(from / step); i * step <= to && ticks.length < 50; i++) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
