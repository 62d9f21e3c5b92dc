// The panel of runs, which is also the legend of all charts: filter, check boxes, colors, groups of seeds.

import { fill, h, path } from './dom.js';
import { strings, t } from './i18n.js';
import { matcher } from './regex.js';
import { checkRuns, filteredRuns, isChecked, runColors } from './selection.js';

strings({
  en: {
    'runs': 'Runs', 'runs.filter': 'Filter runs (regex)', 'runs.count': '{0} of {1}', 'runs.all': 'All', 'runs.none': 'None',
    'runs.only': 'Only this run', 'runs.group': 'Mean of seeds', 'runs.group.off': 'Each run by itself', 'runs.group.number': 'Without trailing number',
    'runs.group.expression': 'By regular expression', 'runs.groupBy': 'Part of the name that runs of a group share',
    'runs.list': 'Runs, up and down arrows move between them', 'runs.empty': 'No run matches the filter.', 'runs.invalid': 'Not a regular expression: {0}',
  },
  zh: {
    'runs': '运行', 'runs.filter': '筛选运行(正则)', 'runs.count': '{0} / {1}', 'runs.all': '全选', 'runs.none': '全不选',
    'runs.only': '仅此运行', 'runs.group': '种子均值', 'runs.group.off': '每个运行单独显示', 'runs.group.number': '去掉末尾数字',
    'runs.group.expression': '按正则表达式', 'runs.groupBy': '同组运行名称的共同部分',
    'runs.list': '运行,用上下箭头移动', 'runs.empty': '没有匹配的运行。', 'runs.invalid': '不是正则表达式:{0}',
  },
});

/** createRunsPanel(context) → { element, update(change), focus() }. */
export function createRunsPanel(context) {
  const { state } = context;
  const count = h('span', { class: 'count' });
  const filter = filterInput(t('runs.filter'), state.get('runs'), value => state.set({ runs: value }), 'runs-filter');
  const list = createList(context);
  const groupBy = filterInput(t('runs.groupBy'), state.get('groupBy'), value => state.set({ groupBy: value }), 'runs-group-by');
  const group = h('select', { id: 'runs-group', onchange: () => state.set({ group: group.value }) },
    ['', 'number', 'expression'].map(value => h('option', { value }, t('runs.group.' + (value || 'off')))));

  const element = h('aside', { class: 'runs', id: 'runs', 'aria-label': t('runs') },
    h('div', { class: 'runs-head' },
      h('h2', {}, t('runs'), ' ', count),
      h('button', { type: 'button', onclick: () => check(true) }, t('runs.all')),
      h('button', { type: 'button', onclick: () => check(false) }, t('runs.none'))),
    filter.element,
    list.element,
    h('div', { class: 'runs-foot' },
      h('label', { for: 'runs-group' }, t('runs.group')), group, groupBy.element));

  // All or none of those that match the filter; the others stay as they are.
  function check(on) {
    const matching = new Set(filteredRuns(context.list().runs).map(run => run.id));
    const checked = isChecked();
    checkRuns(context.list().runs, run => matching.has(run.id) ? on : checked(run));
  }

  function show() {
    count.textContent = t('runs.count', context.selectedRuns().length, context.list().runs.length);
    filter.set(state.get('runs'));
    groupBy.set(state.get('groupBy'));
    group.value = state.get('group');
    groupBy.element.hidden = group.value !== 'expression';
    list.show();
  }

  show();
  return {
    element,
    update(change) {
      if (change.list || change.selection) {
        show();
      }
    },
    focus: () => filter.focus(),
  };
}

/** An input for a regular expression that says what is wrong with it: { element, set(value), focus() }. */
export function filterInput(label, value, onchange, id) {
  const note = h('span', { class: 'note error', id: id + '-note', role: 'status' });
  const input = h('input', {
    type: 'search', id, value, placeholder: label, 'aria-label': label, 'aria-describedby': id + '-note', autocomplete: 'off', spellcheck: 'false',
    oninput: () => {
      check();
      onchange(input.value);
    },
  });

  function check() {
    const { error } = matcher(input.value);
    input.setAttribute('aria-invalid', error !== null);
    note.textContent = error === null ? '' : t('runs.invalid', error);
  }

  check();
  return {
    element: h('div', { class: 'filter' }, input, note),
    set(next) {
      if (input.value !== next) {
        input.value = next;
        check();
      }
    },
    focus() {
      input.focus();
      input.select();
    },
  };
}

const rowHeight = 30;

// Only the rows that are seen exist: a thousand runs cost as much as thirty.
function createList(context) {
  const space = h('div', { class: 'runs-space' });
  const element = h('div', { class: 'runs-list', role: 'group', 'aria-label': t('runs.list'), tabindex: '-1' }, space);
  let rows = [];
  let current = 0;
  let from = -1;
  let to = -1;

  function show() {
    const colors = runColors(context.list().runs);
    const checked = isChecked();
    rows = filteredRuns(context.list().runs).map(run => ({ run, color: colors.get(run.id), checked: checked(run) }));
    current = Math.min(current, Math.max(0, rows.length - 1));
    space.style.height = rows.length * rowHeight + 'px';
    from = to = -1;
    draw();
  }

  function draw() {
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - 4);
    const last = Math.min(rows.length, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + 4);
    if (first === from && last === to) {
      return;
    }
    from = first;
    to = last;
    const focused = space.contains(document.activeElement);
    fill(space, rows.length === 0 ? h('p', { class: 'empty' }, t('runs.empty')) : rows.slice(first, last).map((row, i) => rowOf(row, first + i)));
    if (focused) {
      focusRow(current);
    }
  }

  function rowOf(row, index) {
    const box = h('input', {
      type: 'checkbox', checked: row.checked, 'aria-label': row.run.name.slice(0, 300), tabindex: index === current ? '0' : '-1', 'data-index': index,
      onchange: () => toggle(row.run, box.checked),
      onfocus: () => (current = index),
    });
    box.style.accentColor = row.color;
    const element = h('div', { class: 'run-row', onpointerenter: () => context.changed({ highlight: row.run.id }), onpointerleave: () => context.changed({ highlight: null }) },
      h('label', {}, box, swatch(row.color), path(row.run.name)),
      h('button', { type: 'button', class: 'only', tabindex: '-1', title: t('runs.only'), 'aria-label': t('runs.only') + ': ' + row.run.name.slice(0, 200), onclick: () => only(row.run) }, '◉'));
    element.style.top = index * rowHeight + 'px';
    return element;
  }

  function toggle(run, on) {
    const checked = isChecked();
    checkRuns(context.list().runs, other => other.id === run.id ? on : checked(other));
  }

  function only(run) {
    checkRuns(context.list().runs, other => other.id === run.id);
  }

  function focusRow(index) {
    space.querySelector('input[data-index="' + index + '"]')?.focus({ preventScroll: true });
  }

  element.addEventListener('scroll', draw);
  new ResizeObserver(draw).observe(element);
  element.addEventListener('keydown', event => {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length }[event.key];
    if (move !== undefined && rows.length > 0) {
      event.preventDefault();
      current = Math.max(0, Math.min(rows.length - 1, current + move));
      const top = current * rowHeight;
      element.scrollTop = Math.min(top, Math.max(element.scrollTop, top + rowHeight - element.clientHeight));
      from = -1;
      draw();
      focusRow(current);
    } else if (event.key === 'o' && rows.length > 0) {
      event.stopPropagation();
      only(rows[current].run);
    }
  });

  return { element, show };
}

/** A small square of a run's color. */
export function swatch(color) {
  const element = h('span', { class: 'swatch' });
  element.style.background = color;
  return element;
}
