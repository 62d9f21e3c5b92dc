// Trials as parallel coordinates: an axis for each column, a line for each trial. A drag along an axis filters.

import { fill, h, s } from './dom.js';
import { axisNumber } from './format.js';
import { cellText, compareCells } from './trialcells.js';
import { letterScale } from './theme.js';
import { strings, t } from './i18n.js';

strings({
  en: { 'parallel': 'Parallel coordinates of {0} trials. The table below has the same values, and fields to filter them.', 'parallel.hint': 'Drag along an axis to filter; double click to clear.' },
  zh: { 'parallel': '{0} 个试验的平行坐标。下方表格有相同的数值和筛选框。', 'parallel.hint': '沿坐标轴拖动进行筛选,双击清除。' },
});

const height = 280;
const top = 34;
const bottom = 22;
const letterWidth = 7.5;
const tickApart = 13;

/** createParallel(context, setFilter) → { element, show(columns, rows, passing, highlight), highlight(id), close() }. */
export function createParallel(context, setFilter) {
  const drawing = h('div', { class: 'parallel-drawing', tabindex: '0' });
  const element = h('figure', { class: 'parallel' }, drawing, h('figcaption', { class: 'note' }, t('parallel.hint')));
  let last = null;
  let unit = 1;
  let lines = new Map();
  // A drag would end with the axis that it is on: what is new is drawn after it.
  let brushing = false;

  function draw() {
    if (brushing) {
      return;
    }
    const [columns, rows, passing, highlight] = last;
    // Columns without values have no axis, and an axis needs room.
    const axes = columns.map((column, index) => axisOf(column, index, rows)).filter(axis => axis !== null);
    element.hidden = axes.length < 2;
    if (element.hidden) {
      return;
    }
    // Drawn for letters of 13 pixels, and as large as those of the page.
    unit = letterScale();
    const width = Math.max((drawing.clientWidth || 600) / unit, axes.length * 90);
    const ends = Math.max(axes[0].column.title.length, axes[axes.length - 1].column.title.length);
    const margin = Math.max(60, Math.min(ends * letterWidth / 2 + 8, width / 8));
    const xOf = i => margin + i * (width - 2 * margin) / (axes.length - 1);
    const root = s('svg', { width: width * unit, height: height * unit, viewBox: '0 0 ' + width + ' ' + height, role: 'img', 'aria-label': t('parallel', rows.length) });

    lines = new Map();
    const drawn = [...rows].sort((a, b) => passing.has(a.id) - passing.has(b.id));
    for (const row of drawn) {
      const shown = passing.has(row.id) && row.checked;
      const line = s('path', { d: lineOf(row, axes, xOf), class: shown ? 'trial' : 'trial out' });
      line.style.stroke = shown ? row.color : 'var(--border)';
      line.addEventListener('pointerenter', () => context.changed({ highlight: row.id }));
      line.addEventListener('pointerleave', () => context.changed({ highlight: null }));
      line.append(s('title', {}, row.name.slice(0, 300)));
      lines.set(row.id, line);
      root.append(line);
    }
    const letters = Math.floor((xOf(1) - xOf(0)) / letterWidth);
    const lettersAtEnd = Math.min(letters, Math.floor(2 * margin / letterWidth));
    axes.forEach((axis, i) => root.append(drawAxis(axis, xOf(i), i === 0 || i === axes.length - 1 ? lettersAtEnd : letters)));
    fill(drawing, root);
    lit(highlight);
  }

  function drawAxis(axis, x, letters) {
    const title = axis.column.title.length > letters ? axis.column.title.slice(0, letters - 1) + '…' : axis.column.title;
    const group = s('g', { class: 'axis' },
      s('text', { x, y: 16, 'text-anchor': 'middle', class: 'axis-title' }, title, s('title', {}, axis.column.title.slice(0, 300))),
      s('line', { x1: x, x2: x, y1: top, y2: height - bottom }),
      axis.ticks.map(({ y, text }) => s('text', { x: x - 6, y: y + 4, 'text-anchor': 'end' }, text.length > 12 ? text.slice(0, 11) + '…' : text)));
    const filter = context.state.get('trialFilters').find(text => text.slice(0, text.lastIndexOf('~')) === axis.column.id);
    const range = /^(.*)\.\.(.*)$/.exec(filter?.slice(filter.lastIndexOf('~') + 1) ?? '');
    if (range !== null && axis.toValue !== null) {
      const [a, b] = [axis.toY(Number(range[1])), axis.toY(Number(range[2]))];
      group.append(s('rect', { class: 'brush', x: x - 7, width: 14, y: Math.min(a, b), height: Math.abs(a - b) }));
    }
    const handle = s('rect', { class: 'handle', x: x - 14, width: 28, y: top - 6, height: height - top - bottom + 12 });
    handle.addEventListener('pointerdown', event => brush(event, axis, handle, group, x));
    handle.addEventListener('dblclick', () => setFilter(axis.column, ''));
    group.append(handle);
    return group;
  }

  function brush(event, axis, handle, group, x) {
    const edge = handle.ownerSVGElement.getBoundingClientRect().top;
    const start = clamp((event.clientY - edge) / unit);
    const box = s('rect', { class: 'brush', x: x - 7, width: 14, y: start, height: 0 });
    let end = start;
    group.insertBefore(box, handle);
    brushing = true;
    handle.setPointerCapture(event.pointerId);
    function move(next) {
      end = clamp((next.clientY - edge) / unit);
      box.setAttribute('y', Math.min(start, end));
      box.setAttribute('height', Math.abs(end - start));
    }
    handle.addEventListener('pointermove', move);
    // After the button is up, and if the browser takes the pointer away.
    handle.addEventListener('lostpointercapture', () => {
      handle.removeEventListener('pointermove', move);
      box.remove();
      brushing = false;
      if (Math.abs(end - start) > 3) {
        setFilter(axis.column, axis.filter(Math.max(start, end), Math.min(start, end)));
      }
    }, { once: true });
  }

  function lit(id) {
    for (const [run, line] of lines) {
      line.classList.toggle('lit', run === id);
    }
    drawing.classList.toggle('some-lit', lines.has(id));
    if (lines.has(id)) {
      // On top of the other lines, below the axes.
      const line = lines.get(id);
      line.parentNode.insertBefore(line, line.parentNode.querySelector('.axis'));
    }
  }

  const resized = new ResizeObserver(() => last !== null && draw());
  resized.observe(element);

  return {
    element,
    show(...all) {
      last = all;
      draw();
    },
    highlight: lit,
    close: () => resized.disconnect(),
  };
}

function clamp(y) {
  return Math.max(top, Math.min(height - bottom, y));
}

// Numbers have a scale, logarithmic where the greatest is twenty times the least; anything else has places. Few numbers are
// labeled as they are.
function axisOf(column, index, rows) {
  const values = rows.map(row => row.values[index]).filter(value => value !== null && (typeof value !== 'number' || Number.isFinite(value)));
  if (values.length === 0) {
    return null;
  }
  const yOf = share => height - bottom - share * (height - top - bottom);
  if (values.every(value => typeof value === 'number')) {
    const [min, max] = [Math.min(...values), Math.max(...values)];
    const log = min > 0 && max / min >= 20;
    const [low, high] = log ? [Math.log(min), Math.log(max)] : [min, max];
    const share = value => high === low ? 0.5 : ((log ? Math.log(value) : value) - low) / (high - low);
    const toY = value => yOf(Math.max(0, Math.min(1, share(value))));
    const toValue = y => {
      const at = low + (height - bottom - y) / (height - top - bottom) * (high - low);
      return Number((log ? Math.exp(at) : at).toPrecision(4));
    };
    const few = [...new Set(values)].sort((a, b) => a - b);
    const marks = few.length <= 8 ? apart(few, toY) : [0, 0.25, 0.5, 0.75, 1].map(at => log ? Math.exp(low + at * (high - low)) : low + at * (high - low));
    return { column, index, toY: value => typeof value === 'number' && Number.isFinite(value) ? toY(value) : NaN, toValue, ticks: marks.map(value => ({ y: toY(value), text: axisNumber(Number(value.toPrecision(few.length <= 8 ? 6 : 3))) })), filter: (low, high) => toValue(low) + '..' + toValue(high) };
  }
  const places = [...new Set(values)].sort(compareCells).map(cellText);
  const toY = value => yOf(places.length === 1 ? 0.5 : places.indexOf(cellText(value)) / (places.length - 1));
  const step = Math.ceil(places.length / 14);
  return {
    column, index, toY: value => value === null ? NaN : toY(value), toValue: null, ticks: places.map((text, i) => ({ y: toY(text), text, i })).filter(tick => tick.i % step === 0),
    filter: (from, to) => '^(' + places.filter(text => toY(text) <= from + 4 && toY(text) >= to - 4).map(text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') + ')$',
  };
}

// Those whose labels have room, with both ends.
function apart(values, toY) {
  const end = values[values.length - 1];
  let last = Infinity;
  return values.filter(value => {
    const fits = last - toY(value) >= tickApart && (value === end || toY(value) - toY(end) >= tickApart);
    last = fits ? toY(value) : last;
    return fits || value === end;
  });
}

// A line through what a trial has; a gap where it has nothing.
function lineOf(row, axes, xOf) {
  let path = '';
  let drawing = false;
  axes.forEach((axis, i) => {
    const y = axis.toY(row.values[axis.index]);
    if (Number.isFinite(y)) {
      path += (drawing ? 'L' : 'M') + xOf(i).toFixed(1) + ' ' + y.toFixed(1);
    }
    drawing = Number.isFinite(y);
  });
  return path;
}
