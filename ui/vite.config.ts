// Builds the window's pages. `--mode sample` builds the same pages over sample data, into a folder of its own: the
// app's bundle never holds a sample.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig(({ mode }) => ({
  plugins: [tailwindcss(), svelte()],
  base: './',
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: {
    outDir: mode === 'sample' ? 'dist-sample' : 'dist',
    emptyOutDir: true,
    target: ['safari16', 'chrome110'],
    // Nothing is fetched before it is needed, and every script is a file of ours: the policy allows no other.
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
}));
