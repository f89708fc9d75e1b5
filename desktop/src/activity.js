// Reports input to Rust, at most every five seconds. Without input the app locks itself.
(() => {
  let reported = 0;
  const report = () => {
    if (Date.now() - reported < 5000) return;
    reported = Date.now();
    window.__TAURI_INTERNALS__.invoke('active').catch(() => {});
  };
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel']) {
    window.addEventListener(event, report, { capture: true, passive: true });
  }
})();
