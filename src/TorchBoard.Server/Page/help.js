// The dialog of shortcuts and of what else there is, and the shortcuts themselves.

import { fill, h, iconButton } from './dom.js';
import { strings, t } from './i18n.js';

strings({
  en: {
    'help': 'Help and shortcuts', 'help.close': 'Close', 'help.keys': 'Keys', 'help.use': 'Keys without Ctrl do this', 'help.stock': 'Every dashboard, in stock TensorBoard',
    'help.stock.text': 'This page needs no Python. TensorBoard shows the same runs with:', 'help.chart': 'In a chart',
    'help.chart.drag': 'drag: zoom (sideways: all charts; a box: this chart)', 'help.chart.pan': 'Shift and drag: pan', 'help.chart.wheel': 'Ctrl and wheel: zoom', 'help.chart.touch': 'one finger sideways: pan; two: zoom; tap: read values', 'help.chart.reset': 'double click, 0 or Esc: show everything',
    'help.chart.keys': 'arrows: move the pointer; Shift and arrows: pan; + and −: zoom',
  },
  zh: {
    'help': '帮助与快捷键', 'help.close': '关闭', 'help.keys': '按键', 'help.use': '启用单键快捷键', 'help.stock': '在原版 TensorBoard 中查看所有面板',
    'help.stock.text': '本页面不需要 Python。用 TensorBoard 查看相同的运行:', 'help.chart': '在图表中',
    'help.chart.drag': '拖动:缩放(横向:所有图表;框选:仅此图表)', 'help.chart.pan': 'Shift + 拖动:平移', 'help.chart.wheel': 'Ctrl + 滚轮:缩放', 'help.chart.touch': '单指横向:平移;双指:缩放;轻点:读取数值', 'help.chart.reset': '双击、0 或 Esc:显示全部',
    'help.chart.keys': '方向键:移动指针;Shift + 方向键:平移;+ 和 −:缩放',
  },
});

const key = 'torchboard.keys';

/**
 * createHelp(shortcuts, list) → { element, open() }. shortcuts: [{ key, label, run }]; list() is the last answer of /api/runs. A key acts unless a person types
 * in a field; keys can be turned off, since they disturb those who speak to their computer.
 */
export function createHelp(shortcuts, list) {
  let enabled = saved();
  const body = h('div', { class: 'help-body' });
  const element = h('dialog', { class: 'help', 'aria-labelledby': 'help-title' },
    h('div', { class: 'dialog-head' }, h('h2', { id: 'help-title' }, t('help')), iconButton('close', t('help.close'), () => element.close())),
    body);
  element.addEventListener('click', event => {
    if (event.target === element) {
      element.close();
    }
  });

  document.addEventListener('keydown', event => {
    if (!enabled || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target) || element.open) {
      return;
    }
    const shortcut = shortcuts.find(one => one.key === event.key);
    if (shortcut !== undefined) {
      event.preventDefault();
      shortcut.run();
    }
  });

  return {
    element,
    open() {
      const use = h('input', { type: 'checkbox', checked: enabled, onchange: () => (enabled = save(use.checked)) });
      fill(body,
        h('h3', {}, t('help.keys')),
        h('dl', {}, shortcuts.map(one => [h('dt', {}, h('kbd', {}, one.key)), h('dd', {}, one.label)])),
        h('label', { class: 'check' }, use, t('help.use')),
        h('h3', {}, t('help.chart')),
        h('ul', {}, ['drag', 'pan', 'wheel', 'touch', 'reset', 'keys'].map(one => h('li', {}, t('help.chart.' + one)))),
        h('h3', {}, t('help.stock')),
        h('p', {}, t('help.stock.text')),
        h('pre', { tabindex: '0' }, "pip install tensorboard 'setuptools<81'\n" + (list().command ?? 'tensorboard --logdir ' + quoted(list().location ?? '.')) + '\n'),
        h('p', {}, h('a', { href: 'https://www.tensorflow.org/tensorboard', rel: 'noreferrer noopener', target: '_blank' }, 'tensorflow.org/tensorboard')));
      element.showModal();
    },
  };
}

function isTyping(target) {
  return target.closest?.('input:not([type=checkbox]):not([type=range]), select, textarea') !== null;
}

// As a shell takes it.
function quoted(text) {
  return /^[\w@%+=:,.\/-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";
}

function saved() {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

function save(on) {
  try {
    localStorage.setItem(key, on ? 'on' : 'off');
  } catch {
    // A page opened from a file may have no storage.
  }
  return on;
}
