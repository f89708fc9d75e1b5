// Keyboard actions of a user, and what the page shows.
import assert from 'node:assert/strict';
import { violations } from './checks.mjs';

/** Opens the app's pages in Chromium. */
export async function openApp(server, params) {
  const visitor = await server.visit();
  await visitor.open(params);
  const { page } = visitor;
  return {
    ...visitor,
    press: (...keys) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve()),
    type: (text) => page.keyboard.type(text),
    /** Presses Tab until the focused element has the name. */
    async tabTo(name) {
      for (let n = 0; n < 80; n += 1) {
        await page.keyboard.press('Tab');
        const said = await page.evaluate(() => {
          const on = document.activeElement;
          return on?.getAttribute('aria-label') ?? on?.labels?.[0]?.textContent ?? on?.textContent ?? '';
        });
        if (said.trim().startsWith(name)) return;
      }
      assert.fail(`Tab never comes to ${name}`);
    },
    /** Types the user's password where the page asks for it. */
    async confirmPassword() {
      await page.getByRole('heading', { name: 'Confirm your password' }).waitFor();
      await page.keyboard.type('right');
      await page.keyboard.press('Enter');
    },
    see: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    focused: () =>
      page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, ' ').trim() ?? ''),
    copied: () => page.evaluate(() => globalThis.sample.copied),
    async isClean() {
      assert.deepEqual(await violations(page), []);
    },
  };
}
