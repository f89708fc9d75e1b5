// The overview and its pages, from an empty account to a suspended service. Set-up is not automatic and calls
// to the panel can be delayed, so that each state stays until it was checked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit, visitStill } from './chromium.mjs';
import { startPanelProxy } from './panel_proxy.mjs';
import { inspect } from './inspect.mjs';
import { startPortal } from './portal.mjs';
import {
  arrives,
  button,
  heading,
  order,
  customerPhone,
  register,
  newCustomer,
  switchLanguage,
} from './actions.mjs';
import { until } from './until.mjs';
import { languages, plain, word } from './messages.mjs';

let panelProxy, portal, browser;
before(async () => {
  panelProxy = await startPanelProxy();
  const variables = { ...panelProxy.variables, PROVISION_ON_PAYMENT: 'false', PROVISION_TRIES: '1' };
  portal = await startPortal(variables, /set-up was given up/);
  panelProxy.forwardTo(portal.origin);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
  await panelProxy?.stop();
});

for (const lang of languages) {
  const say = (key, args) => word(lang, key, args);

  test(`the overview has no violation and no overflow in any state (${lang})`, async (t) => {
    const visitor = await visitStill(browser, portal.origin);
    const other = await visit(browser, portal.origin);
    const { page } = visitor;
    const phone = customerPhone(other.page);
    const looks = (name) => t.test(name, () => inspect(page, `look-${lang}-${name}`));
    const text = async () => plain(await page.locator('main').innerText());
    /** Reloads the page until it has the text. */
    const says = async (address, ...sentences) => {
      await page.goto(address);
      return until(`${address} says: ${sentences.join(' | ')}`, async () => {
        const main = await text();
        if (sentences.every((sentence) => main.includes(sentence))) return true;
        await page.reload();
        return false;
      });
    };
    const ordered = async (customer) => (await order(page, lang, customer)).split('/').pop();
    const paid = async (customer, uuid) => {
      await page.goto(`/pay/${uuid}`);
      await button(page, say('pay-send')).click();
      await heading(page, say('pay-sent')).waitFor();
      await phone.act(customer.phone, 'approve');
      await arrives(page, [say('pay-paid')], { within: 60_000, reload: true });
    };

    const customer = newCustomer();
    await page.goto('/register');
    await switchLanguage(page, lang);
    await register(page, lang, customer);
    await says('/dashboard', say('dashboard-empty'));
    await looks('overview-nothing');

    const first = await ordered(customer);
    const number = /H-[0-9A-Z]+/.exec(await (await page.goto(`/order/${first}`)).text())[0];
    await says('/dashboard', say('call-pending', { number }), say('order-state-pending'));
    await looks('overview-pending');

    await paid(customer, first);
    await looks('pay-to-finish');
    await says(`/order/${first}`, say('order-lead-finish'));
    await looks('order-to-finish');
    await says(
      '/dashboard',
      say('call-finish-domain', { number, domain: customer.domain }),
      say('service-state-unfinished'),
    );
    await looks('overview-paid');

    panelProxy.hold();
    await button(page, say('finish-setup')).click();
    await page.waitForURL(/\/order\//);
    await looks('order-setup');
    await says('/dashboard', say('service-state-setup'));
    await looks('overview-setup');
    const id = (await page.locator('ul.services a').first().getAttribute('href')).split('/').pop();
    await says(`/me/services/${id}`, say('order-lead-setup'));
    await looks('service-setup');
    // With scripts, the open overview updates itself.
    const watching = await visitor.context.newPage();
    await watching.unrouteAll();
    await visitor.context.unroute(/\/portal\.js/);
    await watching.goto('/dashboard');
    await watching.locator('[data-live]').waitFor();
    panelProxy.open();
    await button(watching, say('open-panel')).waitFor();
    await watching.close();
    await visitor.context.route(/\/portal\.js/, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: '' }),
    );
    await says('/dashboard', say('service-state-active'));
    await looks('overview-active');

    // A second order, which the panel refuses.
    panelProxy.close();
    const unlucky = { ...customer, domain: newCustomer().domain };
    const second = await ordered(unlucky);
    await paid(unlucky, second);
    await says(`/order/${second}`, say('order-lead-finish'));
    await button(page, say('finish-setup')).click();
    await says('/dashboard', say('call-late', { domain: unlucky.domain }), say('call-late-text'));
    const shown = await page.locator('ul.services > li').allInnerTexts();
    assert.ok(
      shown[0].includes(customer.domain) && shown[1].includes(unlucky.domain),
      `what works comes first: ${shown}`,
    );
    await looks('overview-failed');
    await page.getByRole('link', { name: unlucky.domain }).click();
    await page.waitForURL(/\/me\/services\//);
    await looks('service-failed');
    await says(`/order/${second}`);
    await looks('order-failed');

    panelProxy.open();
    await portal.staff('suspend', id, 'Spam was sent from it');
    await says('/dashboard', say('suspended-text'), say('service-state-suspended'));
    await looks('overview-suspended');
    await says(`/me/services/${id}`, say('suspended-text'));
    await looks('service-suspended');
    await says(`/order/${first}`, say('suspended-text'));
    await looks('order-suspended');
    await portal.staff('activate', id, 'It was a form on the page');
    await says('/dashboard', say('service-state-active'));

    const failed = new RegExp(`\\b(failed|error)\\b`, 'i');
    assert.ok(!failed.test(await text()), 'a customer who has paid does not read that something failed');
    await visitor.leave();
    await other.leave();
  });
}
