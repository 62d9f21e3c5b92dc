// The section of curves: tools that all charts share, pinned charts, and charts in groups.

import { createScalarCard } from './card.js';
import { fill, h, iconButton } from './dom.js';
import { filterInput } from './runs.js';
import { groups } from './groups.js';
import * as state from './state.js';
import { strings, t } from './i18n.js';

strings({
  en: {
    'charts': 'Curves', 'charts.filter': 'Filter tags (regex)', 'charts.smoothing': 'Smoothing', 'charts.x': 'Axis', 'charts.x.step': 'Step', 'charts.x.relative': 'Relative time', 'charts.x.wall': 'Wall time',
    'charts.log': 'Logarithmic', 'charts.outliers': 'Ignore outliers', 'charts.sort': 'Values by', 'charts.sort.near': 'nearness', 'charts.sort.high': 'highest first', 'charts.sort.low': 'lowest first', 'charts.sort.name': 'name',
    'charts.band': 'Band', 'charts.band.deviation': 'standard deviation', 'charts.band.range': 'least to greatest', 'charts.pinned': 'Pinned', 'charts.close': 'Close', 'charts.reset': 'Show everything',
  },
  zh: {
    'charts': '曲线', 'charts.filter': '筛选标签(正则)', 'charts.smoothing': '平滑', 'charts.x': '横轴', 'charts.x.step': '步数', 'charts.x.relative': '相对时间', 'charts.x.wall': '绝对时间',
    'charts.log': '对数', 'charts.outliers': '忽略离群值', 'charts.sort': '数值排序', 'charts.sort.near': '按距离', 'charts.sort.high': '从高到低', 'charts.sort.low': '从低到高', 'charts.sort.name': '按名称',
    'charts.band': '区间', 'charts.band.deviation': '标准差', 'charts.band.range': '最小到最大', 'charts.pinned': '已固定', 'charts.close': '关闭', 'charts.reset': '显示全部',
  },
});

const axes = ['step', 'relative', 'wall'];
const sorts = ['near', 'high', 'low', 'name'];
const bands = ['deviation', 'range'];

// 0.6 is TensorBoard's default.
state.define('smoothing', 0.6, value => value >= 0 && value <= 1);
state.define('x', 'step', axes);
state.define('log', false);
state.define('outliers', false);
state.define('sort', 'near', sorts);
state.define('band', 'deviation', bands);
state.define('pins', []);
// The range of x of all charts as axis~from~to.
state.define('zoom', '', value => value === '' || /^(step|relative|wall)(~-?[\d.]+(e[+-]?\d+)?){2}$/.test(value));

export const charts = {
  id: 'charts',
  title: () => t('charts'),
  order: 10,
  kinds: ['scalar'],

  create(context) {
    const dialog = h('dialog', {});
    const shown = new Set();
    const common = {
      add: chart => shown.add(chart),
      remove: chart => shown.delete(chart),
      crosshair: (x, from) => shown.forEach(chart => chart !== from && chart.crosshair(x)),
      async describe(title, description) {
        const { markdown } = await import('./markdown.js');
        fill(dialog, h('div', { class: 'dialog-head' }, h('h2', {}, title.slice(0, 200)), iconButton('close', t('charts.close'), () => dialog.close())), markdown(description));
        dialog.showModal();
      },
    };
    const scalars = () => context.list().tags.filter(entry => entry.kind === 'scalar');
    const makeCard = entry => createScalarCard(context, entry, common);
    const pinned = groups(context, () => scalars().filter(entry => state.get('pins').includes(entry.tag)), makeCard, { title: t('charts.pinned'), key: 'pins', class: 'charts' });
    const all = groups(context, scalars, makeCard, { class: 'charts' });
    const tools = createTools();

    return {
      element: h('div', {}, tools.element, pinned.element, all.element, dialog),
      update(change) {
        if (change.keys.size > 0) {
          tools.show();
        }
        pinned.update(change);
        all.update(change);
      },
      close() {
        pinned.close();
        all.close();
      },
    };
  },
};

function createTools() {
  const filter = filterInput(t('charts.filter'), state.get('tags'), value => state.set({ tags: value }), 'tags-filter');
  const slider = h('input', { type: 'range', min: 0, max: 0.999, step: 0.001, 'aria-label': t('charts.smoothing'), oninput: () => state.set({ smoothing: Number(slider.value) }) });
  const number = h('input', { type: 'number', min: 0, max: 0.999, step: 0.01, 'aria-label': t('charts.smoothing'), oninput: setNumber, onchange: () => (number.value = state.get('smoothing')) });
  const x = choice('x', axes);
  const sort = choice('sort', sorts);
  const band = choice('band', bands);
  const log = check('log');
  const outliers = check('outliers');
  const reset = h('button', { type: 'button', onclick: () => state.set({ zoom: '' }) }, t('charts.reset'));
  const element = h('div', { class: 'tools', role: 'toolbar', 'aria-label': t('charts') },
    filter.element, h('span', { class: 'check' }, h('label', {}, t('charts.smoothing'), slider), number), x.element, log.element, outliers.element, sort.element, band.element, reset);

  function setNumber() {
    const value = Number(number.value);
    if (number.value !== '' && value >= 0 && value <= 1) {
      state.set({ smoothing: value });
    }
  }

  function show() {
    filter.set(state.get('tags'));
    slider.value = state.get('smoothing');
    if (document.activeElement !== number) {
      number.value = state.get('smoothing');
    }
    [x, sort, band, log, outliers].forEach(control => control.show());
    band.element.hidden = state.get('group') === '';
    reset.hidden = state.get('zoom') === '';
  }

  show();
  return { element, show };
}

function choice(key, values) {
  const select = h('select', { onchange: () => state.set({ [key]: select.value }) }, values.map(value => h('option', { value }, t('charts.' + key + '.' + value))));
  return { element: h('label', {}, t('charts.' + key), select), show: () => (select.value = state.get(key)) };
}

function check(key) {
  const box = h('input', { type: 'checkbox', onchange: () => state.set({ [key]: box.checked }) });
  return { element: h('label', {}, box, t('charts.' + key)), show: () => (box.checked = state.get(key)) };
}
