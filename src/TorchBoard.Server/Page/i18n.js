// The page's own words, in English and Chinese. Each module brings its own.

const languages = { en: new Map(), zh: new Map() };
const key = 'torchboard.language';

let current = saved() ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

/** Adds texts: strings({ en: { key: 'Text with {0}' }, zh: { key: '…' } }). */
export function strings(texts) {
  for (const [language, entries] of Object.entries(texts)) {
    for (const [name, text] of Object.entries(entries)) {
      languages[language].set(name, text);
    }
  }
}

/** The text of a key, with {0}, {1}, … replaced. */
export function t(name, ...values) {
  const text = languages[current].get(name) ?? languages.en.get(name) ?? name;
  return text.replace(/\{(\d)\}/g, (_, index) => values[index] ?? '');
}

export function language() {
  return current;
}

/** Changes the language. Texts are in elements that were built before, so that the page begins anew; its view is in the URL. */
export function setLanguage(next) {
  try {
    localStorage.setItem(key, next);
  } catch {
    // A page opened from a file may have no storage.
  }
  location.reload();
}

function saved() {
  try {
    const value = localStorage.getItem(key);
    return value in languages ? value : null;
  } catch {
    return null;
  }
}

/** The keys that a language lacks. */
export function missing() {
  const keys = new Set(Object.values(languages).flatMap(texts => [...texts.keys()]));
  return [...keys].filter(key => Object.values(languages).some(texts => !texts.has(key)));
}
