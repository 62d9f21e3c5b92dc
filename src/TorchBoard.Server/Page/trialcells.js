// The cells of trials: their text, their order, and filters of them.

import { exact } from './format.js';
import { matcher } from './regex.js';

export function cellText(value) {
  return value === null ? '' : typeof value === 'number' ? exact(value) : String(value);
}

/** Orders cells: numbers, then texts, then those that are empty or NaN. */
export function compareCells(a, b) {
  const [rankA, rankB] = [rank(a), rank(b)];
  return rankA !== rankB ? rankA - rankB : rankA === 0 ? a - b : rankA === 1 ? String(a).localeCompare(String(b), undefined, { numeric: true }) : 0;
}

/**
 * A test of cells as a person writes it: 0.1..0.5, ..0.5, >0.1, >=0.1, <1, =2; anything else is looked for in the text as a
 * regular expression.
 */
export function filterOf(expression) {
  const text = expression.trim();
  const range = /^([^.\s]\S*?|[.]\d\S*?)?\s*\.\.\s*(\S+)?$/.exec(text);
  if (range !== null && (range[1] ?? range[2]) !== undefined) {
    const [from, to] = [range[1] === undefined ? -Infinity : Number(range[1]), range[2] === undefined ? Infinity : Number(range[2])];
    if (!Number.isNaN(from) && !Number.isNaN(to)) {
      return value => typeof value === 'number' && value >= from && value <= to;
    }
  }
  const comparison = /^(>=|<=|>|<|=)\s*(\S+)$/.exec(text);
  if (comparison !== null && !Number.isNaN(Number(comparison[2]))) {
    const limit = Number(comparison[2]);
    const test = { '>': value => value > limit, '>=': value => value >= limit, '<': value => value < limit, '<=': value => value <= limit, '=': value => value === limit }[comparison[1]];
    return value => typeof value === 'number' && test(value);
  }
  const { test } = matcher(text);
  return value => test(cellText(value));
}

function rank(value) {
  return value === null || Number.isNaN(value) ? 2 : typeof value === 'number' ? 0 : 1;
}
