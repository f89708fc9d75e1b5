import './app.css';
import { mount } from 'svelte';

// The build with sample data; the app's build does not contain this branch.
if (import.meta.env.MODE === 'sample') (await import('./samples/fakeApp')).start();

// Lets the browser paint the frame of index.html first. A hidden window does not paint.
await new Promise<void>((go) => {
  requestAnimationFrame(() => setTimeout(go));
  setTimeout(go, 200);
});
const { default: App } = await import('./App.svelte');
mount(App, { target: document.getElementById('app')! });
