// PR curves: all runs in one chart at a step, and what a threshold means for each.

import { fill, h, path, s } from '../dom.js';
import { rounded, stepText } from '../format.js';
import { strings, t } from '../i18n.js';
import { swatch } from '../runs.js';
import { createKindCard } from './kindcard.js';
import { createSection } from './section.js';
import { createStepSlider, indexAt } from './steps.js';

strings({
  en: {
    'prcurves.threshold': 'Threshold', 'prcurves.recall': 'Recall', 'prcurves.precision': 'Precision', 'prcurves.run': 'Run', 'prcurves.step': 'Step', 'prcurves.tp': 'True positives', 'prcurves.fp': 'False positives', 'prcurves.tn': 'True negatives', 'prcurves.fn': 'False negatives',
    'prcurves.chart': 'PR curves of {0}; the table below has the values at the threshold.',
  },
  zh: {
    'prcurves.threshold': '阈值', 'prcurves.recall': '召回率', 'prcurves.precision': '精确率', 'prcurves.run': '运行', 'prcurves.step': '步数', 'prcurves.tp': '真正例', 'prcurves.fp': '假正例', 'prcurves.tn': '真负例', 'prcurves.fn': '假负例',
    'prcurves.chart': '{0} 的 PR 曲线;下表为该阈值处的数值。',
  },
});

// Where the curves are in a drawing as wide as its card, for letters of 12 pixels or as large as those of the page.
function placeOf(width) {
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.92;
  const height = Math.max(200, Math.min(0.69 * width, 0.6 * innerHeight));
  const [left, top, right, bottom] = [3.7 * letter, 10, width - 12, height - 3.2 * letter];
  return { width, height, left, top, right, bottom, letter, toX: recall => left + finite(recall) * (right - left), toY: precision => bottom - finite(precision) * (bottom - top) };
}

export const section = createSection({
  id: 'prcurves',
  kinds: ['prCurve'],
  controls: state => [thresholdTool(state)],
  makeCard: (context, entry) => createKindCard(context, entry, { path: '/api/prcurves', view: createView }),
});

function thresholdTool(state) {
  const input = h('input', { type: 'range', min: 0, max: 1, step: 0.01, 'aria-label': t('prcurves.threshold'), oninput: () => state.set({ threshold: Number(input.value) }) });
  const output = h('output', { class: 'step-label' });
  return {
    element: h('label', {}, t('prcurves.threshold'), input, output),
    show() {
      input.value = state.get('threshold');
      output.textContent = state.get('threshold').toFixed(2);
    },
  };
}

function createView(card) {
  const { state } = card.context;
  const slider = createStepSlider(draw);
  const chart = s('svg', { class: 'pr-chart', role: 'img', 'aria-label': t('prcurves.chart', card.title.slice(0, 200)), onclick: choose });
  const table = h('div', { class: 'table-place', tabindex: '0', role: 'group', 'aria-label': t('prcurves.threshold') });
  const element = h('div', { class: 'pr' }, chart, table);
  let items = [];
  let curves = [];
  let place = placeOf(480);

  const resized = new ResizeObserver(() => Math.abs(element.clientWidth - place.width) >= 1 && draw());
  resized.observe(element);

  function draw() {
    curves = items.map(({ run, series }) => {
      const index = indexAt(series.steps, slider.step);
      return index < 0 ? null : { run, step: series.steps[index], curve: series.values[index] };
    }).filter(one => one !== null && one.curve.recall.length > 0);
    const threshold = state.get('threshold');
    place = placeOf(Math.max(200, element.clientWidth || 480));
    chart.setAttribute('viewBox', '0 0 ' + place.width + ' ' + place.height);
    fill(chart, frame(place), curves.map(one => lineOf(one, place)), curves.map(one => pointOf(one, threshold, place)));
    fill(table, tableOf(curves, threshold));
  }

  // The threshold of the point nearest to a click.
  function choose(event) {
    const rect = chart.getBoundingClientRect();
    const x = (event.clientX - rect.left) / rect.width * place.width;
    const y = (event.clientY - rect.top) / rect.height * place.height;
    let best = { distance: 40 };
    for (const { curve } of curves) {
      curve.recall.forEach((recall, i) => {
        const distance = Math.hypot(place.toX(recall) - x, place.toY(curve.precision[i]) - y);
        if (distance < best.distance) {
          best = { distance, threshold: thresholdOf(curve, i) };
        }
      });
    }
    if (best.threshold !== undefined) {
      state.set({ threshold: Number(best.threshold.toFixed(2)) });
    }
  }

  return {
    element,
    head: slider.element,
    show(next) {
      items = next;
      slider.set(items.map(item => item.series.steps));
      draw();
    },
    close: () => resized.disconnect(),
  };
}

function frame({ left, top, right, bottom, height, letter, toX, toY }) {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return s('g', { class: 'pr-frame' },
    ticks.map(tick => [
      s('line', { x1: toX(tick), x2: toX(tick), y1: top, y2: bottom }),
      s('line', { x1: left, x2: right, y1: toY(tick), y2: toY(tick) }),
      s('text', { x: toX(tick), y: bottom + 1.3 * letter, 'text-anchor': 'middle' }, String(tick)),
      s('text', { x: left - 6, y: toY(tick) + 0.35 * letter, 'text-anchor': 'end' }, String(tick)),
    ]),
    s('text', { x: (left + right) / 2, y: height - 0.5 * letter, 'text-anchor': 'middle' }, t('prcurves.recall')),
    s('text', { x: letter, y: (top + bottom) / 2, 'text-anchor': 'middle', transform: 'rotate(-90 ' + letter + ' ' + (top + bottom) / 2 + ')' }, t('prcurves.precision')));
}

function lineOf({ run, curve }, { toX, toY }) {
  // As TensorBoard does, without the thresholds above which nothing is found, whose precision is 0 for want of another number.
  let count = curve.recall.length;
  while (count > 1 && Number(curve.tp[count - 1]) + Number(curve.fp[count - 1]) === 0) {
    count--;
  }
  const points = curve.recall.slice(0, count).map((recall, i) => toX(recall).toFixed(1) + ',' + toY(curve.precision[i]).toFixed(1));
  return s('polyline', { points: points.join(' '), fill: 'none', stroke: run.color, 'stroke-width': 2, 'stroke-linejoin': 'round' });
}

function pointOf({ run, curve }, threshold, { toX, toY }) {
  const i = indexOf(curve, threshold);
  return s('circle', { class: 'pr-point', cx: toX(curve.recall[i]).toFixed(1), cy: toY(curve.precision[i]).toFixed(1), r: 5, fill: run.color });
}

function tableOf(curves, threshold) {
  const columns = ['step', 'threshold', 'precision', 'recall', 'tp', 'fp', 'tn', 'fn'];
  return h('table', { class: 'value-table' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('prcurves.run')), columns.map(column => h('th', { scope: 'col' }, column.length === 2 ? h('abbr', { title: t('prcurves.' + column) }, column.toUpperCase()) : t('prcurves.' + column))))),
    h('tbody', {}, curves.map(({ run, step, curve }) => {
      const i = indexOf(curve, threshold);
      return h('tr', {},
        h('th', { scope: 'row' }, swatch(run.color), path(run.name)), h('td', {}, stepText(step)), h('td', {}, rounded(thresholdOf(curve, i))),
        ['precision', 'recall', 'tp', 'fp', 'tn', 'fn'].map(row => h('td', {}, rounded(Number(curve[row][i])))));
    })));
}

// Thresholds are evenly spaced from 0 to 1.
function indexOf(curve, threshold) {
  return Math.max(0, Math.min(curve.recall.length - 1, Math.round(threshold * (curve.recall.length - 1))));
}

function thresholdOf(curve, index) {
  return curve.recall.length > 1 ? index / (curve.recall.length - 1) : 0;
}

function finite(value) {
  return Math.max(0, Math.min(1, Number(value) || 0));
}
