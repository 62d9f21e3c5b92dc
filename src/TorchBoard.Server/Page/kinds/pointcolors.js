// Colors of points by a column of their metadata: few different values have colors of their own, many numbers a ramp.

const palette = ['#1f77c4', '#d9541e', '#2a9134', '#9b59c6', '#c2336f', '#0f8f94', '#a87b00', '#7a6ff0', '#e0433a', '#0091d5', '#6b8e23', '#d6408f', '#8d6e63', '#5c7d99', '#b0662b', '#008f5d'];

/** colorsBy(values) → { of(index) → color, legend: [[color, text]…], ramp: [least, greatest] or null }. */
export function colorsBy(values) {
  if (values === null) {
    return { of: () => palette[0], legend: [], ramp: null };
  }
  const counts = new Map();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const numbers = values.map(value => value.trim() === '' ? NaN : Number(value));
  if (counts.size > palette.length && numbers.every(Number.isFinite)) {
    const least = numbers.reduce((a, b) => Math.min(a, b));
    const greatest = numbers.reduce((a, b) => Math.max(a, b));
    const of = index => rampColor((numbers[index] - least) / (greatest - least || 1));
    return { of, legend: [], ramp: [least, greatest] };
  }
  const kinds = [...counts.keys()].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  const colors = new Map(kinds.map((kind, i) => [kind, kinds.length <= palette.length ? palette[i] : 'hsl(' + Math.round(i * 360 / kinds.length) + ' 60% 48%)']));
  return { of: index => colors.get(values[index]), legend: kinds.slice(0, 40).map(kind => [colors.get(kind), kind]), ramp: null };
}

export function rampColor(share) {
  return 'hsl(' + Math.round(250 - 210 * share) + ' 75% ' + Math.round(45 + 10 * share) + '%)';
}
