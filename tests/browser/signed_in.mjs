// A registered customer whose pages run no scripts.
import { visitStill } from './chromium.mjs';
import { inspect } from './inspect.mjs';
import { register, newCustomer, switchLanguage } from './actions.mjs';

export async function signedIn(browser, portal, t, lang) {
  const visitor = await visitStill(browser, portal.origin);
  const { page } = visitor;
  const customer = newCustomer();
  await page.goto('/register');
  await switchLanguage(page, lang);
  await register(page, lang, customer);
  return {
    visitor,
    page,
    customer,
    looks: (name) => t.test(name, () => inspect(page, `look-${lang}-${name}`)),
    /** Submits the form at that path unchanged, and waits for its errors. */
    async refused(action) {
      await page.locator(`form[action="${action}"]`).evaluate((form) => form.submit());
      await page.locator('#problems').waitFor();
    },
  };
}
