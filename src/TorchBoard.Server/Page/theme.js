// Light and dark: as the system says, or as chosen here.

const key = 'torchboard.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Calls f() when the theme changes; first.js has set the one that was chosen. */
export function followTheme(f) {
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
  document.documentElement.dataset.theme = next;
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
