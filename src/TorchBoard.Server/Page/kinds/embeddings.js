// Embeddings: the three principal components of vectors, with labels, pictures, search and nearest neighbors.

import { fill, h, iconButton, name, shortened } from '../dom.js';
import { exact, rounded } from '../format.js';
import { strings, t } from '../i18n.js';
import { swatch } from '../runs.js';
import { cssColor } from '../theme.js';
import { hideTooltip, showTooltip } from '../tooltip.js';
import { createCamera } from './camera.js';
import { createCanvas } from './canvas.js';
import { colorsBy, rampColor } from './pointcolors.js';
import { nearest, vectorsOf } from './neighbors.js';
import { drawPoints, pointAt } from './points.js';

strings({
  en: {
    'embeddings.which': 'Embedding', 'embeddings.dimensions': 'Dimensions', 'embeddings.color': 'Color', 'embeddings.color.none': 'none', 'embeddings.pictures': 'Pictures', 'embeddings.search': 'Search labels', 'embeddings.label': '{0} points. Drag or use the arrow keys to turn or move, + and − to zoom, 0 to go back; search labels to choose points.',
    'embeddings.nothing': 'The selected runs have no embedding.', 'embeddings.loading': 'Computing the principal components…', 'embeddings.of': '{0} of {1} points, {2} dimensions', 'embeddings.shares': 'Share of the variance: {0}', 'embeddings.found': '{0} points found', 'embeddings.neighbors': 'Nearest neighbors of {0}', 'embeddings.metric': 'Distance', 'embeddings.cosine': 'cosine',
    'embeddings.euclidean': 'Euclidean', 'embeddings.point': 'Point {0}', 'embeddings.clear': 'Clear', 'embeddings.offline': 'In the space shown: this report leaves out the vectors, for their size.', 'embeddings.reset': 'Turn back',
  },
  zh: {
    'embeddings.which': '嵌入', 'embeddings.dimensions': '维数', 'embeddings.color': '着色', 'embeddings.color.none': '无', 'embeddings.pictures': '图片', 'embeddings.search': '搜索标签', 'embeddings.label': '{0} 个点。拖动或用方向键旋转或平移,加减号缩放,0 复位;搜索标签以选择点。',
    'embeddings.nothing': '选中的运行没有嵌入。', 'embeddings.loading': '正在计算主成分…', 'embeddings.of': '{1} 个点中的 {0} 个,{2} 维', 'embeddings.shares': '方差占比:{0}', 'embeddings.found': '找到 {0} 个点', 'embeddings.neighbors': '{0} 的最近邻', 'embeddings.metric': '距离', 'embeddings.cosine': '余弦',
    'embeddings.euclidean': '欧氏', 'embeddings.point': '点 {0}', 'embeddings.clear': '清除', 'embeddings.offline': '按显示的空间计算:因大小限制,此报告未包含原始向量。', 'embeddings.reset': '复位',
  },
});

const mostListed = 30;

export const section = {
  id: 'embeddings',
  create(context) {
    const { state } = context;
    const camera = createCamera(() => surface.redraw());
    const surface = createCanvas(draw, { role: 'img', onpointermove: point, onpointerleave: hideTooltip, onclick: choose });
    const detach = camera.attach(surface.canvas);
    const which = h('select', { onchange: () => state.set({ embedding: which.value }) });
    const dimensions = h('select', { onchange: turnFlat }, [3, 2].map(value => h('option', { value }, value + 'D')));
    const color = h('select', { onchange: recolor });
    const pictures = h('input', { type: 'checkbox', checked: true, onchange: () => surface.redraw() });
    const picturesLabel = h('label', {}, pictures, t('embeddings.pictures'));
    const search = h('input', { type: 'search', id: 'tags-filter', placeholder: t('embeddings.search'), 'aria-label': t('embeddings.search'), oninput: find, autocomplete: 'off', spellcheck: 'false' });
    const metric = h('select', { onchange: () => selected >= 0 && neighbors(selected) }, ['cosine', 'euclidean'].map(value => h('option', { value }, t('embeddings.' + value))));
    const about = h('div', {});
    const legend = h('div', { class: 'legend' });
    const found = h('div', { 'aria-live': 'polite' });
    const note = h('p', { class: 'empty', role: 'status' }, t('embeddings.loading'));
    const body = h('div', { class: 'graph-view', hidden: true }, h('div', { class: 'points-place' }, surface.element),
      h('div', { class: 'graph-buttons' }, iconButton('reset', t('embeddings.reset'), () => camera.reset())),
      h('aside', { class: 'graph-details', tabindex: '0' }, about, h('label', { class: 'check' }, t('embeddings.metric'), metric), found, legend));
    const element = h('div', { class: 'fill' },
      h('div', { class: 'tools', role: 'toolbar', 'aria-label': t('embeddings') },
        h('label', {}, t('embeddings.which'), which), h('div', { class: 'filter' }, search), h('label', {}, t('embeddings.dimensions'), dimensions), h('label', {}, t('embeddings.color'), color), picturesLabel),
      note, body);
    let shown = '';
    let loading = null;
    let chosen = null;
    let data = null;
    let colors = colorsBy(null);
    let image = null;
    let radius = 1;
    let places = [];
    let marked = new Set();
    let selected = -1;
    let latest = null;

    async function show() {
      const all = context.list().tags.filter(entry => entry.kind === 'embedding').flatMap(entry => context.selectedRuns().filter(run => entry.runs.includes(run.id)).map(run => ({ run, tag: entry.tag, value: run.name + '\n' + entry.tag })));
      chosen = all.find(choice => choice.value === state.get('embedding')) ?? all[0];
      fill(which, all.map(choice => h('option', { value: choice.value }, shortened(choice.run.name, 60) + ' · ' + shortened(choice.tag, 60))));
      which.value = chosen?.value ?? '';
      const key = chosen === undefined ? '' : chosen.run.id + '\n' + chosen.tag;
      if (key === shown && key !== '') {
        return;
      }
      shown = key;
      loading?.abort();
      body.hidden = true;
      note.hidden = false;
      note.textContent = t(chosen === undefined ? 'embeddings.nothing' : 'embeddings.loading');
      if (chosen === undefined) {
        return;
      }
      loading = new AbortController();
      const { signal } = loading;
      try {
        data = await context.api.get('/api/embedding', { run: chosen.run.id, tag: chosen.tag }, signal);
        begin();
      } catch (error) {
        if (!signal.aborted) {
          shown = '';
          fill(note, h('span', { class: 'error' }, error.message));
        }
      }
    }

    function begin() {
      radius = 1e-30;
      for (let i = 0; i < data.points.length; i += 3) {
        radius = Math.max(radius, Math.hypot(data.points[i], data.points[i + 1], data.points[i + 2]));
      }
      fill(color, h('option', { value: -1 }, t('embeddings.color.none')), data.columns.map((column, i) => h('option', { value: i }, column.name.slice(0, 60))));
      color.value = data.columns.length > 0 ? 0 : -1;
      picturesLabel.hidden = data.sprite === undefined;
      image = data.sprite === undefined ? null : loadSprite();
      fill(about, h('p', {}, t('embeddings.of', exact(data.count), exact(data.total), exact(data.dimensions))),
        h('p', { class: 'count' }, t('embeddings.shares', data.shares.map(share => rounded(Number((share * 100).toPrecision(3))) + ' %').join(' · '))));
      surface.canvas.setAttribute('aria-label', t('embeddings.label', exact(data.count)));
      marked = new Set();
      selected = -1;
      fill(found);
      note.hidden = true;
      body.hidden = false;
      turnFlat();
      recolor();
      // What is typed while the points are on their way is kept.
      find();
    }

    function loadSprite() {
      const sprite = new Image();
      sprite.onload = () => surface.redraw();
      try {
        sprite.src = context.api.blobUrl('/api/sprite', { run: chosen.run.id, tag: chosen.tag });
      } catch {
        // A report may leave it out.
      }
      return sprite;
    }

    function turnFlat() {
      camera.flat = dimensions.value === '2';
      camera.reset();
    }

    function recolor() {
      colors = colorsBy(Number(color.value) < 0 ? null : data.columns[Number(color.value)].values);
      fill(legend, colors.ramp === null
        ? colors.legend.map(([paint, text]) => h('button', { type: 'button', class: 'legend-item', onclick: () => markValue(text) }, swatch(paint), name(text === '' ? '–' : text)))
        : h('p', { class: 'count' }, swatch(rampColor(0)), ' ', exact(colors.ramp[0]), ' … ', swatch(rampColor(1)), ' ', exact(colors.ramp[1])));
      surface.redraw();
    }

    function draw(context2d) {
      places = drawPoints(context2d, {
        points: data.points, count: data.count, camera, width: surface.width, height: surface.height, radius, marked, labelOf, colorOf: colors.of,
        sprite: image !== null && pictures.checked && image.complete && image.naturalWidth > 0 ? { image, width: data.sprite[0], height: data.sprite[1], every: data.every } : null,
        colors: { text: cssColor('--text'), surface: cssColor('--background') },
      });
    }

    function labelOf(i) {
      return data.columns[0]?.values[i] ?? t('embeddings.point', i * data.every);
    }

    function at(event) {
      const box = surface.canvas.getBoundingClientRect();
      return pointAt(places, event.clientX - box.left, event.clientY - box.top);
    }

    function point(event) {
      const i = event.buttons === 0 ? at(event) : -1;
      if (i < 0) {
        hideTooltip();
        return;
      }
      showTooltip(h('div', {}, pictureOf(i), h('table', { class: 'value-table' }, h('tbody', {}, data.columns.length === 0
        ? h('tr', {}, h('td', {}, labelOf(i)))
        : data.columns.slice(0, 12).map(column => h('tr', {}, h('th', { scope: 'row' }, name(column.name)), h('td', {}, name((column.values[i] ?? '').slice(0, 80)))))))), event.clientX, event.clientY);
    }

    function pictureOf(i) {
      if (image === null || !image.complete || image.naturalWidth === 0) {
        return null;
      }
      const [width, height] = data.sprite;
      const columns = Math.max(1, Math.floor(image.naturalWidth / width));
      const canvas = h('canvas', { class: 'point-picture', width, height });
      canvas.getContext('2d').drawImage(image, i * data.every % columns * width, Math.floor(i * data.every / columns) * height, width, height, 0, 0, width, height);
      return canvas;
    }

    let pressed = null;
    surface.canvas.addEventListener('pointerdown', event => (pressed = [event.clientX, event.clientY]));

    function choose(event) {
      // Not at the end of a drag.
      if (pressed !== null && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < 4) {
        const i = at(event);
        if (i >= 0) {
          neighbors(i);
        } else {
          clear();
        }
      }
    }

    function clear() {
      marked = new Set();
      selected = -1;
      search.value = '';
      fill(found);
      surface.redraw();
    }

    function markValue(text) {
      const values = data.columns[Number(color.value)].values;
      list(values.flatMap((value, i) => value === text ? [i] : []));
    }

    function find() {
      const text = search.value.trim().toLowerCase();
      if (data === null) {
        return;
      }
      if (text === '') {
        clear();
        return;
      }
      list(Array.from({ length: data.count }, (_, i) => i).filter(i => data.columns.some(column => (column.values[i] ?? '').toLowerCase().includes(text)) || labelOf(i).toLowerCase().includes(text)));
    }

    function list(points) {
      marked = new Set(points);
      selected = -1;
      fill(found, h('p', { class: 'count' }, t('embeddings.found', points.length), ' ', h('button', { type: 'button', class: 'link', onclick: clear }, t('embeddings.clear'))),
        h('ul', {}, points.slice(0, mostListed).map(i => itemOf(i, null))));
      surface.redraw();
    }

    function itemOf(i, distance) {
      return h('li', {}, h('button', { type: 'button', class: 'link', onclick: () => neighbors(i) }, swatch(colors.of(i)), ' ', name(labelOf(i))), distance === null ? null : h('span', { class: 'count' }, ' ' + rounded(distance)));
    }

    async function neighbors(i) {
      selected = i;
      const asked = {};
      latest = asked;
      let answer;
      let hint = '';
      try {
        answer = context.api.isReport
          ? nearest(vectorsOf(context.api, chosen), data.dimensions, i, metric.value)
          : await context.api.get('/api/neighbors', { run: chosen.run.id, tag: chosen.tag, point: i, metric: metric.value });
      } catch (error) {
        answer = nearest(data.points, 3, i, 'euclidean');
        hint = context.api.isReport ? t('embeddings.offline') : error.message;
      }
      // Another point, metric or embedding was chosen since.
      if (selected !== i || latest !== asked) {
        return;
      }
      const shownPoints = answer.points.slice(0, 20);
      marked = new Set([i, ...shownPoints]);
      fill(found, h('h2', {}, t('embeddings.neighbors', labelOf(i).slice(0, 60))), hint === '' ? null : h('p', { class: 'note' }, hint),
        h('ul', {}, shownPoints.map((other, at) => itemOf(other, answer.distances[at]))), h('button', { type: 'button', class: 'link', onclick: clear }, t('embeddings.clear')));
      surface.redraw();
    }

    show();
    return {
      element,
      update(change) {
        if (change.list || change.all || change.selection || change.keys.has('embedding')) {
          show();
        }
        if (change.theme) {
          surface.redraw();
        }
      },
      close() {
        loading?.abort();
        hideTooltip();
        detach();
        surface.close();
      },
    };
  },
};
