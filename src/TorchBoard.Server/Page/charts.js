// The section of curves.
import { h } from './dom.js';
import { groups } from './groups.js';
export const charts = {
  id: 'charts', title: () => 'Charts', order: 10, kinds: ['scalar'],
  create(context) {
    const view = groups(context, () => context.list().tags.filter(tag => tag.kind === 'scalar'),
      entry => ({ element: h('article', { class: 'card' }, entry.tag), update() {}, close() {} }));
    return view;
  },
};
