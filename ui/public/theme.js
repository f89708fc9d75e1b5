// Before anything is painted: the theme of last time, so that a dark desk is not lit up at start.
(function () {
  var wanted = null;
  try {
    wanted = localStorage.getItem('theme');
  } catch (_) {
    /* No storage: as the system has it. */
  }
  var dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
