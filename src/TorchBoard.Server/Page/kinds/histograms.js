// Histograms over steps: one behind the other, as a map of heat, or as bands of percentiles.

import { h } from '../dom.js';
import { exact, rounded, stepText } from '../format.js';
import { strings, t } from '../i18n.js';
import { cssColor } from '../theme.js';
import { hideTooltip, showTooltip } from '../tooltip.js';
import { createCanvas } from './canvas.js';
import { bucketAt, levels, percentiles, rangeOf } from './distribution.js';
import { drawing } from './distributiondraw.js';
import { createKindCard, createTiles } from './kindcard.js';
import { createRunLabel } from './runlabel.js';
import { choice, createSection } from './section.js';

strings({
  en: {
    'histograms.mode': 'Show', 'histograms.ridges': 'ridges', 'histograms.heat': 'heat', 'histograms.bands': 'percentile bands', 'histograms.label': '{0}, {1}, {2} steps. Arrow keys read steps and buckets.',
    'histograms.step': 'Step', 'histograms.bucket': 'Bucket', 'histograms.count': 'Count', 'histograms.total': 'of {0}', 'histograms.outside': 'outside', 'histograms.min': 'least', 'histograms.max': 'greatest', 'histograms.median': 'median', 'histograms.steps': '{0} steps', 'histograms.empty': 'no finite value',
  },
  zh: {
    'histograms.mode': '显示', 'histograms.ridges': '山脊', 'histograms.heat': '热图', 'histograms.bands': '百分位带', 'histograms.label': '{0},{1},{2} 步。方向键读取步与区间。',
    'histograms.step': '步数', 'histograms.bucket': '区间', 'histograms.count': '计数', 'histograms.total': '共 {0}', 'histograms.outside': '范围外', 'histograms.min': '最小', 'histograms.max': '最大', 'histograms.median': '中位数', 'histograms.steps': '{0} 步', 'histograms.empty': '没有有限值',
  },
});

export const section = createSection({
  id: 'histograms',
  kinds: ['histogram'],
  controls: state => [choice(state, 'distribution', ['ridges', 'heat', 'bands'].map(mode => [mode, t('histograms.' + mode)]), t('histograms.mode'))],
  makeCard: (context, entry) => createKindCard(context, entry, { path: '/api/histograms', view: createView }),
});

function createView(card) {
  let range = [0, 1];
  const tiles = createTiles(() => createTile(card, () => range), 'wide-tiles');
  return {
    element: tiles.element,
    show(items) {
      // One range for all, so that they can be compared.
      range = rangeOf(items.flatMap(item => item.series.values));
      tiles.show(items);
    },
    close: () => tiles.close(),
  };
}

function createTile(card, rangeNow) {
  const label = createRunLabel();
  const aloud = h('span', { class: 'aloud', role: 'status' });
  const surface = createCanvas(draw, { role: 'img', onpointermove: point, onpointerleave: leave, onkeydown: onKey, onblur: leave });
  const element = h('section', { class: 'tile' }, label.element, surface.element, aloud);
  let item = null;
  let shape = null;
  let marked = null;

  function draw(context) {
    const { run, series } = item;
    const colors = { run: run.color, text: cssColor('--text'), muted: cssColor('--muted'), grid: cssColor('--grid'), surface: cssColor('--surface') };
    shape = drawing(card.context.state.get('distribution'), series, rangeNow(), surface, colors);
    shape.draw(context, marked);
  }

  function point(event) {
    if (shape === null) {
      return;
    }
    const box = surface.canvas.getBoundingClientRect();
    marked = shape.locate(event.clientX - box.left, event.clientY - box.top);
    show(event.clientX, event.clientY);
  }

  function onKey(event) {
    const bands = card.context.state.get('distribution');
    const [next, previous, more, less] = bands === 'ridges' ? ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft'] : ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'];
    if (shape === null || ![next, previous, more, less].includes(event.key)) {
      return;
    }
    event.preventDefault();
    const indexes = shape.indexes;
    const at = marked === null ? indexes.length - 1 : indexes.indexOf(marked.index) + (event.key === next ? 1 : event.key === previous ? -1 : 0);
    const index = indexes[Math.max(0, Math.min(indexes.length - 1, at))];
    marked = { index, value: nextValue(item.series.values[index], marked?.value, event.key === more ? 1 : event.key === less ? -1 : 0) };
    const [x, y] = shape.place(marked.index, marked.value);
    const box = surface.canvas.getBoundingClientRect();
    show(box.left + x, box.top + y);
    aloud.textContent = textOf(item.series, marked, bands === 'bands').map(row => row.join(' ')).join(', ');
  }

  function show(x, y) {
    const rows = textOf(item.series, marked, card.context.state.get('distribution') === 'bands');
    showTooltip(h('table', { class: 'value-table' }, h('tbody', {}, rows.map(([key, value]) => h('tr', {}, h('th', { scope: 'row' }, key), h('td', {}, value))))), x, y);
    surface.redraw();
  }

  function leave() {
    marked = null;
    hideTooltip();
    surface.redraw();
  }

  return {
    element,
    show(next) {
      item = next;
      if (marked !== null && marked.index >= item.series.steps.length) {
        marked = null;
      }
      label.show(item.run, t('histograms.steps', item.series.steps.length));
      surface.canvas.setAttribute('aria-label', t('histograms.label', card.title.slice(0, 200), item.run.name.slice(0, 200), item.series.steps.length));
      surface.redraw();
    },
    close() {
      hideTooltip();
      surface.close();
    },
  };
}

// The middle of the bucket at a value, or of one beside it.
function nextValue(histogram, value, by) {
  if (histogram.counts.length === 0) {
    return 0;
  }
  const last = histogram.counts.length - 1;
  const found = value === undefined ? Math.floor(last / 2) : bucketAt(histogram, value);
  const at = found < 0 ? (value < histogram.edges[0] ? 0 : last) : Math.max(0, Math.min(last, found + by));
  return (histogram.edges[at] + histogram.edges[at + 1]) / 2;
}

// What is exact at a place: rows of two texts.
function textOf(series, { index, value }, asBands) {
  const histogram = series.values[index];
  const step = [t('histograms.step'), stepText(series.steps[index])];
  if (histogram.counts.length === 0) {
    return [step, [t('histograms.count'), t('histograms.empty')]];
  }
  if (asBands) {
    const lines = percentiles(histogram);
    const names = levels.map((level, i) => i === 0 ? t('histograms.min') : i === 8 ? t('histograms.max') : i === 4 ? t('histograms.median') : rounded(level / 100) + ' %');
    return [step, ...lines.map((line, i) => [names[i], rounded(line)]).reverse()];
  }
  const total = histogram.counts.reduce((sum, count) => sum + count, 0);
  const at = bucketAt(histogram, value);
  return at < 0
    ? [step, [t('histograms.bucket'), t('histograms.outside')], [t('histograms.count'), '0 ' + t('histograms.total', exact(total))]]
    : [step, [t('histograms.bucket'), exact(histogram.edges[at]) + ' … ' + exact(histogram.edges[at + 1])], [t('histograms.count'), rounded(histogram.counts[at]) + ' ' + t('histograms.total', rounded(total))]];
}
