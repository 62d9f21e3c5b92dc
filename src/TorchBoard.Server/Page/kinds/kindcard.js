// The card of a tag that is not a scalar: asks for the values of the runs that are shown, again when they change.

import { fill, h, iconButton, name } from '../dom.js';
import { exact } from '../format.js';
import { markdown } from '../markdown.js';
import { strings, t } from '../i18n.js';

strings({
  en: { 'kinds.loading': 'Loading…', 'kinds.none': 'The selected runs do not have this tag.', 'kinds.retry': 'Try again', 'kinds.failed': 'This cannot be shown: {0}', 'kinds.info': 'Description', 'kinds.more': 'Show {0} more runs', 'kinds.sampled': '{0} of {1} values are kept' },
  zh: { 'kinds.loading': '加载中…', 'kinds.none': '选中的运行没有此标签。', 'kinds.retry': '重试', 'kinds.failed': '无法显示:{0}', 'kinds.info': '说明', 'kinds.more': '再显示 {0} 个运行', 'kinds.sampled': '保留 {1} 个值中的 {0} 个' },
});

// Side by side, more are seldom looked at.
const runsAtOnce = 12;

/**
 * createKindCard(context, entry, options) → a card for groups.js. options: path (of the list of values), view(card) →
 * { element, head, show(items), close() }. items are [{ run, series }], in the order of the runs; card has context, tag, title.
 */
export function createKindCard(context, entry, { path, view }) {
  const tag = entry.tag;
  const title = entry.displayName || tag;
  const info = h('div', { class: 'kind-info', hidden: true });
  const note = h('p', { class: 'note', role: 'status' }, t('kinds.loading'));
  const more = h('button', { type: 'button', class: 'more', hidden: true, onclick: showMore });
  const card = { context, tag, title };
  const content = view(card);
  const element = h('article', { class: 'card kind-card', 'aria-label': title.slice(0, 300) },
    h('div', { class: 'card-head' }, h('h3', {}, name(title, tag === title ? {} : { title: tag })),
      entry.description ? iconButton('info', t('kinds.info'), toggleInfo, { 'aria-expanded': 'false' }) : null),
    info, content.head ?? null, content.element, note, more);
  const byRun = new Map();
  const stale = new Set();
  let limit = runsAtOnce;
  let loading = null;

  function runs() {
    const present = context.list().tags.find(other => other.kind === entry.kind && other.tag === (entry.listed ?? tag));
    const ids = new Set(present?.runs ?? entry.runs);
    return context.selectedRuns().filter(run => ids.has(run.id));
  }

  function showMore() {
    limit += runsAtOnce;
    load();
  }

  function toggleInfo(event) {
    info.hidden = !info.hidden;
    event.currentTarget.setAttribute('aria-expanded', !info.hidden);
    if (!info.hidden && info.firstChild === null) {
      info.append(markdown(entry.description));
    }
  }

  async function load() {
    const wanted = runs().slice(0, limit);
    const missing = wanted.map(run => run.id).filter(id => !byRun.has(id) || stale.has(id));
    if (missing.length === 0) {
      draw();
      return;
    }
    loading?.abort();
    loading = new AbortController();
    const { signal } = loading;
    try {
      const answer = await context.api.get(path, { tag, runs: missing }, signal);
      for (const id of missing) {
        stale.delete(id);
        byRun.set(id, answer.series.find(one => one.run === id) ?? { run: id, steps: [], times: [], values: [] });
      }
      draw();
    } catch (error) {
      if (!signal.aborted) {
        fill(note, h('span', { class: 'error' }, t('kinds.failed', error.message)), ' ', h('button', { type: 'button', onclick: load }, t('kinds.retry')));
      }
    }
  }

  function draw() {
    const all = runs();
    const items = all.slice(0, limit).filter(run => byRun.get(run.id)?.steps.length > 0).map(run => ({ run, series: byRun.get(run.id) }));
    const reduced = items.map(item => item.series).filter(series => series.count > series.steps.length).sort((a, b) => b.count - a.count)[0];
    note.textContent = items.length === 0 ? t('kinds.none') : reduced === undefined ? '' : t('kinds.sampled', exact(reduced.steps.length), exact(reduced.count));
    more.hidden = all.length <= limit;
    more.textContent = t('kinds.more', all.length - limit);
    content.show(items);
  }

  load();
  return {
    element,
    update(change) {
      const changed = runs().map(run => run.id).filter(id => change.all || change.runs.has(id));
      changed.forEach(id => stale.add(id));
      if (changed.length > 0 || change.list || change.selection || change.theme || change.keys.size > 0) {
        load();
      }
    },
    close() {
      loading?.abort();
      content.close?.();
    },
  };
}

/**
 * Tiles side by side, one for each run: createTiles(make) → { element, show(items), each(f), close() }. make(run) returns
 * { element, show(item), close() } and is called once per run.
 */
export function createTiles(make, className = '') {
  const element = h('div', { class: 'tiles ' + className });
  const tiles = new Map();
  return {
    element,
    show(items) {
      const wanted = new Set(items.map(item => item.run.id));
      for (const [id, tile] of tiles) {
        if (!wanted.has(id)) {
          tile.close?.();
          tile.element.remove();
          tiles.delete(id);
        }
      }
      items.forEach((item, index) => {
        let tile = tiles.get(item.run.id);
        if (tile === undefined) {
          tile = make(item.run);
          tiles.set(item.run.id, tile);
        }
        if (element.children[index] !== tile.element) {
          element.insertBefore(tile.element, element.children[index] ?? null);
        }
        tile.show(item);
      });
    },
    close() {
      tiles.forEach(tile => tile.close?.());
    },
  };
}
