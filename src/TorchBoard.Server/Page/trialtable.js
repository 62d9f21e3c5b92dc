// Trials as a table: sorted by a click on a column's head, filtered by what is written below it.

import { fill, h, name, path } from './dom.js';
import { cellText, compareCells } from './trialcells.js';
import { checkRuns, isChecked } from './selection.js';
import { strings, t } from './i18n.js';
import { swatch } from './runs.js';

strings({
  en: { 'table': 'Trials', 'table.run': 'Run', 'table.status': 'Status', 'table.filter': 'Filter {0}: 0.1..0.5, >1 or a text', 'table.show': 'Show {0} in the curves', 'table.none': 'No trial passes the filters.', 'status.success': 'success', 'status.failure': 'failed', 'status.running': 'running', 'status.unknown': 'unknown' },
  zh: { 'table': '试验', 'table.run': '运行', 'table.status': '状态', 'table.filter': '筛选 {0}:0.1..0.5、>1 或文本', 'table.show': '在曲线中显示 {0}', 'table.none': '没有试验符合筛选条件。', 'status.success': '成功', 'status.failure': '失败', 'status.running': '运行中', 'status.unknown': '未知' },
});

/** createTrialTable(context, setFilter) → { element, show(columns, rows, highlight), highlight(id), rows() }. */
export function createTrialTable(context, setFilter) {
  const { state } = context;
  const head = h('thead');
  const body = h('tbody');
  const element = h('div', { class: 'trials', tabindex: '0', role: 'region', 'aria-label': t('table') }, h('table', {}, head, body));
  let shown = '';
  let sorted = [];

  // The head has fields that a person may be typing in: it is only built again for other columns.
  function showHead(columns) {
    const next = JSON.stringify(columns.map(column => column.id));
    if (next !== shown) {
      shown = next;
      fill(head,
        h('tr', {}, headOf({ id: 'run', title: t('table.run') }), headOf({ id: 'status', title: t('table.status') }), columns.map(headOf)),
        h('tr', { class: 'filters' }, h('td'), h('td'), columns.map(filterOfColumn)));
    }
    const [sort, down] = sortOf();
    for (const cell of head.querySelectorAll('th')) {
      cell.setAttribute('aria-sort', cell.dataset.column !== sort ? 'none' : down ? 'descending' : 'ascending');
    }
    const filters = new Map(state.get('trialFilters').map(text => [text.slice(0, text.lastIndexOf('~')), text.slice(text.lastIndexOf('~') + 1)]));
    for (const input of head.querySelectorAll('input')) {
      if (input !== document.activeElement) {
        input.value = filters.get(input.dataset.column) ?? '';
      }
    }
  }

  function headOf(column) {
    return h('th', { scope: 'col', 'data-column': column.id }, h('button', { type: 'button', onclick: () => sortBy(column.id) }, name(column.title)));
  }

  function filterOfColumn(column) {
    const label = t('table.filter', column.title.slice(0, 100));
    const input = h('input', { type: 'search', 'aria-label': label, title: label, 'data-column': column.id, oninput: () => setFilter(column, input.value) });
    return h('td', {}, input);
  }

  function sortOf() {
    const sort = state.get('trialSort');
    return sort.startsWith('-') ? [sort.slice(1), true] : [sort, false];
  }

  function sortBy(id) {
    const [sort, down] = sortOf();
    state.set({ trialSort: sort !== id ? id : down ? '' : '-' + id });
  }

  function order(columns, rows) {
    const [sort, down] = sortOf();
    const at = columns.findIndex(column => column.id === sort);
    if (sort === 'run' || sort === 'status') {
      return [...rows].sort((a, b) => (down ? -1 : 1) * compareCells(a[sort === 'run' ? 'name' : 'status'], b[sort === 'run' ? 'name' : 'status']));
    }
    // What is empty stays at the end, also downwards.
    const empty = value => value === null || Number.isNaN(value);
    return at < 0 ? rows : [...rows].sort((a, b) => empty(a.values[at]) || empty(b.values[at]) ? compareCells(a.values[at], b.values[at]) : (down ? -1 : 1) * compareCells(a.values[at], b.values[at]));
  }

  function rowOf(row) {
    const box = h('input', {
      type: 'checkbox', checked: row.checked, 'aria-label': t('table.show', row.name.slice(0, 200)),
      onchange: () => {
        const checked = isChecked();
        checkRuns(context.list().runs, run => run.id === row.id ? box.checked : checked(run));
      },
    });
    return h('tr', { 'data-run': row.id, onpointerenter: () => context.changed({ highlight: row.id }), onpointerleave: () => context.changed({ highlight: null }) },
      h('th', { scope: 'row' }, h('span', { class: 'check' }, box, swatch(row.color ?? 'var(--border)'), path(row.name))),
      h('td', { class: 'status-' + row.status }, t('status.' + row.status)),
      row.values.map(value => h('td', { class: typeof value === 'number' ? 'number' : null }, typeof value === 'string' ? name(value) : cellText(value))));
  }

  return {
    element,
    show(columns, rows, highlight) {
      showHead(columns);
      sorted = order(columns, rows);
      fill(body, sorted.length === 0 ? h('tr', {}, h('td', { colspan: columns.length + 2, class: 'empty' }, t('table.none'))) : sorted.map(rowOf));
      this.highlight(highlight);
    },
    highlight(id) {
      for (const row of body.children) {
        row.classList.toggle('lit', Number(row.dataset.run) === id);
      }
    },
    rows: () => sorted,
  };
}
