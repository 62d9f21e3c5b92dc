// The section of trials: hyperparameters and metrics of runs, as parallel coordinates and as a table.

import { fill, h } from './dom.js';
import { createParallel } from './parallel.js';
import { createTrialTable } from './trialtable.js';
import { checkRuns, filteredRuns, isChecked } from './selection.js';
import { filterOf } from './trialcells.js';
import { schedule, unschedule } from './schedule.js';
import * as state from './state.js';
import { strings, t } from './i18n.js';

strings({
  en: {
    'trials': 'Trials', 'trials.value': 'Metrics', 'trials.value.last': 'last value', 'trials.value.min': 'least value', 'trials.value.max': 'greatest value', 'trials.columns': 'Columns', 'trials.hyperparameters': 'Hyperparameters',
    'trials.metrics': 'Metrics', 'trials.count': '{0} of {1} trials', 'trials.only': 'Show only these in the curves', 'trials.clear': 'Clear filters', 'trials.loading': 'Loading…',
  },
  zh: {
    'trials': '试验', 'trials.value': '指标', 'trials.value.last': '最后值', 'trials.value.min': '最小值', 'trials.value.max': '最大值', 'trials.columns': '列', 'trials.hyperparameters': '超参数',
    'trials.metrics': '指标', 'trials.count': '{0} / {1} 个试验', 'trials.only': '曲线中只显示这些', 'trials.clear': '清除筛选', 'trials.loading': '加载中…',
  },
});

const values = ['last', 'min', 'max'];

// Columns are named h:NAME for hyperparameters and m:TAG for metrics. No columns stand for the usual ones.
state.define('columns', []);
// A column's name, with a minus before it to sort downwards.
state.define('trialSort', '');
state.define('trialFilters', [], given => given.every(text => text.includes('~')));
state.define('trialValue', 'last', values);

export const trials = {
  id: 'trials',
  title: () => t('trials'),
  order: 15,
  kinds: ['hyperparameters'],

  create(context) {
    const key = {};
    const metrics = new Map();
    let answer = null;
    let highlight = null;
    let closed = false;
    let loading = false;
    let again = false;

    const count = h('span', { class: 'count', role: 'status' });
    const value = h('select', { onchange: () => state.set({ trialValue: value.value }) }, values.map(one => h('option', { value: one }, t('trials.value.' + one))));
    const columnList = h('div', { class: 'menu-items columns' });
    const columns = h('details', { class: 'menu' }, h('summary', { class: 'button' }, t('trials.columns')), columnList);
    const only = h('button', { type: 'button', onclick: showOnly }, t('trials.only'));
    const clear = h('button', { type: 'button', onclick: () => state.set({ trialFilters: [] }) }, t('trials.clear'));
    const parallel = createParallel(context, setFilter);
    const table = createTrialTable(context, setFilter);
    const message = h('p', { class: 'empty' }, t('trials.loading'));
    const element = h('div', {},
      h('div', { class: 'tools', role: 'toolbar', 'aria-label': t('trials') }, h('label', {}, t('trials.value'), value), columns, count, only, clear),
      message, parallel.element, table.element);

    columns.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        columns.open = false;
        columns.firstChild.focus();
      }
    });

    async function load(runs) {
      if (loading) {
        again = true;
        return;
      }
      loading = true;
      try {
        answer = await context.api.get('/api/hyperparameters', {});
        await Promise.all(chosenColumns().filter(column => column.tag !== undefined).map(column => loadMetric(column, runs)));
        message.hidden = true;
      } catch (error) {
        fill(message, error.message);
        message.hidden = answer !== null;
      }
      loading = false;
      if (!closed) {
        schedule(key, draw);
        if (again) {
          again = false;
          load();
        }
      }
    }

    // The values of a metric; of all runs at first, then of those that have new ones.
    async function loadMetric(column, runs) {
      const known = metrics.get(column.id);
      const ids = answer.rows.map(row => runOf(row, column)).filter(id => id !== undefined && (known === undefined || runs === undefined || runs.has(id)));
      if (ids.length > 0) {
        const { series } = await context.api.get('/api/metrics', { tag: column.tag, runs: ids });
        metrics.set(column.id, new Map([...(metrics.get(column.id) ?? []), ...series.map(one => [one.run, one])]));
      }
    }

    // The run with a metric is the trial's own or a sub-run, such as its validation.
    function runOf(row, column) {
      if (!column.subRun) {
        return row.run;
      }
      const runs = context.list().runs;
      const trial = runs.find(run => run.id === row.run);
      return trial === undefined ? undefined : runs.find(run => run.name === pathBelow(trial.name) + column.subRun)?.id;
    }

    function allColumns() {
      const rows = new Set(answer.rows.map(row => row.run));
      const named = answer.metrics.map(one => ({ id: 'm:' + (one.subRun ? one.subRun + ':' : '') + one.tag, tag: one.tag, subRun: one.subRun, title: one.name || (one.subRun ? one.subRun + '/' : '') + one.tag }));
      const found = context.list().tags.filter(entry => entry.kind === 'scalar' && entry.runs.some(id => rows.has(id)))
        .map(entry => ({ id: 'm:' + entry.tag, tag: entry.tag, title: entry.tag })).filter(column => !named.some(one => one.id === column.id));
      return [...answer.names.map((title, index) => ({ id: 'h:' + title, title, index })), ...named, ...found];
    }

    // All hyperparameters that differ, and the experiment's metrics or else the first few tags.
    function chosenColumns() {
      const all = allColumns();
      const chosen = all.filter(column => state.get('columns').includes(column.id));
      if (chosen.length > 0) {
        return chosen;
      }
      const usual = answer.metrics.length > 0 ? answer.metrics.length : 4;
      return [...all.filter(column => column.index !== undefined), ...all.filter(column => column.tag !== undefined).slice(0, usual)];
    }

    function valueOf(row, column) {
      if (column.index !== undefined) {
        return row.values[column.index] ?? null;
      }
      return metrics.get(column.id)?.get(runOf(row, column))?.[state.get('trialValue')]?.value ?? null;
    }

    function rowsOf(shown) {
      const runs = new Map(filteredRuns(context.list().runs).map(run => [run.id, run]));
      const checked = isChecked();
      const colors = new Map(context.selectedRuns().map(run => [run.id, run.color]));
      return answer.rows.filter(row => runs.has(row.run)).map(row => {
        const run = runs.get(row.run);
        return { id: run.id, name: run.name, run, status: row.status, checked: checked(run), color: colors.get(run.id), values: shown.map(column => number(valueOf(row, column))) };
      });
    }

    function draw() {
      if (answer === null) {
        return;
      }
      const shown = chosenColumns();
      const filters = state.get('trialFilters').map(text => [text.slice(0, text.lastIndexOf('~')), filterOf(text.slice(text.lastIndexOf('~') + 1))]);
      const rows = rowsOf(shown);
      const passing = rows.filter(row => filters.every(([id, test]) => {
        const at = shown.findIndex(column => column.id === id);
        return at < 0 || test(row.values[at]);
      }));
      count.textContent = t('trials.count', passing.length, rows.length);
      clear.hidden = filters.length === 0;
      only.disabled = passing.length === 0;
      value.value = state.get('trialValue');
      parallel.show(shown, rows, new Set(passing.map(row => row.id)), highlight);
      table.show(shown, passing, highlight);
      showColumns(shown);
    }

    function showColumns(shown) {
      if (columnList.contains(document.activeElement)) {
        return;
      }
      const ids = new Set(shown.map(column => column.id));
      const all = allColumns();
      const boxes = some => some.map(column => h('label', { class: 'check' },
        h('input', { type: 'checkbox', checked: ids.has(column.id), onchange: event => choose(column, event.target.checked) }), h('bdi', {}, column.title.slice(0, 200))));
      fill(columnList, h('strong', {}, t('trials.hyperparameters')), boxes(all.filter(column => column.index !== undefined)), h('strong', {}, t('trials.metrics')), boxes(all.filter(column => column.tag !== undefined)));
    }

    async function choose(column, on) {
      const ids = new Set(chosenColumns().map(one => one.id));
      ids[on ? 'add' : 'delete'](column.id);
      state.set({ columns: allColumns().map(one => one.id).filter(id => ids.has(id)) });
      await load(new Set());
    }

    function setFilter(column, expression) {
      const rest = state.get('trialFilters').filter(text => text.slice(0, text.lastIndexOf('~')) !== column.id);
      state.set({ trialFilters: expression === '' ? rest : [...rest, column.id + '~' + expression.replaceAll('~', '')] });
    }

    // The curves then show what passed the filters.
    function showOnly() {
      const trials = table.rows();
      const ids = new Set(trials.map(row => row.id));
      checkRuns(context.list().runs, run => ids.has(run.id) || trials.some(trial => run.name.startsWith(pathBelow(trial.name))));
    }

    load();
    return {
      element,
      update(change) {
        if (change.highlight !== undefined) {
          highlight = change.highlight;
          parallel.highlight(highlight);
          table.highlight(highlight);
        }
        if (change.list || change.all) {
          load();
        } else if (change.runs.size > 0) {
          load(change.runs);
        }
        if (change.selection || change.theme || change.keys.size > 0) {
          schedule(key, draw);
        }
      },
      close() {
        closed = true;
        unschedule(key);
        parallel.close();
      },
    };
  },
};

// How names of a run's sub-runs begin. The run '.' is the directory itself.
function pathBelow(name) {
  return name === '.' ? '' : name + '/';
}

// Numbers that are not finite arrive as texts.
function number(value) {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
}
