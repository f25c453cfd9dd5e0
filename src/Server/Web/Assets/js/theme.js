// Runs before the first paint, so that a dark page never flashes white. Follows the system until the reader chooses.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null; // storage may be forbidden
    }
  };
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (dark.matches ? 'dark' : 'light');
  };
  apply();
  dark.addEventListener('change', () => {
    apply();
    dispatchEvent(new Event('themechange'));
  });
})();
