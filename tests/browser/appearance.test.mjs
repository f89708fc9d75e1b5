// Every page and state, in both languages and at every width: no axe violation and no overflow.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visitStill } from './chromium.mjs';
import { inspect } from './inspect.mjs';
import { startPortal } from './portal.mjs';
import {
  arrives,
  boost,
  button,
  choosePlan,
  fillOrder,
  heading,
  order,
  payButton,
  customerPhone,
  register,
  newCustomer,
  switchLanguage,
} from './actions.mjs';
import { languages, money, word } from './messages.mjs';

let portal, browser;
before(async () => {
  portal = await startPortal();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

const still = () => visitStill(browser, portal.origin);

async function opens(page, address, status = 200) {
  assert.equal((await page.goto(address)).status(), status, address);
}

for (const lang of languages) {
  const say = (key, args) => word(lang, key, args);

  test(`the public pages have no violation and no overflow (${lang})`, async (t) => {
    const visitor = await still();
    const { page } = visitor;
    const looks = (name) => t.test(name, () => inspect(page, `look-${lang}-${name}`));
    await page.goto('/');
    await switchLanguage(page, lang);
    await looks('landing');
    const addresses = {
      plans: '/plans',
      checkout: `/checkout/${boost.slug}?months=12`,
      login: '/login',
      register: '/register',
      admin: '/admin',
      sandbox: '/sandbox',
      'sandbox-phone-idle': '/sandbox/phone',
      'sandbox-panel-list': '/sandbox/panel',
      'sandbox-mails': '/sandbox/mail',
    };
    for (const [name, address] of Object.entries(addresses)) {
      await opens(page, address);
      await looks(name);
    }
    await opens(page, '/no/such/page', 404);
    await looks('not-found');
    await opens(page, '/sandbox/panel?ticket=used', 410);
    await looks('sandbox-panel-used');
    await choosePlan(page, lang);
    await fillOrder(page, {
      domain: 'no domain',
      name: ' ',
      email: 'neema',
      phone: '0754',
      password: 'short',
    });
    await payButton(page, lang).click();
    await page.locator('#problems').waitFor();
    await looks('checkout-errors');
    await page.goto('/login');
    await fillOrder(page, { email: 'unknown@example.co.tz', password: 'wrong password' });
    await button(page, say('sign-in')).last().click();
    await page.locator('#problems').waitFor();
    await looks('login-errors');
    await page.goto('/register');
    await button(page, say('register-button')).click();
    await page.locator('#problems').waitFor();
    await looks('register-errors');
    await visitor.leave();
  });

  test(`the pages of an order have no violation and no overflow (${lang})`, async (t) => {
    const visitor = await still();
    const { page } = visitor;
    const other = await still();
    const phone = customerPhone(other.page);
    const looks = (name, at = page) => t.test(name, () => inspect(at, `look-${lang}-${name}`));
    const turns = (...keys) =>
      arrives(
        page,
        keys.map((key) => say(key)),
        { within: 60_000, reload: true },
      );
    const customer = newCustomer();

    await page.goto('/register');
    await switchLanguage(page, lang);
    await register(page, lang, customer);
    await looks('dashboard-empty');
    const ordered = async () => {
      const path = await order(page, lang, { ...customer, domain: newCustomer().domain });
      return path.split('/').pop();
    };

    // Declined, retried, paid.
    const first = await ordered();
    await heading(page, say('pay-start', { amount: money(boost.total) })).waitFor();
    await looks('pay-start');
    await page.goto('/dashboard');
    await looks('dashboard-pending');
    await page.goto(`/order/${first}`);
    await looks('order-pending');
    await page.goto(`/pay/${first}`);
    await button(page, say('pay-send')).click();
    await heading(page, say('pay-sent')).waitFor();
    await looks('pay-sent');
    await other.page.goto('/sandbox/phone');
    await switchLanguage(other.page, lang);
    await looks('sandbox-phone', other.page);
    await switchLanguage(other.page, 'en');
    await phone.act(customer.phone, 'refuse');
    await turns('refused-cancelled-title');
    await looks('pay-refused');
    await page.locator('#number summary').click();
    await page.locator('#phone').fill('0754');
    await button(page, say('pay-other-send')).click();
    await page.locator('#problems').waitFor();
    await looks('pay-other-number');
    await page.goto(`/pay/${first}`);
    await page.getByRole('button', { name: say('pay-try-again', { phone: customer.phone }) }).click();
    await phone.act(customer.phone, 'approve');
    await turns('pay-paid', 'pay-active');
    await looks('pay-paid');
    await page.goto(`/order/${first}`);
    await looks('order-paid');
    await page.goto(`/pay/${first}`);
    await turns('pay-active');
    await looks('pay-active');
    await page.goto(`/order/${first}`);
    await looks('order-active');

    // Too little was paid.
    const second = await ordered();
    await page.locator('#number summary').click();
    await page.locator('#phone').fill(newCustomer().phone);
    await button(page, say('pay-other-send')).click();
    await heading(page, say('pay-sent')).waitFor();
    const friend = (await page.locator('main .lead').innerText()).match(/0754 \d{3} \d{3}/)[0];
    await phone.act(friend, 'less');
    await turns('pay-short');
    await looks('pay-short');
    await page.goto(`/order/${second}`);
    await looks('order-short');

    // Three payment requests to one phone are the limit.
    const third = await ordered();
    const busy = newCustomer().phone;
    for (let n = 0; n < 3; n += 1) {
      await page.locator('#number summary').click();
      await page.locator('#phone').fill(busy);
      await button(page, say('pay-other-send')).click();
      await heading(page, say('pay-sent')).waitFor();
      await phone.act(busy, 'refuse');
      await turns('refused-cancelled-title');
    }
    await page.goto(`/pay/${third}`);
    await looks('pay-limit');

    // The orders and services of the customer.
    await page.goto('/dashboard');
    await looks('dashboard-active');
    for (const [name, address] of Object.entries({
      services: '/me/services',
      orders: '/me/orders',
      'checkout-known': `/checkout/${boost.slug}`,
    })) {
      await opens(page, address);
      await looks(name);
    }
    await page.goto('/dashboard');
    await page.locator('ul.services a').first().click();
    await page.waitForURL(/\/me\/services\//);
    await looks('service');
    await button(page, say('reveal-show')).click();
    await page.locator('#problems').waitFor();
    await looks('service-errors');
    await page.locator('#password').fill(customer.password);
    await button(page, say('reveal-show')).click();
    await page.locator('#secret').waitFor();
    await looks('service-revealed');
    await page.goto('/dashboard');
    await button(page, say('open-panel')).first().click();
    await page.waitForURL(/\/sandbox\/panel\?ticket=/);
    await looks('sandbox-panel');
    await page.goto('/sandbox/panel');
    await looks('sandbox-panel-full');
    await page.goto('/sandbox/mail');
    await looks('sandbox-mails-full');
    await page.locator('ul.orders a').first().click();
    await page.waitForURL(/\/sandbox\/mail\/\d+/);
    await looks('sandbox-mail');
    await visitor.leave();
    await other.leave();
  });
}
