// The section of graphs: one graph at a time, its scopes folded until they are opened.

import { fill, h, iconButton, name, shortened } from '../dom.js';
import { strings, t } from '../i18n.js';
import { createDetails, micros } from './graphdetails.js';
import { drawGraph } from './graphdraw.js';
import { createModel, firstOpen } from './graphmodel.js';
import { createPanZoom } from './panzoom.js';

strings({
  en: {
    'graphs.run': 'Graph', 'graphs.search': 'Search operations', 'graphs.in': 'Zoom in', 'graphs.out': 'Zoom out', 'graphs.fit': 'Show everything', 'graphs.color': 'Color', 'graphs.color.plain': 'none', 'graphs.color.micros': 'time', 'graphs.color.bytes': 'memory', 'graphs.statistics': 'Times of',
    'graphs.label': 'Graph with {0} operations. Drag or use the arrow keys to move, + and − to zoom, Tab to go through the boxes, Enter to open one.', 'graphs.scope': '{0}, scope of {1} operations', 'graphs.operation': '{0}, {1}', 'graphs.nothing': 'The selected runs have no graph.', 'graphs.matches': '{0} found', 'graphs.loading': 'Loading…',
  },
  zh: {
    'graphs.run': '计算图', 'graphs.search': '搜索运算', 'graphs.in': '放大', 'graphs.out': '缩小', 'graphs.fit': '显示全部', 'graphs.color': '着色', 'graphs.color.plain': '无', 'graphs.color.micros': '时间', 'graphs.color.bytes': '内存', 'graphs.statistics': '耗时来自',
    'graphs.label': '含 {0} 个运算的计算图。拖动或用方向键移动,加减号缩放,Tab 键在方框间移动,Enter 键展开。', 'graphs.scope': '{0},含 {1} 个运算的作用域', 'graphs.operation': '{0},{1}', 'graphs.nothing': '选中的运行没有计算图。', 'graphs.matches': '找到 {0} 个', 'graphs.loading': '加载中…',
  },
});

const mostMatches = 40;

export const section = {
  id: 'graphs',
  create(context) {
    const { state } = context;
    const which = h('select', { onchange: () => state.set({ graph: which.value }) });
    const color = h('select', { onchange: redraw }, ['plain', 'micros', 'bytes'].map(value => h('option', { value }, t('graphs.color.' + value))));
    const statistics = h('select', { onchange: build });
    const statisticsLabel = h('label', {}, t('graphs.statistics'), statistics);
    const colorLabel = h('label', {}, t('graphs.color'), color);
    const search = h('input', { type: 'search', id: 'tags-filter', placeholder: t('graphs.search'), 'aria-label': t('graphs.search'), oninput: find, onkeydown: event => event.key === 'Escape' && clearSearch(), autocomplete: 'off', spellcheck: 'false' });
    const matches = h('div', { class: 'graph-matches', hidden: true });
    const view = createPanZoom({});
    const details = createDetails(go);
    const note = h('p', { class: 'empty', role: 'status' }, t('graphs.loading'));
    const body = h('div', { class: 'graph-view', hidden: true }, view.element,
      h('div', { class: 'graph-buttons' }, iconText('+', t('graphs.in'), () => view.zoom(1.4)), iconText('−', t('graphs.out'), () => view.zoom(1 / 1.4)), iconButton('expand', t('graphs.fit'), () => view.fit())),
      details.element);
    const element = h('div', { class: 'fill' },
      h('div', { class: 'tools', role: 'toolbar', 'aria-label': t('graphs') }, h('label', {}, t('graphs.run'), which), h('div', { class: 'filter graph-search' }, search, matches), colorLabel, statisticsLabel),
      note, body);
    let shown = '';
    let loading = null;
    let answer = null;
    let model = null;
    let open = new Set();
    let selected = null;
    let drawn = null;

    function choices() {
      return context.list().tags.filter(entry => entry.kind === 'graph').flatMap(entry => context.selectedRuns().filter(run => entry.runs.includes(run.id)).map(run => ({ run, tag: entry.tag, value: run.name + '\n' + entry.tag })));
    }

    async function show(again) {
      const all = choices();
      const chosen = all.find(choice => choice.value === state.get('graph')) ?? all[0];
      fill(which, all.map(choice => h('option', { value: choice.value }, shortened(choice.run.name, 60) + (choice.tag === '__run_graph__' ? '' : ' · ' + shortened(choice.tag, 60)))));
      which.value = chosen?.value ?? '';
      if (chosen === undefined) {
        shown = '';
        body.hidden = true;
        note.hidden = false;
        note.textContent = t('graphs.nothing');
        return;
      }
      const key = chosen.run.id + '\n' + chosen.tag;
      if (key === shown && !again) {
        return;
      }
      const isNew = key !== shown;
      shown = key;
      loading?.abort();
      loading = new AbortController();
      const { signal } = loading;
      try {
        const next = await context.api.get('/api/graph', { run: chosen.run.id, tag: chosen.tag }, signal);
        if (!isNew && JSON.stringify(next) === JSON.stringify(answer)) {
          return;
        }
        answer = next;
        fill(statistics, answer.statistics.map((one, i) => h('option', { value: i }, one.tag.slice(0, 100))));
        statistics.value = answer.statistics.length - 1;
        statisticsLabel.hidden = answer.statistics.length < 2;
        colorLabel.hidden = answer.statistics.length === 0;
        color.value = answer.statistics.length === 0 ? 'plain' : 'micros';
        note.hidden = true;
        body.hidden = false;
        build();
      } catch (error) {
        if (!signal.aborted) {
          shown = '';
          body.hidden = true;
          note.hidden = false;
          fill(note, h('span', { class: 'error' }, error.message));
        }
      }
    }

    function build() {
      const usage = new Map((answer.statistics[Number(statistics.value)]?.nodes ?? []).map(one => [one.name, one]));
      model = createModel(answer.nodes, usage);
      open = firstOpen(model.root);
      selected = null;
      details.show(null);
      // What is typed while the graph is on its way is kept.
      find();
      view.element.firstChild.setAttribute('aria-label', t('graphs.label', answer.nodes.length));
      draw(null);
    }

    function redraw() {
      draw(selected);
    }

    // The box that is kept stays where it is on the screen.
    function draw(kept) {
      const before = kept === null ? null : placeOf(kept);
      const most = Math.max(1e-9, ...[...model.byName.values()].map(one => one[color.value] ?? 0));
      const focused = element.contains(document.activeElement) && document.activeElement.classList.contains('graph-body');
      drawn = drawGraph(model, open, {
        select,
        toggle,
        heat: one => color.value === 'plain' || !(one[color.value] > 0) ? null : Math.sqrt(Math.min(1, one[color.value] / (one.children === null ? most : Math.max(model.root[color.value], 1e-9)))),
        note: one => one.children === null ? (one.micros > 0 ? micros(one.micros) : '') : one.micros > 0 ? one.count + ' · ' + micros(one.micros) : String(one.count),
        label: one => one.children === null ? t('graphs.operation', one.label, one.node.op) : t('graphs.scope', one.label, one.count),
      });
      const after = kept === null ? null : drawnPlace(kept);
      view.set(drawn.element, drawn.width, drawn.height, before === null || after === null ? null : { screen: before, content: after });
      mark();
      if (focused && kept !== null) {
        drawn.places.get(kept)?.body.focus();
      }
    }

    function placeOf(box) {
      const at = drawn === null ? null : drawnPlace(box);
      return at === null ? null : view.toScreen(at);
    }

    // The upper left corner of a box in the drawing: groups are in groups.
    function drawnPlace(box) {
      let node = drawn.places.get(box)?.group;
      if (node === undefined) {
        return null;
      }
      let x = 0;
      let y = 0;
      for (; node !== null && node !== drawn.element; node = node.parentNode) {
        const match = /translate\(([-\d.e]+) ([-\d.e]+)\)/.exec(node.getAttribute('transform') ?? '');
        x += Number(match?.[1] ?? 0);
        y += Number(match?.[2] ?? 0);
      }
      return [x, y];
    }

    function select(box) {
      selected = box;
      details.show(box);
      mark();
    }

    function mark() {
      drawn.element.querySelectorAll('.graph-selected').forEach(one => one.classList.remove('graph-selected'));
      drawn.places.get(selected)?.group.classList.add('graph-selected');
    }

    function toggle(box) {
      if (!open.delete(box)) {
        open.add(box);
      }
      draw(box);
    }

    // Opens what is around a box, and shows it in the middle.
    function go(box) {
      for (let at = box.parent; at !== null && at !== model.root; at = at.parent) {
        open.add(at);
      }
      selected = box;
      draw(null);
      details.show(box);
      const [x, y] = drawnPlace(box);
      const { width, height } = drawn.places.get(box);
      view.center([x + width / 2, y + height / 2]);
    }

    function find() {
      const text = search.value.trim().toLowerCase();
      matches.hidden = text === '' || model === null;
      if (matches.hidden) {
        return;
      }
      const found = [...model.byName.values()].filter(one => one.name.toLowerCase().includes(text) || one.node.op.toLowerCase() === text);
      fill(matches, h('p', { class: 'count', role: 'status' }, t('graphs.matches', found.length)),
        found.slice(0, mostMatches).map(one => h('button', { type: 'button', class: 'link', onclick: () => { clearSearch(); go(one); } }, name(one.name), h('span', { class: 'count' }, ' ' + one.node.op))));
    }

    function clearSearch() {
      search.value = '';
      matches.hidden = true;
    }

    show(false);
    return {
      element,
      update(change) {
        if (change.list || change.all || change.selection || change.keys.has('graph') || change.runs.size > 0) {
          show(change.all || change.runs.size > 0);
        }
      },
      close() {
        loading?.abort();
        view.close();
      },
    };
  },
};

function iconText(text, label, onclick) {
  return h('button', { type: 'button', title: label, 'aria-label': label, onclick }, text);
}
