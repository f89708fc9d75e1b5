// Builds the app's pages. `--mode sample` builds them with sample data, into a separate folder.
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
    // The policy allows scripts from files only.
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
}));
