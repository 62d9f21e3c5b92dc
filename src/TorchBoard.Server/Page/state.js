// What is shown, as keys and values that are also in the URL's hash: a view can be shared, and "back" works.
// A key has the type of its default: a string, a number, a boolean or a list of strings. Defaults are not in the URL.

const defaults = new Map();
const valid = new Map();
const values = new Map();
const listeners = new Set();

/**
 * Names a key, its default, and which values it may have: a list of them or a test. Any other value in the URL is the default.
 * Modules do this when they are loaded, before read().
 */
export function define(key, value, allowed = () => true) {
  defaults.set(key, value);
  valid.set(key, Array.isArray(allowed) ? given => allowed.includes(given) : allowed);
  values.set(key, value);
}

export function get(key) {
  return values.get(key);
}

/** Changes values, the URL and whoever listens. With { push: true }, "back" returns to the view before. */
export function set(changes, options) {
  if (options?.push === true) {
    flush();
  }
  const changed = new Set();
  for (const [key, value] of Object.entries(changes)) {
    if (!same(values.get(key), value)) {
      values.set(key, value);
      changed.add(key);
    }
  }
  if (changed.size > 0) {
    write(options?.push === true);
    notify(changed);
  }
}

/** Calls f(keys) after changes. */
export function onState(f) {
  listeners.add(f);
  return () => listeners.delete(f);
}

/** Takes all values from the URL. */
export function read() {
  const given = parse(location.hash.slice(1));
  const changed = new Set();
  for (const [key, fallback] of defaults) {
    const decoded = given.has(key) ? decode(given.get(key), fallback) : fallback;
    const value = valid.get(key)(decoded) ? decoded : fallback;
    if (!same(values.get(key), value)) {
      values.set(key, value);
      changed.add(key);
    }
  }
  return changed;
}

/** Follows "back", "forward" and edits of the URL. */
export function follow() {
  window.addEventListener('hashchange', () => {
    clearTimeout(writing);
    writing = null;
    notify(read());
  });
}

function notify(changed) {
  if (changed.size > 0) {
    for (const listener of [...listeners]) {
      listener(changed);
    }
  }
}

let writing = null;

// Browsers limit changes of the URL (a slider makes hundreds), so they are written once per pause.
function write(push) {
  if (push) {
    history.pushState(null, '', hash());
    return;
  }
  clearTimeout(writing);
  writing = setTimeout(flush, 100);
}

// What is not yet in the URL belongs to the view that "back" returns to.
function flush() {
  if (writing !== null) {
    clearTimeout(writing);
    writing = null;
    history.replaceState(null, '', hash());
  }
}

function hash() {
  const parts = [];
  for (const [key, fallback] of defaults) {
    const value = values.get(key);
    if (!same(value, fallback)) {
      parts.push(key + '=' + encode(value));
    }
  }
  return '#' + parts.join('&');
}

function encode(value) {
  return Array.isArray(value) ? value.map(encodeURIComponent).join(',') : encodeURIComponent(String(value));
}

function decode(text, fallback) {
  if (Array.isArray(fallback)) {
    return text === '' ? [] : text.split(',').map(decodePart);
  }
  const value = decodePart(text);
  if (typeof fallback === 'number') {
    return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : fallback;
  }
  return typeof fallback === 'boolean' ? value === 'true' : value;
}

function decodePart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parse(text) {
  const given = new Map();
  for (const part of text.split('&')) {
    const at = part.indexOf('=');
    if (at > 0) {
      given.set(part.slice(0, at), part.slice(at + 1));
    }
  }
  return given;
}

function same(a, b) {
  return Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((value, index) => value === b[index]) : a === b;
}
