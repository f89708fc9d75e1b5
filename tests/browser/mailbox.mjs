// A mailbox, as the sandbox shows it.
import { until } from './until.mjs';

/** A mailbox in its own page. */
export function mailbox(page) {
  const found = (email, subject) =>
    page.locator('ul.orders > li').filter({ hasText: email }).filter({ hasText: subject });
  return {
    /** Waits for the newest mail of that subject, and opens it. */
    async open(email, subject) {
      await page.goto('/sandbox/mail');
      await until(`"${subject}" reaches ${email}`, async () => {
        if ((await found(email, subject).count()) > 0) return true;
        await page.reload();
        return false;
      });
      await found(email, subject).first().getByRole('link').click();
      await page.locator('.mail-text').waitFor();
    },
    /** The path of the link in the newest mail of that subject. */
    async link(email, subject, kind) {
      await this.open(email, subject);
      const href = await page.locator(`.mail-text a[href*="/${kind}/"]`).getAttribute('href');
      return new URL(href).pathname;
    },
  };
}
