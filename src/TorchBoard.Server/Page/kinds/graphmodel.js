// A graph as a tree of scopes by the slashes of names, and the edges between what is seen of it.

// More boxes of one scope are not looked at together: they are put into groups.
const mostChildren = 150;

/** The tree: { root, byName, nodes }. A box has name, label, parent, children (of a scope), node (of an operation), count, micros, bytes. */
export function createModel(nodes, usage) {
  const root = box('', '', null);
  const byName = new Map();
  const scopes = new Map([['', root]]);
  const names = new Set();
  for (const node of nodes) {
    for (let at = node.name.indexOf('/'); at > 0; at = node.name.indexOf('/', at + 1)) {
      names.add(node.name.slice(0, at));
    }
  }

  function scopeOf(path) {
    let scope = scopes.get(path);
    if (scope === undefined) {
      const at = path.lastIndexOf('/');
      const parent = scopeOf(at < 0 ? '' : path.slice(0, at));
      scope = box(path, path.slice(at + 1), parent);
      parent.children.push(scope);
      scopes.set(path, scope);
    }
    return scope;
  }

  nodes.forEach((node, order) => {
    const at = node.name.lastIndexOf('/');
    // An operation that has the name of a scope is in it.
    const isScope = names.has(node.name);
    const parent = scopeOf(isScope ? node.name : at < 0 ? '' : node.name.slice(0, at));
    const label = isScope ? '(' + node.name.slice(at + 1) + ')' : node.name.slice(at + 1);
    const one = { name: node.name, label, parent, children: null, node, order, count: 1, micros: usage.get(node.name)?.micros ?? 0, bytes: usage.get(node.name)?.bytes ?? 0, outputs: [], inputs: [] };
    parent.children.push(one);
    byName.set(node.name, one);
  });

  for (const one of byName.values()) {
    for (const input of one.node.inputs ?? []) {
      const control = input.startsWith('^');
      const [, source, slot] = /^\^?(.*?)(?::(\d+))?$/s.exec(input);
      const from = byName.get(source);
      if (from !== undefined) {
        const edge = { from, to: one, control, shape: control ? undefined : from.node.shapes?.[Number(slot ?? 0)] };
        from.outputs.push(edge);
        one.inputs.push(edge);
      }
    }
  }

  divide(root);
  sum(root);
  return { root, byName, scopes };
}

function box(name, label, parent) {
  return { name, label, parent, children: [], node: null, order: 0, count: 0, micros: 0, bytes: 0 };
}

// Puts the children of large scopes into groups, in the order of the file.
function divide(scope) {
  while (scope.children.length > mostChildren) {
    const size = Math.max(2, Math.ceil(scope.children.length / mostChildren), Math.min(mostChildren, Math.ceil(Math.sqrt(scope.children.length))));
    const groups = [];
    for (let at = 0; at < scope.children.length; at += size) {
      const members = scope.children.slice(at, at + size);
      const group = box(scope.name + '/[' + at + ']', members[0].label + ' … ' + members[members.length - 1].label, scope);
      group.children = members;
      members.forEach(member => (member.parent = group));
      groups.push(group);
    }
    scope.children = groups;
  }
  scope.children.forEach(child => child.children !== null && divide(child));
}

function sum(scope) {
  for (const child of scope.children) {
    if (child.children !== null) {
      sum(child);
    }
    scope.count += child.count;
    scope.micros += child.micros;
    scope.bytes += child.bytes;
  }
}

/** The scopes that are open at first: those that are alone in theirs. */
export function firstOpen(root) {
  const open = new Set();
  let scope = root;
  while (scope.children.length === 1 && scope.children[0].children !== null) {
    scope = scope.children[0];
    open.add(scope);
  }
  return open;
}

/**
 * The edges of each open scope, between its children: a Map from scope to { edges: [{ from, to, count, shapes, control }], entering,
 * leaving } where the last two are the children that edges reach from or leave to the outside.
 */
export function edgesOf(model, open) {
  const result = new Map();
  const of = scope => {
    let found = result.get(scope);
    if (found === undefined) {
      found = { edges: [], byPair: new Map(), entering: new Set(), leaving: new Set() };
      result.set(scope, found);
    }
    return found;
  };

  for (const target of model.byName.values()) {
    for (const edge of target.inputs) {
      const from = seen(edge.from, open, model.root);
      const to = seen(edge.to, open, model.root);
      if (from === to) {
        continue;
      }
      const above = new Set(ancestors(from));
      let end = to;
      while (!above.has(end.parent)) {
        of(end.parent).entering.add(end);
        end = end.parent;
      }
      let start = from;
      while (start.parent !== end.parent) {
        of(start.parent).leaving.add(start);
        start = start.parent;
      }
      add(of(end.parent), start, end, edge);
    }
  }
  return result;
}

function add(scope, from, to, edge) {
  const ends = scope.byPair.get(from) ?? new Map();
  scope.byPair.set(from, ends);
  let found = ends.get(to);
  if (found === undefined) {
    found = { from, to, count: 0, shapes: new Set(), control: true };
    ends.set(to, found);
    scope.edges.push(found);
  }
  found.count++;
  found.control &&= edge.control;
  if (edge.shape !== undefined) {
    found.shapes.add(edge.shape);
  }
}

// The innermost box that is drawn for one: the outermost scope around it that is closed, or itself.
function seen(one, open, root) {
  let found = one;
  for (let at = one.parent; at !== root && at !== null; at = at.parent) {
    if (!open.has(at)) {
      found = at;
    }
  }
  return found;
}

function ancestors(one) {
  const list = [];
  for (let at = one.parent; at !== null; at = at.parent) {
    list.push(at);
  }
  return list;
}
