import * as svelte from 'prettier-plugin-svelte';

/** For all scripts of the repository and the app's style sheets: `npm run format`, `tests/run check`. */
export default {
  printWidth: 110,
  singleQuote: true,
  plugins: [svelte],
  overrides: [{ files: '*.svelte', options: { parser: 'svelte' } }],
};
