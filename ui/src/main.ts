import './app.css';
import { mount } from 'svelte';

// A build of its own, for looking and for tests; in the app's this branch is not there.
if (import.meta.env.MODE === 'sample') (await import('./samples/start')).start();

// The frame in index.html is painted first, then everything else is read. A window that is hidden paints nothing.
await new Promise<void>((go) => {
  requestAnimationFrame(() => setTimeout(go));
  setTimeout(go, 200);
});
const { default: App } = await import('./App.svelte');
mount(App, { target: document.getElementById('app')! });
