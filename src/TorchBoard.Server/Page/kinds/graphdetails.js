// What there is to know of a box of a graph.

import { fill, h, name } from '../dom.js';
import { exact, rounded } from '../format.js';
import { strings, t } from '../i18n.js';

strings({
  en: {
    'graph.none': 'Choose a box to see its shapes, attributes and neighbors.', 'graph.op': 'Operation', 'graph.type': 'Type', 'graph.device': 'Device', 'graph.shapes': 'Shapes', 'graph.time': 'Time', 'graph.memory': 'Memory', 'graph.attributes': 'Attributes', 'graph.inputs': 'Inputs ({0})',
    'graph.outputs': 'Outputs ({0})', 'graph.nodes': 'Operations', 'graph.ops': 'Most frequent', 'graph.rest': 'and {0} more', 'graph.control': 'control', 'graph.bytes': '{0} bytes',
  },
  zh: {
    'graph.none': '选择一个方框以查看其形状、属性和相邻节点。', 'graph.op': '运算', 'graph.type': '类型', 'graph.device': '设备', 'graph.shapes': '形状', 'graph.time': '时间', 'graph.memory': '内存', 'graph.attributes': '属性', 'graph.inputs': '输入({0})',
    'graph.outputs': '输出({0})', 'graph.nodes': '运算数', 'graph.ops': '最常见', 'graph.rest': '还有 {0} 个', 'graph.control': '控制', 'graph.bytes': '{0} 字节',
  },
});

const mostNeighbors = 50;

/** createDetails(go) → { element, show(box) }; go(box) shows another one. */
export function createDetails(go) {
  const element = h('aside', { class: 'graph-details', tabindex: '0', 'aria-live': 'polite' }, h('p', { class: 'note' }, t('graph.none')));
  return {
    element,
    show(box) {
      if (box === null) {
        fill(element, h('p', { class: 'note' }, t('graph.none')));
        return;
      }
      const usage = [box.micros > 0 ? row('graph.time', micros(box.micros)) : null, box.bytes > 0 ? row('graph.memory', t('graph.bytes', exact(box.bytes))) : null];
      fill(element, h('h2', {}, name(box.name || box.label)), box.node === null ? scope(box, usage) : operation(box, usage, go));
    },
  };
}

/** A time as 3.2 ms. */
export function micros(value) {
  return value >= 1e6 ? rounded(value / 1e6) + ' s' : value >= 1e3 ? rounded(value / 1e3) + ' ms' : rounded(value) + ' µs';
}

function operation(box, usage, go) {
  const { node } = box;
  return [
    h('dl', {}, row('graph.op', node.op), node.type ? row('graph.type', node.type) : null, node.shapes ? row('graph.shapes', node.shapes.join(', ')) : null, node.device ? row('graph.device', node.device) : null, usage),
    node.attributes ? [h('h3', {}, t('graph.attributes')), h('dl', {}, node.attributes.map(([key, value]) => [h('dt', {}, name(key)), h('dd', {}, name(value))]))] : null,
    neighbors('graph.inputs', box.inputs, edge => edge.from, go),
    neighbors('graph.outputs', box.outputs, edge => edge.to, go),
  ];
}

function neighbors(title, edges, of, go) {
  return edges.length === 0 ? null : [
    h('h3', {}, t(title, edges.length)),
    h('ul', {}, edges.slice(0, mostNeighbors).map(edge => h('li', {},
      h('button', { type: 'button', class: 'link', onclick: () => go(of(edge)) }, name(of(edge).name)),
      edge.control || edge.shape !== undefined ? h('span', { class: 'count' }, ' ' + (edge.control ? t('graph.control') : edge.shape)) : null)),
    edges.length > mostNeighbors ? h('li', { class: 'count' }, t('graph.rest', edges.length - mostNeighbors)) : null),
  ];
}

function scope(box, usage) {
  const ops = new Map();
  const stack = [box];
  while (stack.length > 0) {
    const one = stack.pop();
    if (one.children === null) {
      ops.set(one.node.op, (ops.get(one.node.op) ?? 0) + 1);
    } else {
      stack.push(...one.children);
    }
  }
  const most = [...ops].sort((a, b) => b[1] - a[1]).slice(0, 8);
  return h('dl', {}, row('graph.nodes', exact(box.count)), row('graph.ops', most.map(([op, count]) => op + ' ' + count + '×').join(', ')), usage);
}

function row(key, value) {
  return [h('dt', {}, t(key)), h('dd', {}, name(String(value)))];
}
