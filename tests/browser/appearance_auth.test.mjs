// The pages of account recovery and the lists, in every state, in both languages and at every width.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './chromium.mjs';
import { signedIn } from './signed_in.mjs';
import { mailbox } from './mailbox.mjs';
import { startPortal } from './portal.mjs';
import { boost, button, heading } from './actions.mjs';
import { languages, word } from './messages.mjs';

let portal, browser;
before(async () => {
  // The lists need more orders than one address places in an hour.
  portal = await startPortal({ LIMIT_CHECKOUT_ADDRESS: '1000' });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

for (const lang of languages) {
  const say = (key, args) => word(lang, key, args);

  test(`the recovery pages have no violation and no overflow (${lang})`, async (t) => {
    const { visitor, page, customer, looks } = await signedIn(browser, portal, t, lang);
    const other = await visit(browser, portal.origin);
    const mails = mailbox(other.page);
    const verify = await mails.link(customer.email, say('mail-verify-subject'), 'verify-email');
    await page.goto(verify);
    await looks('verify');
    await page.goto('/verify-email/none');
    await looks('verify-bad-link');
    await page.goto('/confirm-password?next=/profile/security');
    await looks('confirm');
    await page.locator('#password').fill('not this one');
    await button(page, say('confirm-button')).click();
    await page.locator('#problems').waitFor();
    await looks('confirm-errors');
    await page.goto(verify);
    await button(page, say('verify-button')).click();
    await heading(page, say('verify-title-done')).waitFor();
    await looks('verify-done');
    await page.goto('/dashboard');
    await page.getByRole('button', { name: say('sign-out'), exact: true }).click();

    await page.goto('/forgot-password');
    await looks('forgot');
    await page.locator('#email').fill('neema');
    await button(page, say('forgot-button')).click();
    await page.locator('#problems').waitFor();
    await looks('forgot-errors');
    await page.locator('#email').fill(customer.email);
    await button(page, say('forgot-button')).click();
    await heading(page, say('forgot-sent-title')).waitFor();
    await looks('forgot-sent');
    await page.goto(await mails.link(customer.email, say('mail-reset-subject'), 'reset-password'));
    await looks('reset');
    await page.locator('#password').fill('password');
    await button(page, say('reset-button')).click();
    await page.locator('#problems').waitFor();
    await looks('reset-errors');
    await page.locator('#password').fill('nenosiri jipya la leo');
    await button(page, say('reset-button')).click();
    await heading(page, say('reset-done-title')).waitFor();
    await looks('reset-done');
    await page.goto('/reset-password/none');
    await looks('reset-bad-link');
    await page.goto('/login?next=/profile&ended=true');
    await looks('login-ended');
    await page.goto('/verify-email/none');
    await looks('verify-bad-link-signed-out');
    for (let n = 0; n < 3; n += 1) {
      await page.goto('/forgot-password');
      await page.locator('#email').fill(customer.email);
      await button(page, say('forgot-button')).click();
    }
    await page.locator('#problems').waitFor();
    await looks('forgot-later');
    for (let n = 0; n < 6; n += 1) {
      await page.goto('/login');
      await page.locator('#email').fill(customer.email);
      await page.locator('#password').fill('not this one');
      await button(page, say('sign-in')).last().click();
    }
    await page.locator('#problems').waitFor();
    await looks('login-later');
    await visitor.leave();
    await other.leave();
  });

  test(`empty, full and exceeded lists have no violation and no overflow (${lang})`, async (t) => {
    const { visitor, page, looks } = await signedIn(browser, portal, t, lang);
    for (const list of ['orders', 'services']) {
      await page.goto(`/me/${list}`);
      await looks(`${list}-empty`);
    }
    // As the form sends them, each for another domain.
    await page.goto(`/checkout/${boost.slug}`);
    const form = await page
      .locator('form.order-form')
      .evaluate((node) => Object.fromEntries(new FormData(node)));
    for (let n = 0; n < 41; n += 1) {
      const answer = await page.request.post('/checkout', {
        form: { ...form, checkout_key: '', domain: `tovuti${n}-${process.pid}-${lang}.co.tz` },
        headers: { 'sec-fetch-site': 'same-origin' },
      });
      assert.match(answer.url(), /\/pay\//);
    }
    for (const [name, address] of Object.entries({
      'orders-full': '/me/orders',
      'orders-second': '/me/orders?page=2',
      'orders-past': '/me/orders?page=9',
    })) {
      await page.goto(address);
      await looks(name);
    }
    await page.goto('/dashboard');
    await looks('overview-many');
    await visitor.leave();
  });
}
