// Errors during a purchase, and what the customer sees.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launch, visit } from './chromium.mjs';
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
} from './actions.mjs';
import { shoot } from './screenshots.mjs';
import { until } from './until.mjs';
import { plain, word } from './messages.mjs';

const lang = 'en';
const say = (key, args) => word(lang, key, args);

let portal, browser, visitor, page, other, phone;
before(async () => {
  portal = await startPortal();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});
beforeEach(async () => {
  visitor = await visit(browser, portal.origin);
  page = visitor.page;
  other = await visit(browser, portal.origin);
  phone = customerPhone(other.page);
});
afterEach(async () => {
  await visitor.leave();
  await other.leave();
});

/** The values of the order form. */
const typed = () =>
  page.locator('form.order-form').evaluate((form) => {
    const data = Object.fromEntries(new FormData(form));
    delete data.checkout_key;
    return data;
  });

test('an invalid order keeps its input and shows an error at each field', async () => {
  const wrong = {
    domain: 'http://duka/la ua',
    name: 'Juma Said',
    email: 'juma.example.com',
    phone: '0754 31',
    password: 'short',
  };
  await choosePlan(page, lang);
  await fillOrder(page, wrong);
  await payButton(page, lang).click();
  const summary = page.locator('#problems');
  await summary.waitFor();
  await shoot(page, 'errors-checkout');
  assert.match(await page.title(), new RegExp(`^${say('title-error')}`));
  assert.equal(
    await page.evaluate(() => document.activeElement?.id),
    'problems',
    'the summary has the focus',
  );

  assert.deepEqual(await typed(), {
    plan: boost.slug,
    months: '3',
    domain: wrong.domain,
    name: wrong.name,
    email: wrong.email,
    phone: wrong.phone,
    password: '', // never sent back
  });
  const listed = await summary.getByRole('link').all();
  assert.equal(listed.length, 4, 'one line for each mistake');
  for (const link of listed) {
    const words = plain(await link.innerText());
    const field = page.locator(await link.getAttribute('href'));
    const described = await field.evaluate((input) =>
      input
        .getAttribute('aria-describedby')
        .split(' ')
        .map((id) => document.getElementById(id))
        .filter((node) => node.id.endsWith('-error'))
        .map((node) => node.innerText)
        .join(' '),
    );
    assert.equal(plain(described), words, 'the summary and the field say the same');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await link.click();
    assert.equal(
      await page.evaluate(() => document.activeElement?.id),
      await field.getAttribute('id'),
      'the line leads to its field',
    );
  }

  const customer = newCustomer();
  await fillOrder(page, customer);
  await payButton(page, lang).click();
  await heading(page, say('pay-sent')).waitFor();
});

test('an email with an account leads to the sign-in and back, with everything typed', async () => {
  const customer = newCustomer();
  const earlier = await visit(browser, portal.origin);
  await register(earlier.page, lang, customer);
  await earlier.leave();

  const again = { ...customer, phone: '0655 111 222', password: 'something else entirely' };
  await choosePlan(page, lang);
  await fillOrder(page, again);
  await payButton(page, lang).click();
  await page.locator('#email-error').waitFor();
  assert.ok(plain(await page.locator('#email-error').innerText()).startsWith(say('problem-email-taken')));
  await shoot(page, 'errors-email-taken');
  await page
    .locator('#email-error')
    .getByRole('link', { name: say('problem-email-taken-link') })
    .click();

  await heading(page, say('sign-in')).waitFor();
  await page.getByText(say('login-ordering')).waitFor();
  assert.equal(
    await page.locator('#email').inputValue(),
    customer.email,
    'the email need not be typed twice',
  );
  await shoot(page, 'errors-sign-in-ordering');
  await page.locator('#password').fill('wrong first');
  await button(page, say('sign-in')).last().click();
  await page.locator('#problems').waitFor();
  await page.locator('#password').fill(customer.password);
  await button(page, say('sign-in')).last().click();

  await heading(page, say('checkout-title', { plan: boost.name })).waitFor();
  assert.deepEqual(await typed(), {
    plan: boost.slug,
    months: '3',
    domain: again.domain,
    phone: again.phone,
  });
  await page.getByText(say('checkout-known', customer)).waitFor();
  await shoot(page, 'errors-known');
  await payButton(page, lang).click();
  await heading(page, say('pay-sent')).waitFor();
  assert.equal(await phone.pushes(again.phone), 1);
});

test('the sign-in link under the form keeps what was typed', async () => {
  const customer = newCustomer();
  const earlier = await visit(browser, portal.origin);
  await register(earlier.page, lang, customer);
  await earlier.leave();

  await choosePlan(page, lang);
  await fillOrder(page, { domain: customer.domain, phone: '0688 000 111' });
  await page
    .locator('form.order-form')
    .getByRole('button', { name: say('sign-in'), exact: true })
    .click();
  await heading(page, say('sign-in')).waitFor();
  await page.locator('#email').fill(customer.email);
  await page.locator('#password').fill(customer.password);
  await button(page, say('sign-in')).last().click();
  await heading(page, say('checkout-title', { plan: boost.name })).waitFor();
  assert.deepEqual(await typed(), {
    plan: boost.slug,
    months: '3',
    domain: customer.domain,
    phone: '0688 000 111',
  });
});

test('a declined payment request can be sent again and paid', async () => {
  const customer = newCustomer();
  await order(page, lang, customer);
  await heading(page, say('pay-sent')).waitFor();
  await phone.act(customer.phone, 'refuse');
  await arrives(page, [say('refused-cancelled-title')], { within: 30_000 });
  const text = plain(await page.locator('main').innerText());
  assert.ok(text.includes(say('refused-kept')), 'the order is kept, and the page says so');
  await shoot(page, 'errors-refused');
  await page.getByRole('button', { name: say('pay-try-again', { phone: customer.phone }) }).click();
  await heading(page, say('pay-sent')).waitFor();
  assert.equal(await phone.pushes(customer.phone), 2);
  await phone.act(customer.phone, 'approve');
  await arrives(page, [say('pay-paid'), say('pay-active')], { within: 30_000 });
});

test('another phone number can pay', async () => {
  const customer = newCustomer();
  const friend = '0713 555 001';
  await order(page, lang, customer);
  await heading(page, say('pay-sent')).waitFor();
  await phone.act(customer.phone, 'refuse');
  await arrives(page, [say('refused-cancelled-title')], { within: 30_000 });
  await page.getByText(say('pay-other'), { exact: true }).click();
  await page.locator('#phone').fill('0713');
  await button(page, say('pay-other-send')).click();
  await page.locator('#phone-error').waitFor();
  assert.equal(await page.locator('#phone').inputValue(), '0713', 'what was typed is still there');
  await shoot(page, 'errors-other-number');
  await page.locator('#phone').fill(friend);
  await button(page, say('pay-other-send')).click();
  await heading(page, say('pay-sent')).waitFor();
  assert.ok(plain(await page.locator('main').innerText()).includes(friend));
  await phone.act(friend, 'approve');
  await arrives(page, [say('pay-paid'), say('pay-active')], { within: 30_000 });
  assert.equal(await phone.pushes(customer.phone), 1);
});

test('after too small a payment no page asks for the full amount', async () => {
  const customer = newCustomer();
  const path = await order(page, lang, customer);
  await heading(page, say('pay-sent')).waitFor();
  await phone.act(customer.phone, 'less');
  await arrives(page, [say('pay-short')], { within: 30_000 });
  for (const address of [path, path.replace('/pay/', '/order/'), '/dashboard']) {
    await page.goto(address);
    const text = plain(await page.locator('main').innerText());
    for (const asks of [say('pay-amount', { amount: 'TSh 67,500' }), say('pay-now'), say('pay-send')]) {
      assert.ok(!text.includes(asks), `${address} says: ${asks}`);
    }
  }
  assert.equal(await phone.pushes(customer.phone), 1);
});

test('a double click on Pay is one order and one request', async () => {
  const customer = newCustomer();
  await choosePlan(page, lang);
  await fillOrder(page, customer);
  await payButton(page, lang).dblclick();
  await heading(page, say('pay-sent')).waitFor();
  await page.reload();
  assert.equal(await phone.pushes(customer.phone), 1);
  await page.goto('/dashboard');
  assert.equal(await page.locator('ul.orders > li').count(), 1);
});

test('two posts of the same form at once are one order and one request', async () => {
  const customer = newCustomer();
  await choosePlan(page, lang);
  await fillOrder(page, customer);
  // As a browser without scripts sends them: the script prevents double clicks.
  const form = await page
    .locator('form.order-form')
    .evaluate((node) => Object.fromEntries(new FormData(node)));
  const post = (path, fields) =>
    page.evaluate(
      ([to, body]) =>
        fetch(to, { method: 'POST', body: new URLSearchParams(body) }).then(
          (answer) => `${answer.status} ${new URL(answer.url).pathname}`,
        ),
      [path, fields],
    );
  const orders = await Promise.all([post('/checkout', form), post('/checkout', form)]);
  assert.match(orders[0], /^200 \/pay\//);
  assert.equal(orders[0], orders[1], 'both posts lead to the same order');
  const path = orders[0].slice(4);
  const send = { action: 'send', attempt: '0', phone: customer.phone };
  const sent = await Promise.all([post(path, send), post(path, send), post(path, send)]);
  assert.deepEqual(sent, Array(3).fill(`200 ${path}`));
  await page.goto(path);
  await heading(page, say('pay-sent')).waitFor();
  assert.equal(await phone.pushes(customer.phone), 1);
});

test('a second tab sends no payment request and shows the payment', async () => {
  const customer = newCustomer();
  const path = await order(page, lang, customer);
  await heading(page, say('pay-sent')).waitFor();
  const second = await visitor.context.newPage();
  await second.goto(path);
  await heading(second, say('pay-sent')).waitFor();
  assert.equal(await phone.pushes(customer.phone), 1);
  await phone.act(customer.phone, 'approve');
  for (const tab of [page, second])
    await arrives(tab, [say('pay-paid'), say('pay-active')], { within: 30_000 });
  assert.equal(await phone.pushes(customer.phone), 1);
});

test('submitting the form again from the history is the same order', async () => {
  const customer = newCustomer();
  const path = await order(page, lang, customer);
  await heading(page, say('pay-sent')).waitFor();
  while (!page.url().includes('/checkout/')) await page.goBack();
  await button(page, `${say('checkout-pay')} TSh 67,500`).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/checkout'));
  assert.equal(new URL(page.url()).pathname, path);
  assert.equal(await phone.pushes(customer.phone), 1);
});

test('the payment page reports a lost network and continues when it returns', async () => {
  const customer = newCustomer();
  await order(page, lang, customer);
  await heading(page, say('pay-sent')).waitFor();
  await visitor.context.setOffline(true);
  const line = page.locator('[data-quiet]');
  await until(
    'the page says that it is offline',
    async () => plain(await line.innerText()) === say('live-offline'),
  );
  await shoot(page, 'errors-offline', [360]);
  await phone.act(customer.phone, 'approve');
  await visitor.context.setOffline(false);
  await arrives(page, [say('pay-paid'), say('pay-active')], { within: 30_000 });
  assert.equal(plain(await line.innerText()), '');
  // The browser itself logs a request without a network to the console.
  visitor.consoleErrors.splice(
    0,
    visitor.consoleErrors.length,
    ...visitor.consoleErrors.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED')),
  );
});

test('the link to an order needs its customer to sign in', async () => {
  const customer = newCustomer();
  const path = await order(page, lang, customer);
  for (const address of [path, path.replace('/pay/', '/order/')]) {
    await other.page.goto(address);
    assert.ok(!plain(await other.page.locator('body').innerText()).includes(customer.phone));
    assert.match(other.page.url(), /\/login\?next=/);
  }
});
