// The pages of profile and security in every state, in both languages and at every width.
import { after, before, test } from 'node:test';
import { launch, visit } from './chromium.mjs';
import { mailbox } from './mailbox.mjs';
import { signedIn } from './signed_in.mjs';
import { startPortal } from './portal.mjs';
import { boost, button, heading, signIn } from './actions.mjs';
import { totp } from './totp.mjs';
import { languages, word } from './messages.mjs';

let portal, browser;
before(async () => {
  portal = await startPortal();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

for (const lang of languages) {
  const say = (key, args) => word(lang, key, args);

  test(`the profile and its forms have no violation and no overflow (${lang})`, async (t) => {
    const { visitor, page, customer, looks, refused } = await signedIn(browser, portal, t, lang);
    await page.goto('/profile');
    await looks('profile');
    await button(page, say('verify-send')).click();
    await page.getByText(say('verify-sent', { email: customer.email }), { exact: true }).waitFor();
    await looks('profile-sent');
    const wrong = {
      name: { name: '' },
      email: { email: 'neema', password: customer.password },
      phone: { phone: '0754', password: 'not this one' },
      password: { current: 'not this one', password: 'a new one that is long' },
    };
    for (const [form, fields] of Object.entries(wrong)) {
      await page.goto('/profile');
      for (const [name, value] of Object.entries(fields)) {
        await page.locator(`[id="${form}.${name}"]`).evaluate((input, typed) => {
          input.value = typed;
        }, value);
      }
      await refused(`/profile/${form}`);
      await looks(`profile-${form}-errors`);
    }
    await page.locator('[id="password.current"]').fill(customer.password);
    await page.locator('[id="password.password"]').fill('1234567890');
    await refused('/profile/password');
    await looks('profile-password-common');
    await page.locator('[id="password.current"]').fill(customer.password);
    await page.locator('[id="password.password"]').fill('maziwa ya mgando');
    await button(page, say('profile-save-password')).click();
    await page.getByText(say('saved-password')).waitFor();
    await looks('profile-saved');
    await page.goto('/profile/activity');
    await looks('activity');
    await page.goto('/profile/activity?page=9');
    await looks('activity-past');
    await page.goto('/profile/delete');
    await looks('delete');
    await refused('/profile/delete');
    await looks('delete-errors');
    await page.goto(`/checkout/${boost.slug}`);
    await page.locator('#domain').fill(customer.domain);
    await page.locator('form.order-form button:not([name])').last().click();
    await page.waitForURL(/\/pay\//);
    await button(page, say('pay-send')).click();
    await heading(page, say('pay-sent')).waitFor();
    await page.goto('/profile/delete');
    await page.getByText(say('delete-being-paid', { n: 1 })).waitFor();
    await looks('delete-being-paid');
    await visitor.leave();
  });

  test(`the security pages have no violation and no overflow (${lang})`, async (t) => {
    const { visitor, page, customer, looks, refused } = await signedIn(browser, portal, t, lang);
    const other = await visit(browser, portal.origin);
    await page.goto('/profile/security');
    await looks('security-unverified');
    const mails = mailbox(other.page);
    await page.goto(await mails.link(customer.email, say('mail-verify-subject'), 'verify-email'));
    await button(page, say('verify-button')).click();
    await heading(page, say('verify-title-done')).waitFor();
    await page.goto('/profile/security');
    await looks('security-off');
    await signIn(other.page, 'en', customer);
    await page.goto('/profile/security');
    await looks('security-two-devices');
    await button(page, say('sessions-end')).click();
    await page.getByText(say('saved-sessions')).waitFor();
    await looks('security-ended');
    await page.goto('/confirm-password?next=/profile/security');
    await page.locator('#password').fill(customer.password);
    await button(page, say('confirm-button')).click();
    await button(page, say('two-factor-start')).click();
    await page.locator('.qr svg').waitFor();
    await looks('security-starting');
    const key = await page.locator('#secret').innerText();
    await refused('/profile/two-factor/confirm');
    await looks('security-starting-errors');
    await page.locator('[id="confirm.code"]').fill(totp(key));
    await button(page, say('two-factor-confirm')).click();
    await page.locator('#codes').waitFor();
    await looks('security-codes');
    const codes = await page.locator('#codes code').allInnerTexts();
    await page.goto('/profile/security');
    await looks('security-on');
    await refused('/profile/two-factor/codes');
    await looks('security-codes-errors');
    await page.goto('/profile/security');
    await refused('/profile/two-factor/off');
    await looks('security-off-errors');
    await page.goto('/profile/security');
    await refused('/profile/two-factor/replace');
    await looks('security-replace-errors');
    await page.goto('/profile');
    await looks('profile-two-steps');

    await page.getByRole('button', { name: say('sign-out'), exact: true }).click();
    await signIn(page, lang, customer, /\/login\/code/);
    await looks('code');
    await page.locator('#code').fill('000000');
    await button(page, say('sign-in')).last().click();
    await page.locator('#problems').waitFor();
    await looks('code-errors');
    await page.locator('details.number summary').click();
    await page.locator('[id="recovery.code"]').fill('aaaaa-bbbbb');
    await button(page, say('code-recover')).click();
    await page.locator('#problems').waitFor();
    await looks('code-recovery-errors');
    // With two recovery codes left, and with one.
    for (const code of codes.slice(0, 6)) {
      await signIn(page, lang, customer, /\/login\/code/);
      await page.locator('details.number summary').click();
      await page.locator('[id="recovery.code"]').fill(code);
      await button(page, say('code-recover')).click();
      await page.waitForURL('**/dashboard');
      await page.getByRole('button', { name: say('sign-out'), exact: true }).click();
    }
    await signIn(page, lang, customer, /\/login\/code/);
    await page.locator('details.number summary').click();
    await page.locator('[id="recovery.code"]').fill(codes[6]);
    await button(page, say('code-recover')).click();
    await page.waitForURL('**/dashboard');
    await page.goto('/profile/security');
    await page.getByText(say('codes-few')).waitFor();
    await looks('security-few');
    await visitor.leave();
    await other.leave();
  });
}
