// Applies the last theme before the first paint.
(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('theme');
  } catch (_) {
    /* Without storage, the system's theme is used. */
  }
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
