// Layers: what a box needs is above it. The boxes of a layer are ordered by the middles of their neighbors, and placed as near
// to them as there is room.

const gapX = 22;
const gapY = 44;
const sweeps = 8;
// Long edges get a place in each layer between their ends, unless there are too many.
const mostBends = 3000;

/**
 * layered(boxes, edges) → { width, height, paths }. boxes have width and height and get x and y (of their middle). edges are
 * { from, to } of boxes; paths are lists of [x, y] in their order.
 */
export function layered(boxes, edges) {
  const items = new Map(boxes.map(one => [one, { box: one, width: one.width, height: one.height, ups: [], downs: [], layer: 0, x: 0 }]));
  const kept = acyclic(boxes, edges);
  assignLayers(boxes, kept, items);
  const layers = [];
  const put = item => (layers[item.layer] ??= []).push(item);
  boxes.forEach(one => put(items.get(one)));

  const chains = new Map();
  const bends = kept.reduce((sum, { from, to }) => sum + items.get(to).layer - items.get(from).layer - 1, 0);
  for (const { edge, from, to } of kept) {
    const chain = [items.get(from)];
    for (let layer = chain[0].layer + 1; bends <= mostBends && layer < items.get(to).layer; layer++) {
      const bend = { box: null, width: 6, height: 0, ups: [], downs: [], layer, x: 0 };
      put(bend);
      chain.push(bend);
    }
    chain.push(items.get(to));
    for (let i = 1; i < chain.length; i++) {
      chain[i - 1].downs.push(chain[i]);
      chain[i].ups.push(chain[i - 1]);
    }
    chains.set(edge, from === edge.from ? chain : [...chain].reverse());
  }

  order(layers);
  place(layers);
  return finish(layers, edges, chains);
}

// Without edges back: those are turned around.
function acyclic(boxes, edges) {
  const outgoing = new Map(boxes.map(one => [one, []]));
  edges.forEach(edge => outgoing.get(edge.from).push(edge));
  const state = new Map();
  const kept = [];
  for (const start of boxes) {
    const stack = state.has(start) ? [] : [[start, 0]];
    state.set(start, state.get(start) ?? 'open');
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const edge = outgoing.get(top[0])[top[1]++];
      if (edge === undefined) {
        state.set(top[0], 'done');
        stack.pop();
      } else if (state.get(edge.to) === 'open') {
        kept.push({ edge, from: edge.to, to: edge.from });
      } else {
        kept.push({ edge, from: edge.from, to: edge.to });
        if (!state.has(edge.to)) {
          state.set(edge.to, 'open');
          stack.push([edge.to, 0]);
        }
      }
    }
  }
  return kept;
}

// As far down as the longest path to it; then inputs move down to what uses them first.
function assignLayers(boxes, edges, items) {
  const waiting = new Map(boxes.map(one => [one, 0]));
  const downs = new Map(boxes.map(one => [one, []]));
  for (const { from, to } of edges) {
    waiting.set(to, waiting.get(to) + 1);
    downs.get(from).push(to);
  }
  const ready = boxes.filter(one => waiting.get(one) === 0);
  const hasInput = new Set(boxes.filter(one => waiting.get(one) > 0));
  for (let i = 0; i < ready.length; i++) {
    for (const next of downs.get(ready[i])) {
      items.get(next).layer = Math.max(items.get(next).layer, items.get(ready[i]).layer + 1);
      waiting.set(next, waiting.get(next) - 1);
      if (waiting.get(next) === 0) {
        ready.push(next);
      }
    }
  }
  for (const one of ready) {
    if (!hasInput.has(one) && downs.get(one).length > 0) {
      items.get(one).layer = Math.min(...downs.get(one).map(next => items.get(next).layer)) - 1;
    }
  }
}

function order(layers) {
  const number = () => layers.forEach(layer => layer.forEach((item, index) => (item.index = index)));
  number();
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) {
      const middle = item => {
        const near = down ? item.ups : item.downs;
        return near.length === 0 ? item.index : near.reduce((sum, other) => sum + other.index, 0) / near.length;
      };
      const keys = new Map(layer.map(item => [item, middle(item)]));
      layer.sort((a, b) => keys.get(a) - keys.get(b) || a.index - b.index);
      layer.forEach((item, index) => (item.index = index));
    }
  }
}

function place(layers) {
  for (const layer of layers) {
    let x = 0;
    for (const item of layer) {
      item.x = x + item.width / 2;
      x += item.width + gapX;
    }
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) {
      settle(layer, layer.map(item => {
        const near = (down ? item.ups : item.downs);
        return near.length === 0 ? item.x : near.reduce((sum, other) => sum + other.x, 0) / near.length;
      }));
    }
  }
}

// Places the items of a layer as near as possible to where they want to be, without overlaps, in their order: neighbors that
// want to pass each other move together.
function settle(layer, wanted) {
  let offset = 0;
  const blocks = [];
  layer.forEach((item, i) => {
    if (i > 0) {
      offset += (layer[i - 1].width + item.width) / 2 + gapX;
    }
    item.offset = offset;
    let block = { items: [item], sum: wanted[i] - offset };
    while (blocks.length > 0 && mean(blocks[blocks.length - 1]) > mean(block)) {
      const before = blocks.pop();
      block = { items: before.items.concat(block.items), sum: before.sum + block.sum };
    }
    blocks.push(block);
  });
  for (const block of blocks) {
    block.items.forEach(item => (item.x = mean(block) + item.offset));
  }
}

function mean(block) {
  return block.sum / block.items.length;
}

function finish(layers, edges, chains) {
  let left = Infinity;
  let right = -Infinity;
  let y = 0;
  layers.forEach((layer, index) => {
    const height = Math.max(...layer.map(item => item.height));
    layer.forEach(item => {
      item.y = y + height / 2;
      left = Math.min(left, item.x - item.width / 2);
      right = Math.max(right, item.x + item.width / 2);
    });
    y += height + (index < layers.length - 1 ? gapY : 0);
  });
  for (const item of layers.flat()) {
    item.x -= left;
    if (item.box !== null) {
      item.box.x = item.x;
      item.box.y = item.y;
    }
  }
  const paths = edges.map(edge => {
    const chain = chains.get(edge);
    const up = chain[0].layer > chain[chain.length - 1].layer;
    return chain.map((item, i) => [item.x, item.y + (i === 0 ? 1 : i === chain.length - 1 ? -1 : 0) * (up ? -1 : 1) * item.height / 2]);
  });
  return { width: Number.isFinite(left) ? right - left : 0, height: y, paths };
}
