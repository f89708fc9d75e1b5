// Tells Rust that somebody has a hand on the app: it locks when nobody has for a while.
(() => {
  let told = 0;
  const tell = () => {
    if (Date.now() - told < 5000) return;
    told = Date.now();
    window.__TAURI_INTERNALS__.invoke('active').catch(() => {});
  };
  for (const hand of ['pointerdown', 'pointermove', 'keydown', 'wheel']) {
    window.addEventListener(hand, tell, { capture: true, passive: true });
  }
})();
