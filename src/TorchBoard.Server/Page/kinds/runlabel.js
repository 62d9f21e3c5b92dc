// The caption of a run's tile: its color, its name and what else there is to say.

import { fill, h, path } from '../dom.js';
import { swatch } from '../runs.js';

/** createRunLabel() → { element, show(run, ...details) }. */
export function createRunLabel(tag = 'div') {
  const element = h(tag, { class: 'run-label' });
  return {
    element,
    show(run, ...details) {
      fill(element, swatch(run.color), path(run.name), h('span', { class: 'count' }, ...details));
    },
  };
}
