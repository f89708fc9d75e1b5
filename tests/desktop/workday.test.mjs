// A workday in the window, with the keyboard only. At the end, everything that the app stored is searched for
// secrets.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { totp } from '../browser/totp.mjs';
import { until } from '../browser/until.mjs';
import { clipboard, keyring, makeHome, startApp } from './app.mjs';
import { buy } from './customer.mjs';
import { actions } from './actions.mjs';
import { neema, rehema, startStaffedPortal } from './staff.mjs';

const baraka = {
  name: 'Baraka Lyimo',
  email: 'baraka@samaki.co.tz',
  phone: '0712900002',
  domain: 'samaki-fresh.co.tz',
};

let portal, home, app;
let log = '';
before(async () => {
  portal = await startStaffedPortal({ STAFF_TOTP: 'required' });
  home = await makeHome();
  app = await startApp(home);
});
after(async () => {
  await app?.close().catch(() => {});
  await home?.end();
  await portal?.stop();
});
const { look, press, hold, sees, heading, focused, tabTo, retype, find, dashboard, enrol } = actions(
  () => app,
);
/** The badge beside the title of the open page. */
const badge = (word) =>
  until(
    `the badge says ${word}`,
    () => look((word) => document.querySelector('.object-title .badge')?.textContent.includes(word), word),
    { within: 20_000 },
  );

test('a workday needs only the keyboard and leaves no secret', async (t) => {
  const secrets = new Set([portal.password]);
  // What the page stores and shows, at any time.
  const storage = [];
  const keep = async () =>
    storage.push(
      await look(() =>
        JSON.stringify([
          { ...localStorage },
          { ...sessionStorage },
          document.cookie,
          document.documentElement.outerHTML,
        ]),
      ),
    );
  const second = await portal.colleague();
  const account = second.accountOf(await buy(portal, neema));
  let totpKey, service;

  await t.test('a first sign-in', async () => {
    totpKey = await enrol(portal.origin, rehema.email, portal.password);
    const tokens = await keyring();
    assert.equal(tokens.length, 1);
    secrets.add(tokens[0]);
    ({ service } = await account);
  });

  await t.test('a restart is signed in', async () => {
    log += await app.close();
    app = await startApp(home);
    await dashboard();
  });

  await t.test('the time of the clipboard is a setting', async () => {
    await hold(Key.CONTROL, ',');
    await heading('Settings');
    await tabTo('Clear clipboard after (seconds)');
    await retype('5');
    await press(Key.TAB);
    await until('it is saved', async () => (await app.call('settings')).clipboard_seconds === 5);
  });

  await t.test('a customer is found by a part of phone or name', async () => {
    await find('754310', neema.name);
    await heading(neema.name);
    await find('Mush', neema.name);
    await heading(neema.name);
    await sees(neema.email);
  });

  await t.test('a password is copied without being shown and cleared in time', async () => {
    await press('l');
    await heading(`Credentials of ${neema.name}`);
    await tabTo(`Copy the password of ${neema.domain}`);
    await press(Key.ENTER);
    await sees('Password copied; the clipboard is cleared after 5 s');
    const copied = await clipboard();
    assert.equal(copied, await second.passwordOf(service));
    secrets.add(copied);
    await keep();
    await until('the clipboard is empty', async () => (await clipboard()) === '', {
      within: 10_000,
      every: 100,
    });
  });

  await t.test('a service is suspended with its name typed, and activated', async () => {
    await find(neema.domain.slice(0, 9), neema.domain);
    await badge('active');
    await hold(Key.SHIFT, 's');
    await heading(`Suspend ${neema.domain}?`);
    await press(Key.ARROW_DOWN);
    await tabTo('Type the domain to confirm');
    await press(neema.domain, Key.ENTER);
    await badge('suspended');
    assert.deepEqual(await second.statusOf(service), ['suspended', 'Sends spam']);
    await hold(Key.SHIFT, 's');
    await heading(`Activate ${neema.domain}?`);
    await press(Key.SPACE, Key.ENTER);
    await badge('active');
    assert.deepEqual(await second.statusOf(service), ['active', 'Paid']);
  });

  await t.test('a changed price is on the site', async () => {
    await press('g', 'p');
    await heading('Plans');
    await tabTo('Hollyn Boost');
    await press(Key.ENTER);
    await heading('Hollyn Boost');
    await tabTo('Price per month');
    await retype('27500');
    await hold(Key.CONTROL, 's');
    await sees('Hollyn Boost is saved');
    assert.match(await (await fetch(`${portal.origin}/plans`)).text(), /27,500/);
  });

  await t.test('an entry about too large a payment is resolved', async () => {
    await buy(portal, baraka, 'more');
    const [entry] = await until('it needs attention', async () => {
      const all = await second.attention();
      return all.length > 0 && all;
    });
    assert.equal(entry.amount_tzs, 5000);
    await find('attent', 'Attention');
    await heading('Attention');
    await heading(entry.title);
    await press('r');
    await focused('textarea');
    await press('Refunded manually, reference 0936190001');
    await hold(Key.CONTROL, Key.ENTER);
    await sees(`Resolved: ${entry.title}`);
    await sees('Nothing needs attention');
    assert.deepEqual(await second.attention(), []);
    const [settled] = await second.attention('resolved');
    assert.equal(settled.resolution, 'Refunded manually, reference 0936190001');
  });

  await t.test('an impersonation opens by a link that works once', async () => {
    await find('neema', neema.name);
    await heading(neema.name);
    await press('i');
    await heading(`Open the portal as ${neema.name}`);
    await press('She cannot find her invoice');
    await tabTo('Open as Neema');
    await press(Key.ENTER);
    await sees(`The portal opens in your browser as ${neema.name}`);
    const [link] = await until('the browser is open', async () => {
      const all = await home.opened();
      return all.length > 0 && all;
    });
    assert.ok(link.startsWith(`${portal.origin}/impersonate/`), link);
    const enter = async () =>
      (
        await fetch(link, { method: 'POST', redirect: 'manual', headers: { origin: portal.origin } })
      ).headers.get('location');
    assert.equal(await enter(), '/dashboard');
    assert.equal(await enter(), null);
  });

  await t.test('a form keeps what was typed when the session ends', async () => {
    await find('new cust', 'New customer');
    await heading('New customer');
    await focused('#u-name');
    await press('Rashidi Mbwana', Key.TAB, 'rashidi@mbwana.co.tz');
    const [token] = await keyring();
    assert.equal((await portal.ask('DELETE', '/session', token)).status, 200);
    await hold(Key.CONTROL, 's');
    await heading('Sign in again');
    assert.deepEqual(await keyring(), []);
    await focused('input[type=password]');
    await press(portal.password, Key.ENTER);
    await heading('Two-factor authentication');
    await focused('input[autocomplete="one-time-code"]');
    await press(totp(totpKey, 1));
    await sees('You are signed in again');
    const [again] = await keyring();
    assert.notEqual(again, token);
    secrets.add(again);
    assert.deepEqual(await look(() => ['u-name', 'u-email'].map((id) => document.getElementById(id).value)), [
      'Rashidi Mbwana',
      'rashidi@mbwana.co.tz',
    ]);
    assert.equal(await second.find('rashidi@mbwana.co.tz'), undefined);
    await hold(Key.CONTROL, 's');
    await sees('Rashidi Mbwana is created');
    assert.equal((await second.find('rashidi@mbwana.co.tz')).name, 'Rashidi Mbwana');
  });

  await t.test('signing out leaves nothing', async () => {
    const [token] = await keyring();
    await keep();
    await find('sign out', 'Sign out');
    await heading('Sign in');
    assert.deepEqual(await keyring(), []);
    assert.equal((await portal.ask('GET', '/session', token)).status, 401);
    await keep();
  });

  await t.test(
    "no token and no password is in the app's files, its log, its pages or what they keep",
    async () => {
      log += await app.close();
      app = undefined;
      const files = await home.files();
      assert.ok(
        files.some(({ path }) => path.endsWith('state.json')),
        'the app keeps its files somewhere else',
      );
      const all = [...files, { path: 'the log', text: log }, { path: 'the page', text: storage.join('\n') }];
      assert.ok(
        all.some(({ text }) => text.includes(rehema.email)),
        'this looks at nothing',
      );
      assert.equal(secrets.size, 4);
      for (const { path, text } of all) {
        for (const secret of secrets) assert.ok(!text.includes(secret), `${path} holds a secret`);
      }
    },
  );
});
