import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';

// A build of its own, for looking and for tests; in the app's this branch is not there.
if (import.meta.env.MODE === 'sample') (await import('./samples/start')).start();

mount(App, { target: document.getElementById('app')! });
