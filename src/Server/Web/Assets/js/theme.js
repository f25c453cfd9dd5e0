// Runs before the first paint, so that a dark page never flashes white.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('theme');
  } catch {
    /* storage may be forbidden */
  }
  document.documentElement.dataset.theme = theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
})();
