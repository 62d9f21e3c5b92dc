// What this page does not draw, with the command that shows it.

import { fill, h, name } from '../dom.js';
import { strings, t } from '../i18n.js';

strings({
  en: {
    'other.text': 'This page does not draw these tags. Stock TensorBoard shows those that name a dashboard, with this command:', 'other.tag': 'Tag', 'other.kind': 'Kind', 'other.where': 'Shown by', 'other.runs': 'Runs',
    'other.customScalars': 'Layout of custom scalars', 'other.tensor': 'Tensor', 'other.other': 'Plugin {0}',
    'other.dashboard': 'TensorBoard, dashboard {0}', 'other.numbers': 'torchboard export, and RunLog.Tensors in a program', 'other.plugin': 'TensorBoard with the plugin {0}',
  },
  zh: {
    'other.text': '本页不绘制这些标签。用此命令打开的 TensorBoard 会显示其中注明面板的标签:', 'other.tag': '标签', 'other.kind': '类型', 'other.where': '显示于', 'other.runs': '运行',
    'other.customScalars': '自定义标量布局', 'other.tensor': '张量', 'other.other': '插件 {0}',
    'other.dashboard': 'TensorBoard 的 {0} 面板', 'other.numbers': 'torchboard export,或程序中的 RunLog.Tensors', 'other.plugin': '带有插件 {0} 的 TensorBoard',
  },
});

const kinds = ['customScalars', 'tensor', 'other'];

export const section = {
  id: 'other',
  create(context) {
    const body = h('tbody', {});
    const command = h('pre', { tabindex: '0' });
    const element = h('div', { class: 'plain' },
      h('p', {}, t('other.text')), command,
      h('div', { class: 'table-place', tabindex: '0', role: 'group', 'aria-label': t('other') },
        h('table', { class: 'plain-table' },
          h('thead', {}, h('tr', {}, ['other.tag', 'other.kind', 'other.where', 'other.runs'].map(key => h('th', { scope: 'col' }, t(key))))), body)));

    function show() {
      const { tags, location, command: given } = context.list();
      command.textContent = given ?? 'tensorboard --logdir ' + (location ?? '.');
      fill(body, tags.filter(entry => kinds.includes(entry.kind)).map(entry => h('tr', {},
        h('td', {}, name(entry.tag)), h('td', {}, kindOf(entry)), h('td', {}, placeOf(entry)), h('td', { class: 'number' }, entry.runs.length))));
    }

    show();
    return { element, update: change => (change.list || change.all) && show(), close() {} };
  },
};

function kindOf(entry) {
  return entry.kind !== 'other' ? t('other.' + entry.kind) : t('other.other', entry.plugin.slice(0, 100));
}

function placeOf(entry) {
  switch (entry.kind === 'other' ? entry.plugin : entry.kind) {
    case 'customScalars': return t('other.dashboard', 'Custom Scalars');
    case 'tensor': return t('other.numbers');
    default: return t('other.plugin', entry.plugin.slice(0, 100));
  }
}
