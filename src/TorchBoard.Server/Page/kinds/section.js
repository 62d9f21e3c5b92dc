// What the sections of most kinds have in common: tools above groups of cards.

import { h } from '../dom.js';
import { filterInput } from '../runs.js';
import { groups } from '../groups.js';
import { strings, t } from '../i18n.js';

strings({
  en: { 'kinds.filter': 'Filter tags (regex)' },
  zh: { 'kinds.filter': '筛选标签(正则)' },
});

/**
 * A section with a card for each tag. options: id, kinds, makeCard(context, entry), tags(entries) (to join entries), controls(state)
 * → [{ element, show() }], class (of the grid of cards).
 */
export function createSection({ id, kinds, makeCard, tags = entries => entries, controls = () => [], cards = '' }) {
  return {
    id,
    create(context) {
      const { state } = context;
      const filter = filterInput(t('kinds.filter'), state.get('tags'), value => state.set({ tags: value }), 'tags-filter');
      const tools = controls(state);
      const all = groups(context, () => tags(context.list().tags.filter(entry => kinds.includes(entry.kind))), entry => makeCard(context, entry), { class: 'kind-cards ' + cards });
      tools.forEach(tool => tool.show());
      return {
        element: h('div', {}, h('div', { class: 'tools', role: 'toolbar', 'aria-label': t(id) }, filter.element, tools.map(tool => tool.element)), all.element),
        update(change) {
          if (change.keys.size > 0) {
            filter.set(state.get('tags'));
            tools.forEach(tool => tool.show());
          }
          all.update(change);
        },
        close: () => all.close(),
      };
    },
  };
}

/** A choice between values of a key of the state: a control for the tools. */
export function choice(state, key, values, label) {
  const select = h('select', { onchange: () => state.set({ [key]: select.value }) }, values.map(([value, text]) => h('option', { value }, text)));
  return { element: h('label', {}, label, select), show: () => (select.value = state.get(key)) };
}
