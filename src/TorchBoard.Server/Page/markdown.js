// Markdown that the server has parsed: a tree of [element, attributes, ...children] and strings.

import { h } from './dom.js';

const elements = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'pre', 'code', 'em', 'strong', 'del', 'blockquote', 'hr', 'br', 'a', 'span', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);
const schemes = ['http:', 'https:', 'mailto:'];

/** Builds the elements of a tree; whatever is not an element of Markdown becomes its text. */
export function markdown(tree) {
  return h('div', { class: 'markdown', dir: 'auto' }, tree.map(build));
}

function build(node) {
  if (!Array.isArray(node)) {
    return String(node);
  }
  const [tag, attributes, ...children] = node;
  if (!elements.has(tag)) {
    return children.map(build);
  }
  // The headings of the page come first.
  const level = /^h[1-6]$/.test(tag) ? Math.min(Number(tag[1]) + 3, 6) : 0;
  const element = h(level > 0 ? 'h' + level : tag, level > 0 ? { class: 'level-' + tag[1] } : {}, children.map(build));
  if (tag === 'a' && isHarmless(attributes.href)) {
    element.href = attributes.href;
    element.rel = 'noopener noreferrer';
    element.target = '_blank';
  } else if (tag === 'ol' && Number.isInteger(attributes.start)) {
    element.start = attributes.start;
  } else if ((tag === 'td' || tag === 'th') && ['left', 'center', 'right'].includes(attributes.align)) {
    element.style.textAlign = attributes.align;
  } else if (tag === 'pre') {
    element.tabIndex = 0;
  }
  // A wide table scrolls by itself.
  return tag === 'table' ? h('div', { class: 'markdown-table', tabindex: '0', role: 'group' }, element) : element;
}

function isHarmless(href) {
  try {
    return schemes.includes(new URL(href).protocol);
  } catch {
    return false;
  }
}
