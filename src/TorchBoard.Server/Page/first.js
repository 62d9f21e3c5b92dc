// The theme that was chosen, before anything is painted in another. This is not a module: the browser waits for it.

try {
  const theme = localStorage.getItem('torchboard.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // A page opened from a file may have no storage.
}
