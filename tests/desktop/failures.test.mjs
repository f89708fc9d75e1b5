// Failures of the connection to the portal: the messages, and what the user can do.
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
/** A self-signed certificate. */
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

test('an unusable address is reported, and no password is sent', async (t) => {
  /** Replaces the address, and signs in with the same password. */
  const tries = async (origin) => {
    await tabTo('Portal address');
    await retype(origin);
    await press(Key.TAB, Key.TAB, Key.ENTER);
  };

  await t.test('a self-signed certificate', async () => {
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

  await t.test('no server at the address', async () => {
    const gone = await startProxy();
    await gone.stop();
    await tries(gone.origin);
    await sees("The portal cannot be reached. Check the network and the portal's address");
  });

  await t.test('another server at the address', async () => {
    proxy.respond(`GET ${api}/about`, 200, '<h1>Welcome to nginx!</h1>', { 'content-type': 'text/html' });
    await tries(proxy.origin);
    await sees('What answers at this address is no Hollyn portal');
  });

  await t.test('an older and a newer portal', async () => {
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

  await t.test('the right address', async () => {
    proxy.forwardTo(portal.origin);
    proxy.passThrough(`GET ${api}/about`);
    await tries(proxy.origin);
    await dashboard();
  });
});

test('an error of the portal has its request id and can be retried', async (t) => {
  await t.test('a page that cannot be loaded', async () => {
    proxy.respond(`GET ${api}/plans`, 500, error('internal', 'Something broke.'));
    await press('g', 'p');
    await sees('The portal could not answer (500).');
    await sees('Request r-20261126-7');
    proxy.passThrough(`GET ${api}/plans`);
    await tabTo('Try again');
    await press(Key.ENTER);
    // The automatic retry comes only after eight seconds.
    await heading('Hollyn Lite', 5_000);
  });

  await t.test('a failed search shows no rows of an earlier one', async () => {
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

  await t.test('a rate limit names the time and keeps what was typed', async () => {
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

test('without a network the data can be read but not changed, until it returns', async () => {
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
  // The button first: after the reconnection the app may retry by itself.
  await tabTo('Try again');
  proxy.reconnect();
  await press(Key.ENTER);
  await waits('the banner is gone', async () => !(await seen()).includes('No connection.'));
});

test('a portal that was upgraded during a session is reported', async () => {
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
