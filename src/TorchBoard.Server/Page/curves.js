// From points to what a chart draws: curves on the chosen axis, smoothed, or the mean and band of groups; and their ranges.

import { smooth } from './smoothing.js';

/**
 * A curve: { id, name, color, xs, raw, ys, extremes, steps, times, sorted, count }, where ys is smoothed and raw is what was logged.
 * x is 'step', 'relative' (seconds since the first point) or 'wall' (seconds since 1970).
 */
export function curveOf(run, data, x, smoothing) {
  const xs = x === 'step' ? data.steps : x === 'wall' ? data.times : data.times.map(time => time - data.times[0]);
  return {
    id: run.id, name: run.name, color: run.color, group: run.group, xs, raw: data.values, ys: smooth(data.values, smoothing, data.extremes), extremes: data.extremes,
    steps: data.exactSteps ?? data.steps, times: data.times, sorted: isSorted(xs), count: data.count,
  };
}

/** For each group of several runs its mean curve, with low and high; groups of one run as they are. */
export function meansOf(curves, band) {
  const groups = new Map();
  for (const curve of curves) {
    groups.set(curve.group, [...(groups.get(curve.group) ?? []), curve]);
  }
  return [...groups].map(([group, members]) => members.length === 1 ? members[0] : meanOf(group, members, band));
}

// At each x of any member, the mean of the members that reach from before to after it, by straight lines between points.
function meanOf(group, members, band) {
  const usable = members.map(finitePoints).filter(one => one.xs.length > 0);
  const xs = thinned([...new Set(usable.flatMap(one => [...one.xs]))].sort((a, b) => a - b));
  const ys = new Float64Array(xs.length);
  const raw = new Float64Array(xs.length);
  const low = new Float64Array(xs.length);
  const high = new Float64Array(xs.length);
  const at = usable.map(() => 0);
  xs.forEach((x, i) => {
    let count = 0;
    let mean = 0;
    let logged = 0;
    let squares = 0;
    let min = Infinity;
    let max = -Infinity;
    usable.forEach((one, m) => {
      while (at[m] + 1 < one.xs.length && one.xs[at[m] + 1] <= x) {
        at[m]++;
      }
      const y = interpolate(one.xs, one.ys, at[m], x);
      if (y !== null) {
        count++;
        logged += interpolate(one.xs, one.raw, at[m], x);
        const away = y - mean;
        mean += away / count;
        squares += away * (y - mean);
        min = Math.min(min, y);
        max = Math.max(max, y);
      }
    });
    const deviation = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
    ys[i] = count > 0 ? mean : NaN;
    raw[i] = logged / count;
    low[i] = band === 'range' ? min : mean - deviation;
    high[i] = band === 'range' ? max : mean + deviation;
  });
  return {
    id: members[0].id, ids: members.map(one => one.id), name: group, color: members[0].color, group, members: members.length, xs: Float64Array.from(xs), raw, ys, low, high,
    steps: null, times: null, sorted: true, count: xs.length,
  };
}

function interpolate(xs, ys, i, x) {
  if (xs[i] === x) {
    return ys[i];
  }
  if (xs[i] > x || i + 1 >= xs.length) {
    return null;
  }
  return ys[i] + (ys[i + 1] - ys[i]) * (x - xs[i]) / (xs[i + 1] - xs[i]);
}

// Sorted by x, the last of several at one x, without values that are not finite, and without extremes, which would count too often.
function finitePoints(curve) {
  const points = new Map();
  curve.xs.forEach((x, i) => {
    if (Number.isFinite(curve.ys[i]) && curve.extremes?.[i] !== 1) {
      points.set(x, i);
    }
  });
  const xs = [...points.keys()].sort((a, b) => a - b);
  return { xs, ys: xs.map(x => curve.ys[points.get(x)]), raw: xs.map(x => curve.raw[points.get(x)]) };
}

// Times of seeds are all different: their union has as many points as all seeds together.
function thinned(xs) {
  const limit = 2000;
  return xs.length <= limit ? xs : Array.from({ length: limit }, (_, i) => xs[Math.round(i * (xs.length - 1) / (limit - 1))]);
}

/** The least and greatest x of curves, or null if there is none. */
export function rangeOfX(curves) {
  let min = Infinity;
  let max = -Infinity;
  for (const { xs } of curves) {
    for (const x of xs) {
      if (x < min && x > -Infinity) { min = x; }
      if (x > max && x < Infinity) { max = x; }
    }
  }
  return min > max ? null : widened(min, max, 0);
}

/**
 * The range of y of what is between two x: all of it, or without the outliers, which are below the 5th and above the 95th
 * percentile as in TensorBoard. Of a logarithmic axis, only what is above zero counts.
 */
export function rangeOfY(curves, [from, to], { log, outliers }) {
  const values = [];
  let [min, max] = [Infinity, -Infinity];
  for (const { xs, ys, low, high } of curves) {
    for (const some of low === undefined ? [ys] : [low, high]) {
      for (let i = 0; i < some.length; i++) {
        const y = some[i];
        if (Number.isFinite(y) && xs[i] >= from && xs[i] <= to && (!log || y > 0)) {
          if (y < min) { min = y; }
          if (y > max) { max = y; }
          if (outliers) {
            values.push(y);
          }
        }
      }
    }
  }
  if (min > max) {
    return log ? [0.1, 10] : [0, 1];
  }
  if (values.length > 2) {
    const sorted = Float64Array.from(values).sort();
    const [least, greatest] = [quantile(sorted, 0.05), quantile(sorted, 0.95)];
    // There are values between: the quantiles lie between two of them, or are one.
    min = sorted.find(value => value >= least);
    max = sorted.findLast(value => value <= greatest);
  }
  if (log) {
    const room = min === max ? 2 : Math.pow(max / min, 0.05);
    return [min / room, max * room];
  }
  return widened(min, max, 0.05);
}

/** The quantile of sorted values, with straight lines between them. */
export function quantile(sorted, fraction) {
  const at = (sorted.length - 1) * fraction;
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

/** The index of the point nearest to x, or -1; of the last one for Infinity. */
export function nearest(curve, x) {
  const { xs } = curve;
  if (x === Infinity) {
    return xs.length - 1;
  }
  if (!curve.sorted) {
    let best = -1;
    xs.forEach((value, i) => {
      if (best < 0 || Math.abs(value - x) < Math.abs(xs[best] - x)) {
        best = i;
      }
    });
    return best;
  }
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && Math.abs(xs[low - 1] - x) <= Math.abs(xs[low] - x) ? low - 1 : xs.length > 0 ? low : -1;
}

function widened(min, max, share) {
  if (min === max) {
    const room = Math.abs(min) * 0.1 || 1;
    return [min - room, max + room];
  }
  // The span of two huge numbers may be infinite.
  const room = Math.min((max - min) * share, Number.MAX_VALUE / 4);
  return [Math.max(min - room, -Number.MAX_VALUE / 4), Math.min(max + room, Number.MAX_VALUE / 4)];
}

function isSorted(xs) {
  for (let i = 1; i < xs.length; i++) {
    if (!(xs[i] >= xs[i - 1])) {
      return false;
    }
  }
  return true;
}
