// A purchase from the start page to the control panel, step by step as a customer sees it.
import assert from 'node:assert/strict';
import { shoot } from './screenshots.mjs';
import {
  arrives,
  boost,
  button,
  choosePlan,
  fillOrder,
  heading,
  payButton,
  customerPhone,
  newCustomer,
  switchLanguage,
} from './actions.mjs';
import { money, plain, word } from './messages.mjs';

/** Buys on `page`, with the phone on `phonePage`; `name` begins the names of the pictures. */
export async function buy(page, phonePage, lang, scripts, name) {
  const customer = newCustomer();
  const phone = customerPhone(phonePage);
  const say = (key, args) => word(lang, key, args);
  const total = money(boost.total);
  const look = (step) => shoot(page, `${name}-${step}`, scripts ? [360, 1440] : [360]);
  /** Scripts poll; without them, the customer reloads. */
  const turns = (...keys) =>
    arrives(
      page,
      keys.map((key) => say(key)),
      { within: 40_000, reload: !scripts },
    );

  await page.goto('/');
  await switchLanguage(page, lang);
  const cookies = await page.context().cookies();
  if (lang !== 'en') assert.equal(cookies.find((cookie) => cookie.name === 'lang')?.value, lang);
  await heading(page, say('landing-head')).waitFor();
  await look('1-landing');

  await page.getByRole('link', { name: say('landing-compare') }).click();
  await heading(page, say('plans-title')).waitFor();
  await look('2-plans');

  await choosePlan(page, lang);
  assert.equal(
    await page.locator('input[name=months]:checked').inputValue(),
    '3',
    'the months come along from the price list',
  );
  await look('3-checkout');
  await fillOrder(page, customer);
  await look('4-checkout-filled');
  await payButton(page, lang).click();
  await page.waitForURL(/\/pay\/[0-9a-f-]{36}$/);

  if (!scripts) {
    await heading(page, say('pay-start', { amount: total })).waitFor();
    await look('5-pay-start');
    assert.equal(await phone.pushes(customer.phone), 0, 'nothing is sent before the button is pressed');
    await button(page, say('pay-send')).click();
  }
  await heading(page, say('pay-sent')).waitFor();
  const asked = plain(await page.locator('main').innerText());
  for (const fact of [customer.phone, total]) assert.ok(asked.includes(fact), `the page names ${fact}`);
  await look('6-pay-sent');
  await page.reload();
  await heading(page, say('pay-sent')).waitFor();
  assert.equal(await phone.pushes(customer.phone), 1, 'one request went to the phone');

  await shoot(phonePage, `${name}-7-phone`);
  await phone.act(customer.phone, 'approve');
  const first = await turns('pay-paid', 'pay-active');
  await look(first === say('pay-paid') ? '8-pay-paid' : '8-pay-active');
  await turns('pay-active');
  const log = plain(await page.locator('ol.log').innerText());
  for (const step of [
    say('step-paid'),
    say('step-reserved', { state: 'done' }),
    say('step-create', { state: 'done' }),
  ]) {
    assert.ok(log.includes(step), `the log tells: ${step}`);
  }
  await look('9-pay-active');

  await button(page, say('open-panel')).click();
  await page.waitForURL(/\/sandbox\/panel\?ticket=/);
  const panel = plain(await page.locator('main').innerText());
  assert.ok(
    panel.includes(customer.domain) && panel.includes(customer.email),
    `the panel is the customer's own: ${panel}`,
  );
  assert.match(panel, new RegExp(say('sim-signed-in', { user: '[a-z0-9]+' })));
  await look('10-panel');
}
