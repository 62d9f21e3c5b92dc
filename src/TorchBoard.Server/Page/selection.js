// Which runs are shown, and how they are grouped and colored.

import * as state from './state.js';
import { colorOf } from './colors.js';
import { matcher } from './regex.js';

// `hide` or `only` holds names, whichever list is shorter in the URL.
state.define('runs', '');
state.define('hide', []);
state.define('only', []);
// Groups of seeds: '' (none), 'number' (names without a trailing number) or 'expression'.
state.define('group', '', ['', 'number', 'expression']);
state.define('groupBy', '');

/** Of all runs, those whose names match the filter. */
export function filteredRuns(runs) {
  const filter = matcher(state.get('runs'));
  return runs.filter(run => filter.test(run.name));
}

/** The runs to show, with colors: those that match the filter and are checked. */
export function selectedRuns(runs) {
  const checked = isChecked();
  const colors = runColors(runs);
  return filteredRuns(runs).filter(checked).map(run => ({ ...run, color: colors.get(run.id), group: groupOf(run.name) }));
}

/** Tests whether a run is checked. */
export function isChecked() {
  const only = state.get('only');
  const names = new Set(only.length > 0 ? only : state.get('hide'));
  return only.length > 0 ? run => names.has(run.name) : run => !names.has(run.name);
}

/** Checks some runs and unchecks others: check is a function of a run. */
export function checkRuns(runs, check) {
  const shown = [];
  const hidden = [];
  for (const run of runs) {
    (check(run) ? shown : hidden).push(run.name);
  }
  // None shown cannot be an empty `only`, which stands for all.
  const byHiding = hidden.length <= shown.length || shown.length === 0;
  state.set({ hide: byHiding ? hidden : [], only: byHiding ? [] : shown });
}

/** The colors of all runs by number. Runs of a group have its color. */
export function runColors(runs) {
  const colors = new Map();
  for (const run of [...runs].sort((a, b) => a.id - b.id)) {
    colors.set(run.id, colorOf(groupOf(run.name)));
  }
  return colors;
}

/** The name of a run's group of seeds: the run's own name without groups. */
export function groupOf(name) {
  const group = state.get('group');
  if (group === 'number') {
    return name.replace(/[-_./ ]*(?:seed|run|trial|version)?[-_.= ]*\d+$/i, '') || name;
  }
  if (group === 'expression' && state.get('groupBy') !== '') {
    try {
      const match = new RegExp(state.get('groupBy'), 'i').exec(name);
      return match === null ? name : match.slice(1).filter(part => part !== undefined).join(' ') || match[0] || name;
    } catch {
      return name;
    }
  }
  return name;
}
