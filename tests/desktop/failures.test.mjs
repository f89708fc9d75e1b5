// What goes wrong on the way to the portal, as whoever sits there is told, and what they can do about it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Key } from 'selenium-webdriver';
import { makeHome, startApp } from './app.mjs';
import { actions } from './actions.mjs';
import { rehema, startStaffedPortal } from './staff.mjs';
import { startProxy } from './proxy.mjs';

const api = '/api/admin/v1';
/** A certificate that nobody vouches for. */
async function makeCertificate({ folder }) {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  ]);
  return { key: await readFile(key), cert: await readFile(cert) };
}

let portal, home, app, proxy;
before(async () => {
  portal = await startStaffedPortal();
  home = await makeHome();
  proxy = await startProxy();
  app = await startApp(home);
});
after(async () => {
  await app?.call('sign_out').catch(() => {});
  await app?.close().catch(() => {});
  await proxy?.stop();
  await home?.end();
  await portal?.stop();
});
const { press, hold, find, sees, seen, heading, tabTo, retype, waits, look, typeSignIn, dashboard } = actions(
  () => app,
);
const error = (code, message) => ({ error: { code, message, fields: {}, request_id: 'r-20261126-7' } });
const about = async (api) => ({ ...(await portal.ask('GET', '/about')).answer, api });

test('an address that does not work says why, and sends no password', async (t) => {
  /** Types another address over the one that did not work, and tries again with the same password. */
  const tries = async (origin) => {
    await tabTo('Portal address');
    await retype(origin);
    await press(Key.TAB, Key.TAB, Key.ENTER);
  };

  await t.test('a certificate that nobody vouches for', async () => {
    const tls = await startProxy(await makeCertificate(home));
    try {
      await typeSignIn(tls.origin, rehema.email, portal.password);
      await sees("The portal's certificate is refused");
      await sees('Nothing was sent to it');
      assert.deepEqual(tls.asked, []);
    } finally {
      await tls.stop();
    }
  });

  await t.test('nobody at the address', async () => {
    const gone = await startProxy();
    await gone.stop();
    await tries(gone.origin);
    await sees("The portal cannot be reached. Check the network and the portal's address");
  });

  await t.test('something else at the address', async () => {
    proxy.respond(`GET ${api}/about`, 200, '<h1>Welcome to nginx!</h1>', { 'content-type': 'text/html' });
    await tries(proxy.origin);
    await sees('What answers at this address is no Hollyn portal');
  });

  await t.test('a portal that is older, and one that is newer than the app', async () => {
    const { api: ours } = (await portal.ask('GET', '/about')).answer;
    proxy.respond(`GET ${api}/about`, 200, await about(ours - 1));
    await tries(proxy.origin);
    await sees('This portal is older than the app can talk to');
    proxy.respond(`GET ${api}/about`, 200, await about(ours + 1));
    await tries(proxy.origin);
    await sees('This portal is newer than the app. Update the app.');
  });

  assert.deepEqual(
    proxy.asked.filter((what) => what !== `GET ${api}/about`),
    [],
  );

  await t.test('then the right one', async () => {
    proxy.forwardTo(portal.origin);
    proxy.passThrough(`GET ${api}/about`);
    await tries(proxy.origin);
    await dashboard();
  });
});

test('a fault of the portal has its number and a way to try again', async (t) => {
  await t.test('a page that cannot be read', async () => {
    proxy.respond(`GET ${api}/plans`, 500, error('internal', 'Something broke.'));
    await press('g', 'p');
    await sees('The portal could not answer (500).');
    await sees('Request r-20261126-7');
    proxy.passThrough(`GET ${api}/plans`);
    await tabTo('Try again');
    await press(Key.ENTER);
    // By itself it would only be tried again after eight seconds.
    await heading('Hollyn Lite', 5_000);
  });

  await t.test('rows that were not found are not those of before', async () => {
    await press('g', 'c');
    await heading('Customers');
    const rows = () => look(() => document.querySelectorAll('[role=grid] tbody tr').length);
    await waits('there are rows', rows);
    proxy.respond(`GET ${api}/users`, 500, error('internal', 'Something broke.'));
    await press('/');
    await press('zuhura');
    await sees('Request r-20261126-7');
    assert.equal(await rows(), 0);
    proxy.passThrough(`GET ${api}/users`);
  });

  await t.test('too often: it says when again, and what was typed is there', async () => {
    await find('plans', 'Plans');
    await heading('Plans');
    proxy.respond(`PATCH ${api}/plans/hollyn-boost`, 429, error('limited', 'Too many changes.'), {
      'content-type': 'application/json',
      'retry-after': '40',
    });
    await tabTo('Hollyn Boost');
    await press(Key.ENTER);
    await tabTo('Price per month');
    await retype('26000');
    await hold(Key.CONTROL, 's');
    await sees('Too many changes. Try again in 40 seconds.');
    proxy.passThrough(`PATCH ${api}/plans/hollyn-boost`);
    await hold(Key.CONTROL, 's');
    await sees('Hollyn Boost is saved');
  });
});

test('without a network one reads what was there, changes nothing, and goes on when it is back', async () => {
  proxy.disconnect();
  await hold(Key.CONTROL, 'r');
  await sees('No connection. This is the data from before the outage');
  await heading('Hollyn Boost');
  assert.ok(
    await look(
      () =>
        [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith('Save plan'))
          .disabled,
    ),
  );
  // First the button: once the proxy is mended, the app may find that out by itself.
  await tabTo('Try again');
  proxy.reconnect();
  await press(Key.ENTER);
  await waits('the banner is gone', async () => !(await seen()).includes('No connection.'));
});

test('a portal that became newer overnight says so to who is signed in', async () => {
  const { api: ours } = (await portal.ask('GET', '/about')).answer;
  proxy.respond(`GET ${api}/about`, 200, await about(ours + 1));
  await app.close();
  app = await startApp(home);
  await waits('it is said', async () => {
    if ((await seen()).includes('This portal is newer than the app. Update the app.')) return true;
    await hold(Key.CONTROL, 'r');
    return false;
  });
  proxy.passThrough(`GET ${api}/about`);
});
