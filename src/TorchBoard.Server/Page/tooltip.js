// The values of all runs under the pointer.

import { fill, h, path } from './dom.js';
import { duration, exact, rounded, stepText, time } from './format.js';
import { strings, t } from './i18n.js';
import { nearest } from './curves.js';
import { swatch } from './runs.js';

strings({
  en: { 'tip.run': 'Run', 'tip.smoothed': 'Smoothed', 'tip.value': 'Value', 'tip.step': 'Step', 'tip.time': 'Time', 'tip.relative': 'Relative', 'tip.more': 'and {0} more', 'tip.mean': 'mean of {0}', 'tip.low': 'Low', 'tip.high': 'High', 'tip.x': 'At' },
  zh: { 'tip.run': '运行', 'tip.smoothed': '平滑值', 'tip.value': '值', 'tip.step': '步数', 'tip.time': '时间', 'tip.relative': '相对时间', 'tip.more': '还有 {0} 个', 'tip.mean': '{0} 个的均值', 'tip.low': '下界', 'tip.high': '上界', 'tip.x': '位置' },
});

const element = h('div', { class: 'tooltip', hidden: true });
document.body.append(element);

/**
 * The rows of values at x, a row for each curve that has a point: { curve, index, value, smoothed }. sort: 'near' (to the
 * height y of the pointer), 'high', 'low' or 'name'. distance(y) is how far from the pointer a value is.
 */
export function valuesAt(curves, x, sort, distance) {
  const rows = [];
  for (const curve of curves) {
    const index = nearest(curve, x);
    if (index >= 0) {
      rows.push({ curve, index, value: curve.raw[index], smoothed: curve.ys[index] });
    }
  }
  const key = {
    near: row => Number.isFinite(row.smoothed) ? distance(row.smoothed) : Infinity,
    high: row => Number.isNaN(row.smoothed) ? Infinity : -row.smoothed,
    low: row => Number.isNaN(row.smoothed) ? Infinity : row.smoothed,
  }[sort];
  if (key !== undefined) {
    rows.sort((a, b) => key(a) - key(b) || 0);
  }
  return rows;
}

/** A table of rows of valuesAt. options: x (the axis), smoothing (whether there is a column of smoothed values), limit (of rows). */
export function valueTable(rows, { x, smoothing, limit = Infinity }) {
  const shown = rows.slice(0, limit);
  const banded = shown.some(row => row.curve.low !== undefined);
  const stepped = shown.some(row => row.curve.steps !== null);
  const columns = [t('tip.run'), smoothing && t('tip.smoothed'), t('tip.value'), banded && t('tip.low'), banded && t('tip.high'), stepped ? t('tip.step') : t('tip.x'), stepped && t('tip.time'), stepped && t('tip.relative')];
  return h('table', { class: 'value-table' },
    h('thead', {}, h('tr', {}, columns.filter(Boolean).map(text => h('th', { scope: 'col', class: text === t('tip.time') || text === t('tip.relative') ? 'when' : null }, text)))),
    h('tbody', {}, shown.map(row => valueRow(row, x, smoothing, banded, stepped)), rows.length > shown.length ? h('tr', {}, h('td', { colspan: 8, class: 'count' }, t('tip.more', rows.length - shown.length))) : null));
}

function valueRow({ curve, index, value, smoothed }, x, smoothing, banded, stepped) {
  const mean = curve.low !== undefined;
  return h('tr', {},
    h('th', { scope: 'row' }, swatch(curve.color), path(curve.name), mean ? h('span', { class: 'count' }, t('tip.mean', curve.members)) : null),
    smoothing ? h('td', {}, rounded(smoothed)) : null,
    h('td', {}, mean ? rounded(value) : exact(value)),
    banded ? [h('td', {}, mean ? rounded(curve.low[index]) : ''), h('td', {}, mean ? rounded(curve.high[index]) : '')] : null,
    h('td', {}, curve.steps !== null ? stepText(curve.steps[index]) : x === 'wall' ? time(curve.xs[index]) : x === 'relative' ? duration(curve.xs[index]) : rounded(curve.xs[index])),
    stepped ? [h('td', { class: 'when' }, curve.times === null ? '' : time(curve.times[index])), h('td', { class: 'when' }, curve.times === null ? '' : duration(curve.times[index] - curve.times[0]))] : null);
}

/** Shows a table near a point of the window. */
export function showTooltip(table, x, y) {
  fill(element, table);
  element.hidden = false;
  const { width, height } = element.getBoundingClientRect();
  const room = 14;
  const left = x + room + width < innerWidth ? x + room : Math.max(4, x - room - width);
  const top = y + room + height < innerHeight ? y + room : Math.max(4, y - room - height);
  element.style.left = Math.min(left, Math.max(4, innerWidth - width - 4)) + 'px';
  element.style.top = top + 'px';
}

export function hideTooltip() {
  element.hidden = true;
}
