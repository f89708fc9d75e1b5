// An account from registration to deletion in a browser: mailed links, two devices, codes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './chromium.mjs';
import { mailbox } from './mailbox.mjs';
import { startPortal } from './portal.mjs';
import { button, heading, register, signIn, newCustomer, switchLanguage } from './actions.mjs';
import { shoot } from './screenshots.mjs';
import { totp } from './totp.mjs';
import { languages, plain, word } from './messages.mjs';

let portal, browser;
before(async () => {
  portal = await startPortal();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

/** Two browsers of one customer, and the mailbox. */
async function devices(lang) {
  const visitors = await Promise.all([1, 2, 3].map(() => visit(browser, portal.origin)));
  const [first, second, post] = visitors.map((visitor) => visitor.page);
  for (const page of [first, second]) {
    await page.goto('/');
    await switchLanguage(page, lang);
  }
  return {
    first,
    second,
    mails: mailbox(post),
    leave: () => Promise.all(visitors.map((visitor) => visitor.leave())),
  };
}

async function isOut(page) {
  await page.goto('/dashboard');
  return new URL(page.url()).pathname === '/login';
}

for (const lang of languages) {
  const say = (key, args) => word(lang, key, args);
  const look = (page, name) => shoot(page, `account-${lang}-${name}`, [360, 768, 1440]);

  test(`an account is confirmed, changes its password on two devices, and is deleted (${lang})`, async () => {
    const { first, second, mails, leave } = await devices(lang);
    const customer = newCustomer();
    const fresh = 'chai ya tangawizi moto';
    const last = 'maandazi ya asubuhi';

    await register(first, lang, customer);
    await first.getByText(say('call-verify'), { exact: true }).waitFor();
    await first.goto(await mails.link(customer.email, say('mail-verify-subject'), 'verify-email'));
    await heading(first, say('verify-title-ready')).waitFor();
    await look(first, '1-verify');
    await button(first, say('verify-button')).click();
    await heading(first, say('verify-title-done')).waitFor();
    await look(first, '2-verified');
    await first.getByRole('link', { name: say('verify-on') }).click();
    await first.waitForURL('**/dashboard');
    assert.equal(
      await first.getByText(say('call-verify'), { exact: true }).count(),
      0,
      'the password is asked for once',
    );

    await signIn(second, lang, customer);
    await mails.open(customer.email, say('mail-device-subject'));

    await second.goto('/profile');
    await second.locator('summary', { hasText: say('profile-password-value') }).click();
    await second.locator('[id="password.current"]').fill(customer.password);
    await second.locator('[id="password.password"]').fill(fresh);
    await button(second, say('profile-save-password')).click();
    await second.getByText(say('saved-password')).waitFor();
    await look(second, '3-password-changed');
    assert.ok(await isOut(first), 'the first browser is out');
    assert.ok(!(await isOut(second)), 'the second one is not');
    await mails.open(customer.email, say('mail-password-subject'));

    // The sign-in returns to the page that required it.
    await first.goto('/me/orders');
    await heading(first, say('sign-in')).waitFor();
    await first.getByRole('link', { name: say('forgot-link') }).click();
    await first.locator('#email').fill(customer.email);
    await button(first, say('forgot-button')).click();
    await heading(first, say('forgot-sent-title')).waitFor();
    const link = await mails.link(customer.email, say('mail-reset-subject'), 'reset-password');
    await first.goto(link);
    await first.locator('#password').fill('12345');
    await button(first, say('reset-button')).click();
    await first.locator('#password-error').waitFor();
    await first.locator('#password').fill(last);
    await button(first, say('reset-button')).click();
    await heading(first, say('reset-done-title')).waitFor();
    await look(first, '4-reset');
    assert.ok(await isOut(second), 'the second browser is out');
    await first.goto(link);
    await heading(first, say('reset-invalid-title')).waitFor();

    await signIn(second, lang, { ...customer, password: last });
    await second.goto('/profile');
    await second.getByRole('link', { name: say('delete-title') }).click();
    await second.locator('#password').fill(fresh);
    await button(second, say('delete-button')).click();
    await second.locator('#password-error').waitFor();
    await second.locator('#password').fill(last);
    await button(second, say('delete-button')).click();
    await heading(second, say('delete-done-title')).waitFor();
    await look(second, '5-deleted');
    await second.goto('/login');
    await second.locator('#email').fill(customer.email);
    await second.locator('#password').fill(last);
    await button(second, say('sign-in')).last().click();
    await second.locator('#problems').waitFor();
    await leave();
  });

  test(`two-factor sign-in works with a code and with a recovery code (${lang})`, async () => {
    const { first, second, mails, leave } = await devices(lang);
    const customer = newCustomer();
    await register(first, lang, customer);
    await first.goto('/profile');
    await first.getByRole('link', { name: say('security-title') }).click();
    // Not before the e-mail is confirmed.
    await first.getByText(say('two-factor-unverified')).waitFor();
    assert.equal(await button(first, say('two-factor-start')).count(), 0);
    await first.goto(await mails.link(customer.email, say('mail-verify-subject'), 'verify-email'));
    await button(first, say('verify-button')).click();
    await heading(first, say('verify-title-done')).waitFor();
    await first.goto('/profile/security');
    await button(first, say('two-factor-start')).click();
    await heading(first, say('confirm-title')).waitFor();
    await first.locator('#password').fill(customer.password);
    await button(first, say('confirm-button')).click();
    await button(first, say('two-factor-start')).click();
    await first.locator('.qr svg').waitFor();
    const key = await first.locator('#secret').innerText();
    await first.locator('[id="confirm.code"]').fill(totp(key));
    await button(first, say('two-factor-confirm')).click();
    await first.locator('#codes').waitFor();
    const codes = (await first.locator('#codes code').allInnerTexts()).map(plain);
    assert.equal(new Set(codes).size, 8);
    await look(first, '6-codes');
    await first.getByRole('link', { name: say('codes-kept') }).click();
    await first.getByText(say('codes-left', { n: 8 })).waitFor();

    // The code of the next 30 seconds: the portal accepts no code twice.
    await signIn(second, lang, customer, /\/login\/code/);
    await heading(second, say('code-title')).waitFor();
    await look(second, '7-code');
    await second.locator('#code').fill('000 000');
    await button(second, say('sign-in')).last().click();
    await second.locator('#code-error').waitFor();
    assert.ok(await isOut(second), 'the password alone opens nothing');
    await second.goto('/login/code');
    await second.locator('#code').fill(totp(key, 1));
    await button(second, say('sign-in')).last().click();
    await second.waitForURL('**/dashboard');

    // Without the phone.
    await first
      .getByRole('button', { name: say('sign-out'), exact: true })
      .filter({ visible: true })
      .first()
      .click();
    await signIn(first, lang, customer, /\/login\/code/);
    await first.getByText(say('code-lost')).click();
    await first.locator('[id="recovery.code"]').fill(codes[0].toUpperCase().replace('-', ' '));
    await button(first, say('code-recover')).click();
    await first.waitForURL('**/dashboard');
    await first.goto('/profile/security');
    await first.getByText(say('codes-left', { n: 7 })).waitFor();
    await first.locator('summary', { hasText: say('two-factor-off-do') }).click();
    await first.locator('[id="off.password"]').fill(customer.password);
    await first.locator('[id="off.code"]').fill(codes[1]);
    await button(first, say('two-factor-off-button')).click();
    await first.getByText(say('saved-two-factor-off')).waitFor();
    await leave();
  });

  test(`sessions are listed and can be ended (${lang})`, async () => {
    const { first, second, leave } = await devices(lang);
    const customer = newCustomer();
    await register(first, lang, customer);
    await signIn(second, lang, customer);
    await first.goto('/profile/security');
    const rows = first.locator('ul.devices > li');
    assert.equal(await rows.count(), 2);
    assert.ok(
      plain(await rows.first().innerText()).includes(say('session-current')),
      'this device comes first',
    );
    await look(first, '8-devices');
    await rows.nth(1).getByRole('button').click();
    await first.getByText(say('saved-session')).waitFor();
    assert.equal(await rows.count(), 1);
    assert.ok(await isOut(second), 'at once');

    await signIn(second, lang, customer);
    await first.goto('/profile/security');
    await button(first, say('sessions-end')).click();
    await first.getByText(say('saved-sessions')).waitFor();
    assert.ok((await isOut(second)) && !(await isOut(first)), 'all but this one');
    await leave();
  });
}
