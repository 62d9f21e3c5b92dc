// A section is a tab of the page: { id, title(), order, kinds: ['image'], create(context) } or, if its module is loaded when it
// is first opened, { id, title(), order, kinds, load() → module with `section` }. create returns { element, update(change),
// close() }; the section of the open tab exists, the others do not.

import * as api from './api.js';
import * as state from './state.js';
import { matcher } from './regex.js';
import { selectedRuns } from './selection.js';

state.define('tags', '');

/**
 * What a section works with. A change has: list (runs or tags appeared or disappeared), runs (a Set of the numbers of runs
 * with new data), all (anything may have changed), selection (other runs are shown or have other colors), theme, keys (a Set
 * of the keys of the state that changed), highlight (the number of a run that the pointer is at, or null).
 */
export function createContext() {
  const listeners = new Set();
  let answer = { runs: [], tags: [] };
  let selected = null;

  const observer = new IntersectionObserver(
    entries => entries.forEach(entry => watched.get(entry.target)?.(entry.isIntersecting)),
    { rootMargin: '200px 0px' });
  const watched = new Map();

  return {
    api,
    state,
    list: () => answer,
    setList(next) {
      answer = next;
      selected = null;
    },
    selectedRuns() {
      selected ??= selectedRuns(answer.runs);
      return selected;
    },
    /** Tests a tag against the filter of tags. */
    tagFilter() {
      return matcher(state.get('tags')).test;
    },
    onChange(f) {
      listeners.add(f);
      return () => listeners.delete(f);
    },
    /** Tells everybody. Also called by the page itself. */
    changed(change) {
      const full = { list: false, runs: new Set(), all: false, selection: false, theme: false, keys: new Set(), ...change };
      if (full.selection || full.list) {
        selected = null;
      }
      for (const listener of [...listeners]) {
        listener(full);
      }
    },
    /** Calls f(true) when an element comes into view and f(false) when it leaves; returns what ends this. */
    visible(element, f) {
      watched.set(element, f);
      observer.observe(element);
      return () => {
        watched.delete(element);
        observer.unobserve(element);
      };
    },
  };
}

/** The sections for which there is data, in their order. */
export function sectionsOf(sections, answer) {
  const kinds = new Set(answer.tags.map(tag => tag.kind));
  return sections.filter(section => section.kinds.some(kind => kinds.has(kind))).sort((a, b) => a.order - b.order);
}
