// Light and dark: as the system says, or as chosen here.

const key = 'torchboard.theme';
// As PageDocument.cs reads it: the page comes in the theme, so that nothing is painted in another.
const cookie = 'torchboard-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Calls f() when the theme changes. A report has no server that knows the one that was chosen. */
export function startTheme(f) {
  if (document.documentElement.dataset.theme === undefined) {
    apply(saved());
  }
  system.addEventListener('change', f);
  onTheme = f;
}

let onTheme = () => {};

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? system.matches : chosen === 'dark';
}

export function toggleTheme() {
  const next = isDark() ? 'light' : 'dark';
  apply(next);
  document.cookie = cookie + '=' + next + '; path=/; max-age=31536000; samesite=strict';
  try {
    localStorage.setItem(key, next);
  } catch {
    // A page opened from a file may have no storage.
  }
  onTheme();
}

/** The value of a custom property of style.css, such as '--text', as a color that a canvas understands. */
export function cssColor(property) {
  const probe = document.createElement('span');
  probe.style.color = 'var(' + property + ')';
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

/** How large the letters of the page are; 1 for 13 pixels. Drawings have letters and margins in proportion. */
export function letterScale() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 13;
}

function apply(theme) {
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
}

function saved() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
