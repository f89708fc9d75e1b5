// Impersonation in a browser: the link from the admin API, the banner on every page, and leaving.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visitStill } from './chromium.mjs';
import { inspect } from './inspect.mjs';
import { startPortal } from './portal.mjs';
import {
  arrives,
  boost,
  button,
  heading,
  order,
  customerPhone,
  register,
  newCustomer,
  switchLanguage,
} from './actions.mjs';
import { languages, plain, word } from './messages.mjs';

const reason = 'She cannot find the receipt of her last order';

let portal, browser, token;
before(async () => {
  portal = await startPortal();
  browser = await launch();
  const email = 'asha@hollyn.example';
  const said = await portal.command(
    'admin',
    'create',
    '--email',
    email,
    '--name',
    'Asha Mwinyi',
    '--role',
    'admin',
  );
  const password = said.trim().split(' ').pop();
  ({ token } = await api('POST', '/session', { email, password, device: 'Front desk' }));
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function api(method, path, body) {
  const answer = await fetch(`${portal.origin}/api/admin/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, `${method} ${path}: ${text}`);
  return JSON.parse(text);
}

/** The path of a one-time impersonation link. */
async function link(customer) {
  const { items } = await api('GET', `/users?q=${encodeURIComponent(customer.email)}`);
  const { url } = await api('POST', `/users/${items[0].id}/impersonate`, { reason });
  return new URL(url).pathname;
}

for (const lang of languages) {
  const say = (key, args) => word(lang, key, args);

  test(`staff impersonate a customer and leave (${lang})`, async (t) => {
    const own = await visitStill(browser, portal.origin);
    const staff = await visitStill(browser, portal.origin);
    const { page } = staff;
    const customer = newCustomer();
    const { name } = customer;
    const looks = (what) => t.test(what, () => inspect(page, `look-${lang}-${what}`));
    const opens = async (address, status = 200) =>
      assert.equal((await page.goto(address)).status(), status, address);
    const bar = page.getByRole('complementary', { name: say('viewing-label') });
    const says = async (what) =>
      assert.ok(plain(await page.locator('body').innerText()).includes(what), what);

    await own.page.goto('/register');
    await switchLanguage(own.page, lang);
    await register(own.page, lang, customer);
    const paid = (await order(own.page, lang, customer)).split('/').pop();
    await button(own.page, say('pay-send')).click();
    await heading(own.page, say('pay-sent')).waitFor();
    const phone = await visitStill(browser, portal.origin);
    await customerPhone(phone.page).act(customer.phone, 'approve');
    await arrives(own.page, [say('pay-active')], { within: 60_000, reload: true });
    const unpaid = (await order(own.page, lang, { ...customer, domain: newCustomer().domain }))
      .split('/')
      .pop();

    await page.goto('/');
    await switchLanguage(page, lang);
    const way = await link(customer);
    await opens(way);
    await heading(page, say('viewing-title-ready', { name })).waitFor();
    await says(reason);
    await looks('view-ready');
    await button(page, say('viewing-enter', { name })).click();
    await page.waitForURL(/\/dashboard$/);

    const pages = {
      'view-dashboard': '/dashboard',
      'view-services': '/me/services',
      'view-order': `/order/${paid}`,
      'view-paid': `/pay/${paid}`,
      'view-pay': `/pay/${unpaid}`,
      'view-checkout': `/checkout/${boost.slug}`,
      'view-security': '/profile/security',
      'view-activity': '/profile/activity',
      'view-start': '/',
      'view-plans': '/plans',
    };
    for (const [what, address] of Object.entries(pages)) {
      await opens(address);
      assert.match(plain(await bar.innerText()), new RegExp(`${name}.* \\d\\d:\\d\\d`), address);
      await looks(what);
    }
    await page.goto('/me/services');
    await page.locator('ul.services a').first().click();
    await page.waitForURL(/\/me\/services\/\d+/);
    assert.equal(await page.locator('input[type=password]').count(), 0, 'no password is asked for');
    await looks('view-service');
    await opens('/me/panel', 403);
    await heading(page, say('error-head-viewing')).waitFor();
    await looks('view-refused');
    await opens(await link(customer), 409);
    await looks('view-busy');

    await button(bar, say('viewing-stop')).click();
    await heading(page, say('viewing-title-left', { name })).waitFor();
    assert.equal(await bar.count(), 0);
    await looks('view-left');
    await opens(way, 410);
    await looks('view-gone');
    await page.goto('/dashboard');
    await page.waitForURL(/\/login/);

    // The cookie of an ended impersonation.
    await staff.context.addCookies([{ name: 'impersonation', value: 'over', url: portal.origin }]);
    await opens('/dashboard', 410);
    await heading(page, say('viewing-title-ended')).waitFor();
    await looks('view-ended');
    await button(page, say('viewing-leave')).click();
    await heading(page, say('viewing-title-left-plain')).waitFor();

    await own.page.goto('/profile/activity');
    await own.page.getByText(say('activity-impersonated')).first().waitFor();
    for (const visitor of [own, staff, phone]) await visitor.leave();
  });
}
