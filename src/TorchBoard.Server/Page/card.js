// The card of a scalar tag: its chart, what can be done with it, and the values under the pointer.

import { createChart, scaleOf } from './chart.js';
import { curveOf, meansOf, rangeOfX, rangeOfY } from './curves.js';
import { append, fill, h, iconButton, name } from './dom.js';
import { createSeries } from './series.js';
import { hideTooltip, showTooltip, valueTable, valuesAt } from './tooltip.js';
import { saveCsv, savePicture } from './export.js';
import { schedule, unschedule } from './schedule.js';
import { strings, t } from './i18n.js';

strings({
  en: {
    'card.pin': 'Pin to the top', 'card.expand': 'Large', 'card.reset': 'Show everything', 'card.download': 'Save as', 'card.values': 'Table of values', 'card.info': 'Description',
    'card.chart': 'Chart of {0}, {1} runs. Arrow keys read values, Shift and arrows pan, plus and minus zoom, 0 shows everything.',
    'card.noData': 'The selected runs do not have this tag.', 'card.sampled': '{0} of {1} points of each run at most', 'card.notPositive': '{0} values ≤ 0 are not on a logarithmic axis', 'card.csv': 'The CSV has {0} of {1} points; torchboard export writes all', 'card.retry': 'Try again', 'card.loading': 'Loading…',
    'card.nonFinite': '{0} values are not finite: ◆ NaN, ▲ +∞, ▼ −∞',
  },
  zh: {
    'card.pin': '固定到顶部', 'card.expand': '放大', 'card.reset': '显示全部', 'card.download': '另存为', 'card.values': '数值表', 'card.info': '说明',
    'card.chart': '{0} 的图表,{1} 个运行。方向键读取数值,Shift 加方向键平移,加减号缩放,0 显示全部。',
    'card.noData': '选中的运行没有此标签。', 'card.sampled': '每个运行最多 {1} 个点中的 {0} 个', 'card.notPositive': '{0} 个 ≤ 0 的值无法用对数轴显示', 'card.csv': 'CSV 含 {1} 个点中的 {0} 个;torchboard export 写出全部', 'card.retry': '重试', 'card.loading': '加载中…',
    'card.nonFinite': '{0} 个非有限值:◆ NaN,▲ +∞,▼ −∞',
  },
});

/**
 * createScalarCard(context, entry, charts) → a card for groups.js. charts is what the charts have in common:
 * { crosshair(x, from), add(chart), remove(chart), describe(element, description) }.
 */
export function createScalarCard(context, entry, charts) {
  const { state } = context;
  const tag = entry.tag;
  const title = entry.displayName || tag;

  const note = h('p', { class: 'note' });
  const host = h('div', { class: 'chart', tabindex: '0', role: 'group' });
  const message = h('div', { class: 'chart-message' }, t('card.loading'));
  const values = h('div', { class: 'values', hidden: true, tabindex: '0' });
  const pin = iconButton('pin', t('card.pin'), togglePin, { class: 'icon-button pin' });
  const expand = iconButton('expand', t('card.expand'), toggleWide, { 'aria-pressed': 'false' });
  const table = iconButton('table', t('card.values'), toggleTable, { 'aria-pressed': 'false' });
  const reset = iconButton('reset', t('card.reset'), showAll, { hidden: true });
  const element = h('article', { class: 'card chart-card', 'aria-label': title.slice(0, 300) },
    h('div', { class: 'card-head' }, h('h3', {}, name(title, tag === title ? {} : { title: tag })),
      reset, entry.description ? iconButton('info', t('card.info'), () => charts.describe(title, entry.description)) : null, table, pin, expand, saveMenu(save)),
    h('div', { class: 'chart-place' }, host, message), note, values);

  const key = {};
  const series = createSeries(context, tag, () => schedule(key, draw), failed);
  let chart = null;
  let visible = false;
  let view = null;
  let made = '';
  let rangeY = null;
  let pointed = null;
  let highlight = null;
  let saved = '';

  const shared = {
    crosshair(x) {
      chart?.crosshair(x);
    },
  };

  function runs() {
    // Entries are replaced when the list is; the card asks for the present one.
    const present = context.list().tags.find(other => other.kind === 'scalar' && other.tag === tag);
    const ids = new Set(present?.runs ?? []);
    return context.selectedRuns().filter(run => ids.has(run.id));
  }

  function want(changed = []) {
    const ids = runs().map(run => run.id);
    if (ids.length === 0) {
      schedule(key, draw);
    }
    series.want(ids, changed);
  }

  function draw() {
    if (!visible) {
      return;
    }
    pin.setAttribute('aria-pressed', state.get('pins').includes(tag));
    const present = runs();
    const loaded = present.filter(run => series.of(run.id) !== undefined);
    if (loaded.length === 0) {
      closeChart();
      fill(message, present.length > 0 ? t('card.loading') : t('card.noData'));
      message.hidden = false;
      note.textContent = '';
      fill(values);
      return;
    }
    message.hidden = true;
    view = viewOf(loaded);
    host.setAttribute('aria-label', t('card.chart', title.slice(0, 200), loaded.length));
    notes(loaded);
    reset.hidden = rangeY === null && zoomOf(state) === null;

    // The kind of an axis is fixed when uPlot begins.
    const kind = view.x + (view.log ? ' log' : '');
    if (chart === null || made !== kind) {
      closeChart();
      made = kind;
      chart = createChart(host, view, handlers);
      charts.add(shared);
    } else {
      chart.update(view);
    }
    if (pointed !== null && pointed.event !== null) {
      showValues();
    }
    fillTable();
  }

  function viewOf(loaded) {
    const x = state.get('x');
    const smoothing = state.get('smoothing');
    const log = state.get('log');
    let curves = loaded.map(run => curveOf(run, series.of(run.id), x, smoothing)).filter(curve => curve.xs.length > 0);
    if (state.get('group') !== '') {
      curves = meansOf(curves, state.get('band'));
    }
    const rangeX = zoomOf(state) ?? rangeOfX(curves) ?? [0, 1];
    return {
      curves, x, log, highlight, rangeX,
      rangeY: rangeY ?? rangeOfY(curves, rangeX, { log, outliers: state.get('outliers') }),
      // Behind hundreds of curves, the originals would be all that is seen.
      originals: smoothing > 0 && curves.length <= 100,
    };
  }

  function notes(loaded) {
    const parts = [];
    const most = Math.max(...loaded.map(run => series.of(run.id).count));
    const here = Math.max(...loaded.map(run => series.of(run.id).values.length));
    if (most > here) {
      parts.push(t('card.sampled', here, most));
    }
    const all = loaded.map(run => series.of(run.id).values);
    const odd = all.reduce((sum, some) => sum + some.reduce((n, value) => n + !Number.isFinite(value), 0), 0);
    if (odd > 0) {
      parts.push(t('card.nonFinite', odd));
    }
    if (view.log) {
      const below = all.reduce((sum, some) => sum + some.reduce((n, value) => n + (value <= 0 && Number.isFinite(value)), 0), 0);
      if (below > 0) {
        parts.push(t('card.notPositive', below));
      }
    }
    if (saved !== '') {
      parts.push(saved);
    }
    note.textContent = parts.join(' · ');
  }

  const handlers = {
    zoom(x, y) {
      rangeY = y;
      if (x === null) {
        schedule(key, draw);
      } else {
        setZoom(state, x);
        schedule(key, draw);
      }
    },
    pan(x, y) {
      rangeY = y ?? rangeY;
      setZoom(state, x);
      schedule(key, draw);
    },
    reset: showAll,
    pointer(x, fraction, event) {
      pointed = { x, fraction, event };
      charts.crosshair(x, shared);
      showValues();
    },
    leave() {
      if (pointed !== null) {
        pointed = null;
        charts.crosshair(null, shared);
        hideTooltip();
        fillTable();
      }
    },
  };

  function rowsAt(x, fraction) {
    const toY = scaleOf(view.rangeY, view.log, 1, -1);
    return valuesAt(view.curves, x, state.get('sort'), y => Math.abs(toY(y) - fraction));
  }

  function showValues() {
    const rows = rowsAt(pointed.x, pointed.fraction);
    const box = host.getBoundingClientRect();
    const at = pointed.event ?? { clientX: box.left + box.width / 2, clientY: box.bottom - 24 };
    showTooltip(valueTable(rows, { x: view.x, smoothing: state.get('smoothing') > 0, limit: Math.max(6, Math.floor(innerHeight / 2 / 22)) }), at.clientX, at.clientY);
    fillTable();
  }

  // The table follows the pointer and otherwise has the last values.
  function fillTable() {
    if (!values.hidden && view !== null) {
      const rows = pointed === null ? valuesAt(view.curves, Infinity, 'name') : rowsAt(pointed.x, pointed.fraction);
      fill(values, valueTable(rows, { x: view.x, smoothing: state.get('smoothing') > 0, limit: 500 }));
    }
  }

  function showAll() {
    rangeY = null;
    state.set({ zoom: '' });
    schedule(key, draw);
  }

  function togglePin() {
    const pins = state.get('pins');
    state.set({ pins: pins.includes(tag) ? pins.filter(other => other !== tag) : [...pins, tag] });
  }

  function toggleWide() {
    const wide = element.parentElement.classList.toggle('wide');
    expand.setAttribute('aria-pressed', wide);
  }

  function toggleTable() {
    values.hidden = !values.hidden;
    table.setAttribute('aria-pressed', !values.hidden);
    fillTable();
  }

  async function save(kind) {
    if (view === null || chart === null) {
      return;
    }
    if (kind !== 'csv') {
      await savePicture(kind, title, chart.figure());
      return;
    }
    const present = runs();
    const names = new Map(present.map(run => [run.id, run.name]));
    const answer = await context.api.scalars(tag, present.map(run => run.id), 10000);
    const reduced = answer.filter(one => one.count > one.steps.length).sort((a, b) => b.count - a.count)[0];
    saved = reduced === undefined ? '' : t('card.csv', reduced.steps.length, reduced.count);
    schedule(key, draw);
    saveCsv(title, tag, answer.map(one => ({ ...one, run: names.get(one.run), steps: one.exactSteps ?? one.steps })));
  }

  function failed(error) {
    fill(message, h('p', { role: 'alert' }, error.message), h('button', { type: 'button', onclick: () => want() }, t('card.retry')));
    message.hidden = false;
  }

  function closeChart() {
    if (chart !== null) {
      handlers.leave();
      charts.remove(shared);
      chart.close();
      chart = null;
    }
  }

  host.addEventListener('blur', () => handlers.leave());

  return {
    element,
    shown(now) {
      visible = now;
      if (now) {
        want();
        schedule(key, draw);
      } else {
        // Only what is seen costs memory; the server has the data.
        unschedule(key);
        closeChart();
        series.close();
      }
    },
    update(change) {
      if (change.theme) {
        chart?.recolor();
      }
      if (change.highlight !== undefined) {
        highlight = change.highlight;
      }
      if (change.keys.has('x') || change.keys.has('log')) {
        rangeY = null;
      }
      const mine = new Set(runs().map(run => run.id));
      const changed = change.all ? [...mine] : [...change.runs].filter(id => mine.has(id));
      if (change.list || change.selection || changed.length > 0) {
        want(changed);
      }
      if (change.theme || change.selection || change.highlight !== undefined || drawnBy.some(one => change.keys.has(one))) {
        schedule(key, draw);
      }
    },
    close() {
      unschedule(key);
      closeChart();
      series.close();
    },
  };
}

// What of the state changes how a chart looks.
const drawnBy = ['smoothing', 'x', 'log', 'outliers', 'zoom', 'band', 'sort', 'pins'];

// The zoom of all charts, with the axis that it is of.
function zoomOf(state) {
  const [x, from, to] = state.get('zoom').split('~');
  const range = [Number(from), Number(to)];
  return x === state.get('x') && range.every(Number.isFinite) && range[0] < range[1] ? range : null;
}

function setZoom(state, [from, to]) {
  // Nine digits are enough to look at and keep the URL short; wall times need more.
  const short = value => Number(value.toPrecision(state.get('x') === 'wall' ? 14 : 9));
  if (short(from) < short(to)) {
    state.set({ zoom: state.get('x') + '~' + short(from) + '~' + short(to) });
  }
}

function saveMenu(save) {
  const menu = h('details', { class: 'menu' });
  const label = t('card.download');
  const summary = h('summary', { class: 'icon-button', title: label, 'aria-label': label });
  append(summary, iconButton('download', label).firstChild);
  append(menu, [summary, h('div', { class: 'menu-items' }, ['svg', 'png', 'csv'].map(kind =>
    h('button', { type: 'button', onclick: () => { menu.open = false; save(kind); } }, kind.toUpperCase())))]);
  menu.addEventListener('focusout', event => {
    if (!menu.contains(event.relatedTarget)) {
      menu.open = false;
    }
  });
  menu.addEventListener('keydown', event => {
    if (event.key === 'Escape' && menu.open) {
      event.stopPropagation();
      menu.open = false;
      summary.focus();
    }
  });
  return menu;
}
