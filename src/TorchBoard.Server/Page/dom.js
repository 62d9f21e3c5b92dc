// Builds elements. Text of a run becomes a text node or an attribute here and never HTML.

const svgNamespace = 'http://www.w3.org/2000/svg';

/** h('button', { class: 'x', onclick: f, disabled: true }, 'text', child, [children]): an element. */
export function h(name, attributes, ...children) {
  return build(document.createElement(name), attributes, children);
}

/** The same for elements of SVG. */
export function s(name, attributes, ...children) {
  return build(document.createElementNS(svgNamespace, name), attributes, children);
}

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('aria-') && typeof value === 'boolean') {
      element.setAttribute(name, String(value));
      continue;
    }
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'value' || name === 'checked') {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  append(element, children);
  return element;
}

/** Adds children: nodes, strings, numbers or lists of them; null and false are left out. */
export function append(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) {
      element.append(child);
    }
  }
}

/** Replaces all children. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/**
 * Text of a run: set apart from the text around it, so that marks of direction in it reverse nothing else. The title
 * shows what does not fit.
 */
export function name(text, attributes) {
  return h('bdi', { title: text.length > 300 ? text.slice(0, 300) + '…' : text, ...attributes }, text.slice(0, 2000));
}

/**
 * A path such as a run's name: what is before the last slash gives way first where there is no room, then the middle of the
 * rest, because names of runs often differ only at their end.
 */
export function path(text) {
  const at = text.lastIndexOf('/') + 1;
  const end = endOf(text.slice(at));
  if (at === 0 && end === '') {
    return name(text);
  }
  const part = (some, which) => some === '' ? null : h('span', { class: which }, some.slice(0, 1000));
  // The first part is to the right in a name that is read from there.
  return h('bdi', { class: 'path', title: text.slice(0, 300) }, part(text.slice(0, at), 'folder'), part(text.slice(at, text.length - end.length), 'start'), part(end, 'end'));
}

// The last letters of a long name, from one that does not join the letter before it.
function endOf(text) {
  return text.length < 16 ? '' : /[!-~\p{sc=Han}].{3,11}$/su.exec(text.slice(-24))?.[0] ?? '';
}

/** A text of at most so many letters, without its middle if it is longer. */
export function shortened(text, length) {
  const end = Math.floor((length - 1) / 2);
  return text.length > length ? text.slice(0, length - 1 - end) + '…' + text.slice(text.length - end) : text;
}

const icons = {
  pin: 'M9 3h6l-1 6 4 4v2h-5v6l-1 1-1-1v-6H6v-2l4-4z',
  expand: 'M4 10V4h6M20 14v6h-6M4 4l6 6M20 20l-6-6',
  reset: 'M4 12a8 8 0 1 0 3-6M4 4v5h5',
  download: 'M12 4v11M7 10l5 5 5-5M5 20h14',
  close: 'M6 6l12 12M18 6L6 18',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  language: 'M4 6h9M8 4v2c0 4-2 7-5 8M5 9c1 3 4 5 7 6M12 20l4-10 4 10M13.5 17h5',
  help: 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17.5v.5',
  runs: 'M4 6h2M4 12h2M4 18h2M9 6h11M9 12h11M9 18h11',
  log: 'M4 20V4M4 20h16M4 16c6-1 12-4 16-11',
  table: 'M4 5h16v14H4zM4 10h16M4 15h16M10 5v14',
  info: 'M12 11v6M12 7v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
};

/** A drawing in a button; the button has the label. */
export function icon(which) {
  return s('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, s('path', { d: icons[which] }));
}

/** A button that shows an icon; its label is read aloud and shown under the pointer. */
export function iconButton(which, label, onclick, attributes) {
  return h('button', { type: 'button', class: 'icon-button', title: label, 'aria-label': label, onclick, ...attributes }, icon(which));
}
