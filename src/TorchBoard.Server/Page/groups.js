// Cards in groups by the prefix of their tags. A card is made when it first comes near the window.

import { fill, h, name } from './dom.js';
import * as state from './state.js';
import { strings, t } from './i18n.js';

strings({
  en: { 'groups.none': 'The selected runs have no tag that matches the filter.', 'groups.noRuns': 'No run is selected.', 'groups.rest': 'Without prefix', 'groups.one': '{0} card', 'groups.cards': '{0} cards' },
  zh: { 'groups.none': '所选运行没有匹配的标签。', 'groups.noRuns': '没有选中运行。', 'groups.rest': '无前缀', 'groups.one': '{0} 张卡片', 'groups.cards': '{0} 张卡片' },
});

// The names of the groups that are closed.
state.define('closed', []);

/**
 * The cards of tags: groups(context, () => tags, makeCard) → { element, update(change), close() }.
 *
 * tags() returns the entries of /api/runs to show, of which those are taken that match the filter of tags and
 * that a selected run has.
 * makeCard(entry) returns { element, update(change), shown(visible), close() }; shown is optional and is called when the card
 * comes into view or leaves it; update is called only while it is in view, and with { all: true } when it comes back after
 * it missed a change. options: class (of the grid of cards), key (of the state, on which tags() depends), title (one group of
 * this title instead of groups by prefix, without the filter, and not seen if it is empty).
 */
export function groups(context, tags, makeCard, options = {}) {
  const element = h('div', { class: 'groups' });
  const known = new Map();
  let order = '';

  function refresh() {
    const filter = options.title === undefined ? context.tagFilter() : () => true;
    const selected = new Set(context.selectedRuns().map(run => run.id));
    const byPrefix = new Map();
    const wanted = new Map();
    for (const entry of tags()) {
      if (filter(entry.tag) && entry.runs.some(id => selected.has(id))) {
        const prefix = options.title === undefined ? prefixOf(entry.tag) : '';
        byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), entry]);
        wanted.set(keyOf(entry), entry);
      }
    }

    for (const [key, slot] of known) {
      if (!wanted.has(key)) {
        slot.close();
        known.delete(key);
      }
    }
    for (const [key, entry] of wanted) {
      const slot = known.get(key);
      if (slot === undefined) {
        known.set(key, createSlot(context, entry, makeCard));
      } else {
        slot.entry = entry;
      }
    }

    const next = JSON.stringify([selected.size === 0, ...wanted.keys()]);
    if (next !== order || element.firstChild === null) {
      order = next;
      element.hidden = wanted.size === 0 && options.title !== undefined;
      fill(element, wanted.size === 0
        ? h('p', { class: 'empty' }, t(selected.size === 0 ? 'groups.noRuns' : 'groups.none'))
        : [...byPrefix].map(([prefix, entries]) => group(prefix, entries)));
    }
  }

  function group(prefix, entries) {
    const id = options.title === undefined ? prefix : '*';
    const open = !state.get('closed').includes(id);
    const grid = h('div', { class: 'cards ' + (options.class ?? '') }, entries.map(entry => known.get(keyOf(entry)).element));
    const details = h('details', { class: 'group', open },
      h('summary', {},
        h('h2', {}, prefix === '' ? options.title ?? t('groups.rest') : name(prefix)),
        h('span', { class: 'count' }, t(entries.length === 1 ? 'groups.one' : 'groups.cards', entries.length))),
      grid);
    details.addEventListener('toggle', () => {
      const closed = state.get('closed').filter(other => other !== id);
      state.set({ closed: details.open ? closed : [...closed, id] });
    });
    return details;
  }

  refresh();
  return {
    element,
    update(change) {
      if (change.list || change.all || change.selection || change.keys.has('tags') || change.keys.has(options.key)) {
        refresh();
      }
      for (const slot of known.values()) {
        slot.update(change);
      }
    },
    close() {
      for (const slot of known.values()) {
        slot.close();
      }
      known.clear();
    },
  };
}

/** The part of a tag before its first slash. */
export function prefixOf(tag) {
  const at = tag.indexOf('/');
  return at > 0 ? tag.slice(0, at) : '';
}

function keyOf(entry) {
  return entry.kind + '\n' + entry.tag;
}

// The place of a card, which exists before the card does.
function createSlot(context, entry, makeCard) {
  const element = h('div', { class: 'slot' });
  let card = null;
  let visible = false;
  let missed = false;

  const slot = {
    entry,
    element,
    update(change) {
      if (card !== null && visible) {
        card.update(change);
      } else {
        missed = true;
      }
    },
    close() {
      unwatch();
      card?.close();
      element.remove();
    },
  };
  const unwatch = context.visible(element, now => {
    visible = now;
    if (now && card === null) {
      card = makeCard(slot.entry);
      element.append(card.element);
      missed = false;
    }
    card?.shown?.(now);
    if (now && missed) {
      missed = false;
      card.update({ list: true, runs: new Set(), all: true, selection: true, theme: true, keys: new Set() });
    }
  });
  return slot;
}
