// The messages of the pages in both languages, from the locale files. Tests name a message, so that a changed
// wording breaks none of them.
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readFileSync, readdirSync } from 'node:fs';

export const languages = ['en', 'sw'];

const locales = new URL('../../portal/locales/', import.meta.url);
const bundles = Object.fromEntries(
  languages.map((lang) => {
    const bundle = new FluentBundle(lang, { useIsolating: false });
    const folder = new URL(`${lang}/`, locales);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ftl'))) {
      bundle.addResource(new FluentResource(readFileSync(new URL(file, folder), 'utf8')));
    }
    return [lang, bundle];
  }),
);

/** `word('sw', 'pay-start', { amount: 'TSh 25,000' })`, as a person reads it: without mark-up. */
export function word(lang, key, args = {}) {
  const bundle = bundles[lang];
  const message = bundle.getMessage(key);
  if (!message?.value) throw new Error(`no words for ${key} in ${lang}`);
  return plain(bundle.formatPattern(message.value, args).replace(/<[^>]+>/g, ''));
}

/** Text with all spaces alike. */
export function plain(text) {
  return text.replace(/&nbsp;|[\s\u00a0\u202f]+/g, ' ').trim();
}

/** `TSh 25,000`. */
export function money(amount) {
  return `TSh ${amount.toLocaleString('en-US')}`;
}
