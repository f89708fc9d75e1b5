// The two minutes in which the customer waits for the PIN, in real time.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './chromium.mjs';
import { inspect } from './inspect.mjs';
import { startPortal } from './portal.mjs';
import { arrives, heading, order, customerPhone, newCustomer, switchLanguage } from './actions.mjs';
import { until } from './until.mjs';
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

test('the payment page has further texts while it waits for the PIN, and a late payment counts', async () => {
  await Promise.all(languages.map(wait));
});

async function wait(lang) {
  const customer = newCustomer();
  const visitor = await visit(browser, portal.origin);
  const other = await visit(browser, portal.origin);
  const { page } = visitor;
  const say = (key, args) => word(lang, key, args);
  const main = async () => plain(await page.locator('main').innerText());
  const state = (wanted, within) =>
    until(`the page is ${wanted}`, () => page.locator(`[data-state=${wanted}]`).count(), { within });

  await page.goto('/');
  await switchLanguage(page, lang);
  await order(page, lang, customer);
  await heading(page, say('pay-sent')).waitFor();
  assert.match(await page.locator('[data-left] b').innerText(), /^[12]:\d\d$/);
  // The payment comes 15 seconds after the payment request expired.
  await customerPhone(other.page).act(customer.phone, 'late');

  await state('slow', 45_000);
  assert.ok((await main()).includes(say('pay-slow-notice', { phone: customer.phone })));
  await inspect(page, `look-${lang}-pay-slow`);

  await state('ask', 75_000);
  await page.getByRole('button', { name: say('pay-check') }).waitFor();
  await page.getByRole('button', { name: say('pay-send-again') }).waitFor();
  await inspect(page, `look-${lang}-pay-ask`);
  await page.getByRole('button', { name: say('pay-check') }).click();
  await state('ask', 10_000);

  await arrives(page, [say('pay-unknown')], { within: 45_000 });
  assert.ok((await main()).includes(say('pay-unknown-lead')), '"Do not pay again" is on the page');
  await inspect(page, `look-${lang}-pay-unknown`);

  await arrives(page, [say('pay-paid'), say('pay-active')], { within: 60_000 });
  await visitor.leave();
  await other.leave();
}
