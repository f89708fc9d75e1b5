import * as svelte from 'prettier-plugin-svelte';

/** For the scripts and style sheets of the whole repository; run by `npm run format` and `tests/run check`. */
export default {
  printWidth: 110,
  singleQuote: true,
  plugins: [svelte],
  overrides: [{ files: '*.svelte', options: { parser: 'svelte' } }],
};
