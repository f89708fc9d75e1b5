// Credentials saved for offline use: in the system's keyring, available while the portal is unreachable, and
// removed in time.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { until } from '../browser/until.mjs';
import { clipboard, keyring, makeHome, startApp } from './app.mjs';
import { neema, createHosting, rehema, signIn, startStaffedPortal } from './staff.mjs';

let portal, line;
before(async () => {
  portal = await startStaffedPortal();
  line = await makeLine(portal.origin);
});
after(async () => {
  await line?.disconnect();
  await portal?.stop();
});

/** The network between the app and the portal, which a test can disconnect and reconnect. */
async function makeLine(to) {
  const open = new Set();
  const { port: inner } = new URL(to);
  const server = createServer((near) => {
    const far = connect(Number(inner), '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(one);
      one.pipe(other);
      one
        .on('error', () => {})
        .on('close', () => {
          open.delete(one);
          other.destroy();
        });
    }
  });
  const listen = async (port) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address();
  return {
    origin: `http://127.0.0.1:${port}`,
    async disconnect() {
      if (!server.listening) return;
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
    reconnect: () => listen(port),
  };
}

/**
 * A test with a home of its own: `open` starts the app in it. Whatever is still open in the end is signed out
 * and closed.
 */
function testApp(name, work) {
  test(name, async () => {
    const home = await makeHome();
    let app;
    const open = async () => {
      app = await startApp(home);
      return app;
    };
    const close = async () => {
      const last = app;
      app = undefined;
      return last.close();
    };
    try {
      await work({ home, open, close });
    } finally {
      await app?.call('sign_out').catch(() => {});
      await app?.close();
      await home.end();
    }
  });
}

/** The saved credentials in the keyring; the token beside them is no JSON. */
const kept = async () =>
  (await keyring()).filter((secret) => secret.startsWith('{')).map((secret) => JSON.parse(secret));
const refused = (kind) => (error) => {
  assert.equal(error.error?.kind, kind, error.message);
  return true;
};
/** The audit entries of this service's credentials, oldest first. */
async function record(app) {
  const { items } = await app.call('call', { endpoint: 'list_audit', query: { q: 'service.credentials_' } });
  return items.map(({ action }) => action.replace('service.credentials_', '')).reverse();
}
/** What the page can read: its text, its storage, its cookies. */
const seen = (page) =>
  page.executeScript(() =>
    [
      document.documentElement.outerHTML,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
    ].join('\n'),
  );
const says = (app, text) =>
  until(
    `the page says: ${text}`,
    async () =>
      // A reload ends the script that reads the page: it is read again.
      (await app.page.executeScript(() => document.body.textContent).catch(() => ''))
        .replace(/\s+/g, ' ')
        .includes(text),
    { within: 20_000 },
  );

testApp(
  'a login is kept on purpose, used while the portal is away, let go of, and all of it is on record',
  async ({ home, open, close }) => {
    const app = await open();
    await signIn(app, { ...portal, origin: line.origin });
    const { service } = await createHosting(app);
    assert.deepEqual(await kept(), []);

    // In the window, with the keyboard. The page shows the sign-in and finds a session.
    await app.page.executeScript(() => location.reload());
    await says(app, 'Customers');
    await app.page.executeScript((service) => {
      location.hash = `#/services/${service}`;
    }, service);
    await says(app, 'Save for offline use');
    await app.page.actions().sendKeys('k').perform();
    await says(app, 'only in this computer’s keyring');
    await until('the focus is on the days', () =>
      app.page.executeScript(() => document.activeElement?.value === '7'),
    );
    await app.page.actions().sendKeys(Key.ENTER).perform();
    await says(app, 'Saved on this computer until');
    const [login] = await kept();
    assert.equal(Object.keys(login).sort().join(), 'panel_url,password,username');
    assert.deepEqual(await record(app), ['kept']);
    const listed = await app.call('offline_credentials');
    assert.deepEqual(
      listed.map(({ service: of, domain, username }) => [of, domain, username]),
      [[service, neema.domain, login.username]],
    );
    assert.ok(!JSON.stringify([listed, await app.call('state')]).includes(login.password));
    assert.ok(!(await seen(app.page)).includes(login.password));

    await line.disconnect();
    assert.match(await app.call('copy_password', { service }), /^20/);
    assert.equal(await clipboard(), login.password);
    await app.page.executeScript(() => {
      location.hash = '#/settings';
    });
    await says(app, 'Saved for offline use');
    assert.equal(
      (await app.page.findElements(By.css(`[aria-label="Remove the saved credentials of ${neema.domain}"]`)))
        .length,
      1,
    );
    await app.call('lock');
    assert.equal(await clipboard(), '');
    await assert.rejects(app.call('copy_password', { service }), refused('locked'));
    await line.reconnect();
    await app.call('unlock', { password: portal.password });

    await line.disconnect();
    await app.call('remove_offline_credentials', { service });
    assert.deepEqual(await kept(), []);
    assert.equal((await keyring()).length, 1, 'the sign-in stays');
    await assert.rejects(app.call('copy_password', { service }), refused('unreachable'));
    await line.reconnect();
    await until('the portal has heard of it', async () => (await record(app)).join() === 'kept,dropped', {
      within: 30_000,
    });

    await app.call('save_offline_credentials', { service, days: 1 });
    assert.equal((await kept()).length, 1);
    await app.call('sign_out');
    assert.deepEqual(await keyring(), []);
    const log = await close();
    for (const { path, text } of [...(await home.files()), { path: 'log', text: log }]) {
      for (const secret of [login.password, login.username])
        assert.ok(!text.includes(secret), `${path} holds a part of the login`);
    }
  },
);

testApp(
  'a kept login is there at a start without the portal, and gone with the sign-in',
  async ({ open, close }) => {
    const own = await startStaffedPortal();
    try {
      let app = await open();
      await signIn(app, own);
      const { service } = await createHosting(app);
      const live = await app.call('show_password', { service });
      assert.equal(live.offline_until, null);
      await app.call('save_offline_credentials', { service, days: 30 });
      await close();
      await own.stop();

      app = await open();
      assert.equal((await app.call('state')).signed_in?.email, rehema.email);
      const shown = await app.call('show_password', { service });
      assert.equal(shown.password, live.password);
      assert.ok(Date.parse(shown.offline_until) > Date.now() + 29 * 86_400_000, shown.offline_until);
      assert.deepEqual(await app.call('sign_out'), { is_revoked: false });
      assert.deepEqual(await keyring(), []);
    } finally {
      await own.stop().catch(() => {});
    }
  },
);
