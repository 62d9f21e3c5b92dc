// Draws what is seen of a graph as SVG: boxes in boxes, and edges between them.

import { s } from '../dom.js';
import { edgesOf } from './graphmodel.js';
import { layered } from './graphlayout.js';

const textHeight = 28;
const headHeight = 24;
const margin = 16;
const stub = 16;

/**
 * drawGraph(model, open, options) → { element, width, height, places: Map from box to its group }. options: select(box), toggle(box),
 * heat(box) → 0 … 1 or null, note(box) → text, label(box) → text read aloud.
 */
export function drawGraph(model, open, options) {
  const edges = edgesOf(model, open);
  const places = new Map();
  const drawn = drawScope(model.root, edges, open, options, places);
  const element = s('g', {}, drawn.content);
  return { element, width: drawn.width, height: drawn.height, places };
}

function drawScope(scope, edges, open, options, places) {
  const own = edges.get(scope) ?? { edges: [], entering: new Set(), leaving: new Set() };
  const boxes = scope.children.map(one => {
    const inner = open.has(one) ? drawScope(one, edges, open, options, places) : null;
    const note = options.note(one);
    const texts = Math.max(textWidth(one.label), textWidth(note) * 0.86);
    const width = Math.max(texts + (one.children === null ? 24 : 44), inner === null ? 60 : inner.width + 2 * margin);
    const height = inner === null ? (note === '' ? textHeight : textHeight + 14) : inner.height + headHeight + 2 * margin;
    return { one, inner, note, width, height };
  });
  const byBox = new Map(boxes.map(one => [one.one, one]));
  const lines = own.edges.map(edge => ({ ...edge, from: byBox.get(edge.from), to: byBox.get(edge.to) }));
  const { width, height, paths } = layered(boxes, lines);
  const content = [
    ...lines.map((edge, i) => drawEdge(edge, paths[i])),
    ...boxes.flatMap(one => [
      own.entering.has(one.one) ? stubOf(one.x - one.width / 4, one.y - one.height / 2 - stub, one.y - one.height / 2) : null,
      own.leaving.has(one.one) ? stubOf(one.x + one.width / 4, one.y + one.height / 2, one.y + one.height / 2 + stub) : null,
    ]),
    ...boxes.map(one => drawBox(one, options, places)),
  ];
  return { content, width, height };
}

function drawBox({ one, inner, note, width, height, x, y }, options, places) {
  const isScope = one.children !== null;
  const left = x - width / 2;
  const top = y - height / 2;
  const heat = options.heat(one);
  const group = s('g', {
    class: 'graph-box ' + (inner !== null ? 'graph-open' : isScope ? 'graph-scope' : 'graph-op'), transform: 'translate(' + left + ' ' + top + ')',
  });
  const body = s('g', {
    class: 'graph-body', tabindex: '0', role: 'button', 'aria-expanded': isScope ? inner !== null : null,
    onclick: event => press(event), onkeydown: event => (event.key === 'Enter' || event.key === ' ') && press(event),
  },
  s('title', {}, options.label(one)),
  s('rect', { width, height: inner === null ? height : headHeight + 6, rx: isScope ? 6 : Math.min(height / 2, 14) }),
  s('text', { x: isScope ? 26 : width / 2, y: inner !== null ? 17 : note === '' ? height / 2 + 4 : height / 2 - 2, 'text-anchor': isScope ? 'start' : 'middle' }, shortened(one.label)),
  isScope ? s('text', { class: 'graph-sign', x: 9, y: inner !== null ? 17 : note === '' ? height / 2 + 4 : height / 2 - 2 }, inner === null ? '+' : '−') : null,
  note === '' || inner !== null ? null : s('text', { class: 'graph-note', x: isScope ? 26 : width / 2, y: height / 2 + 13, 'text-anchor': isScope ? 'start' : 'middle' }, note));
  if (heat !== null && inner === null) {
    body.querySelector('rect').style.fill = 'color-mix(in oklab, var(--error) ' + Math.round(heat * 75) + '%, var(--surface))';
  }
  if (inner !== null) {
    group.append(s('rect', { class: 'graph-ground', width, height, rx: 6 }));
  }
  group.append(body);
  if (inner !== null) {
    group.append(s('g', { transform: 'translate(' + (width - inner.width) / 2 + ' ' + (headHeight + margin) + ')' }, inner.content));
  }

  function press(event) {
    event.preventDefault();
    event.stopPropagation();
    options.select(one);
    if (isScope) {
      options.toggle(one);
    }
  }

  places.set(one, { group, body, width, height });
  return group;
}

function drawEdge(edge, points) {
  const middle = points[Math.floor((points.length - 1) / 2)];
  const next = points[Math.floor((points.length - 1) / 2) + 1];
  const label = edge.shapes.size === 1 && edge.count === 1 ? [...edge.shapes][0] : edge.count > 1 ? edge.count + '×' : '';
  return s('g', { class: 'graph-edge' + (edge.control ? ' graph-control' : '') },
    s('path', { d: curve(points), 'stroke-width': Math.min(1 + Math.log2(edge.count), 5).toFixed(1) }),
    s('path', { class: 'graph-arrow', d: arrow(points) }),
    label === '' ? null : s('text', { x: (middle[0] + next[0]) / 2 + 4, y: (middle[1] + next[1]) / 2 + 3 }, label));
}

// From layer to layer, straight down at each place.
function curve(points) {
  return points.map(([x, y], i) => {
    if (i === 0) {
      return 'M' + round(x) + ' ' + round(y);
    }
    const [x0, y0] = points[i - 1];
    const half = (y - y0) / 2;
    return 'C' + [x0, y0 + half, x, y - half, x, y].map(round).join(' ');
  }).join('');
}

function arrow(points) {
  const [x, y] = points[points.length - 1];
  const sign = y >= points[points.length - 2][1] ? 1 : -1;
  return 'M' + round(x - 3.5) + ' ' + round(y - 6 * sign) + 'L' + round(x) + ' ' + round(y) + 'L' + round(x + 3.5) + ' ' + round(y - 6 * sign) + 'z';
}

function stubOf(x, from, to) {
  return s('line', { class: 'graph-stub', x1: round(x), x2: round(x), y1: round(from), y2: round(to) });
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function shortened(text) {
  return text.length > 40 ? text.slice(0, 18) + '…' + text.slice(-18) : text;
}

// About as wide as it will be; measuring thousands of texts takes seconds.
function textWidth(text) {
  let width = 0;
  for (const character of shortened(text)) {
    width += character > '\u2e80' ? 13 : 'iljtf.,:;|()[]/ '.includes(character) ? 4.5 : 'mwMW%@'.includes(character) ? 11.5 : 8;
  }
  return width;
}
