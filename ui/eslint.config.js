// For the scripts of the whole repository; run from its root by `npm run lint` and `tests/run check`.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default defineConfig(
  { ignores: ['**/node_modules/**', '**/dist/**', '**/dist-sample/**', 'ui/src/lib/generated/**'] },
  js.configs.recommended,
  { files: ['ui/**/*.{ts,svelte}'], extends: [ts.configs.recommended, svelte.configs.recommended] },
  { files: ['ui/{src,public}/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['ui/**/*.svelte', 'ui/**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // Properties are declared with `let`; the rule for Svelte knows them.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // Sets and URL parameters that live in one function only are not reactive, and need not be.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  { files: ['portal/static/**'], languageOptions: { globals: globals.browser, sourceType: 'script' } },
  // Scripts that are not compiled: an old browser needs the name after `catch`.
  {
    files: ['portal/static/**', 'ui/public/**'],
    rules: { 'no-unused-vars': ['error', { caughtErrorsIgnorePattern: '^_' }] },
  },
  // The tests run in Node and send functions into the page.
  { files: ['ui/*.js', 'tests/**'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  prettier,
);
