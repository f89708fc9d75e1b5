// Sign-in, restart, the clipboard, and what the page cannot read. Through the window's bridge, with a real
// portal and the system's keyring and clipboard.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { until } from '../browser/until.mjs';
import { clipboard, keyring, makeHome, startApp } from './app.mjs';
import { createHosting, rehema, signIn, startStaffedPortal } from './staff.mjs';

let portal;
before(async () => {
  portal = await startStaffedPortal();
});
after(async () => {
  await portal?.stop();
});

/**
 * A test with a home of its own: `open` starts the app in it. Whatever is still open in the end is signed out
 * and closed.
 */
function testApp(name, work) {
  test(name, async (t) => {
    const home = await makeHome();
    let app;
    const open = async (variables) => {
      app = await startApp(home, variables);
      return app;
    };
    const close = async () => {
      const last = app;
      app = undefined;
      return last.close();
    };
    try {
      await work({ t, home, open, close });
    } finally {
      await app?.call('sign_out').catch(() => {});
      await app?.close();
      await home.end();
    }
  });
}

const refused = (kind) => (error) => {
  assert.equal(error.error?.kind, kind, error.message);
  return true;
};

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

testApp(
  'staff are still signed in when they come back, and gone when they sign out',
  async ({ home, open, close }) => {
    let app = await open();
    assert.equal((await app.call('state')).signed_in, null);
    const { welcome } = await signIn(app, portal);
    assert.equal(welcome.user.email, rehema.email);
    assert.ok(welcome.recovery_codes.length > 0);
    const tokens = await keyring();
    assert.equal(tokens.length, 1);
    const [token] = tokens;
    await app.call('call', { endpoint: 'dashboard', query: {} });
    assert.ok(!JSON.stringify([welcome, await app.call('state')]).includes(token));
    assert.ok(!(await seen(app.page)).includes(token));

    let log = await close();
    app = await open();
    const state = await app.call('state');
    assert.equal(state.signed_in?.email, rehema.email);
    assert.equal(state.keyring, 'ok');
    await app.call('call', { endpoint: 'dashboard', query: {} });

    await app.call('sign_out');
    assert.deepEqual(await keyring(), []);
    assert.equal((await portal.ask('GET', '/session', token)).status, 401);
    await assert.rejects(app.call('call', { endpoint: 'dashboard', query: {} }), refused('signed_out'));
    log += await close();
    for (const { path, text } of [...(await home.files()), { path: 'log', text: log }]) {
      for (const secret of [token, portal.password])
        assert.ok(!text.includes(secret), `${path} holds a secret`);
    }
  },
);

testApp(
  'work on an account: copying clears itself, the customer is seen in the browser, the lock holds',
  async ({ t, home, open }) => {
    const password = await portal.hire('baraka@hollyn.online', 'admin');
    const app = await open();
    const { id: profile } = await app.call('add_profile', { url: portal.origin });
    await app.call('sign_in', {
      profile,
      email: 'baraka@hollyn.online',
      password,
      totp: null,
      device: 'Desk',
    });
    const { user, service } = await createHosting(app);

    await t.test('a copied password is on the clipboard and cleared in time', async () => {
      await app.call('set_settings', { settings: { clipboard_seconds: 2 } });
      assert.equal(await app.call('copy_password', { service }), null);
      const copied = await clipboard();
      assert.ok(copied.length >= 12, copied);
      await until('the clipboard is empty', async () => (await clipboard()) === '', {
        within: 10_000,
        every: 100,
      });
      const shown = await app.call('show_password', { service });
      assert.equal(shown.password, copied);
      assert.ok(!(await seen(app.page)).includes(copied));
      for (const { path, text } of await home.files())
        assert.ok(!text.includes(copied), `${path} holds the password`);
    });

    await t.test('a text that was copied later stays', async () => {
      await app.call('copy_password', { service });
      await app.call('copy_text', { text: 'duka-la-neema.co.tz' });
      await new Promise((done) => {
        setTimeout(done, 2500);
      });
      assert.equal(await clipboard(), 'duka-la-neema.co.tz');
    });

    await t.test('a service is suspended and activated', async () => {
      const suspended = await app.call('call', {
        endpoint: 'suspend',
        id: service,
        body: { reason: 'Spam was sent' },
      });
      assert.equal(suspended.service.status, 'suspended');
      const active = await app.call('call', {
        endpoint: 'activate',
        id: service,
        body: { reason: 'It was cleaned' },
      });
      assert.equal(active.service.status, 'active');
    });

    await t.test("an impersonation opens in the system's browser, by a link that works once", async () => {
      const started = await app.call('impersonate', { user, reason: 'She cannot find her invoice' });
      assert.deepEqual(Object.keys(started), ['expires_at']);
      const [link] = await until('the browser is open', async () => {
        const all = await home.opened();
        return all.length > 0 && all;
      });
      assert.ok(link.startsWith(`${portal.origin}/impersonate/`), link);
      const enter = () =>
        fetch(link, { method: 'POST', redirect: 'manual', headers: { origin: portal.origin } });
      assert.equal((await enter()).headers.get('location'), '/dashboard');
      assert.equal((await enter()).headers.get('location'), null);
    });

    await t.test('a locked app answers nothing until the password is entered', async () => {
      await app.call('set_settings', { settings: { clipboard_seconds: 60 } });
      await app.call('copy_password', { service });
      await app.call('lock');
      assert.equal(await clipboard(), '');
      await assert.rejects(app.call('call', { endpoint: 'dashboard', query: {} }), refused('locked'));
      await assert.rejects(app.call('unlock', { password: 'a guess' }), refused('refused'));
      await app.call('unlock', { password });
      await app.call('call', { endpoint: 'dashboard', query: {} });
    });

    await t.test('a token that is revoked elsewhere ends the session', async () => {
      const [token] = await keyring();
      assert.equal((await portal.ask('DELETE', '/session', token)).status, 200);
      await assert.rejects(app.call('call', { endpoint: 'dashboard', query: {} }), refused('signed_out'));
      assert.deepEqual(await keyring(), []);
      assert.equal((await app.call('state')).signed_in, null);
    });
  },
);

testApp('nothing that is not ours comes into the window', async ({ open }) => {
  const app = await open();
  const asked = [];
  const server = createServer((request, answer) => {
    asked.push(request.url);
    answer
      .setHeader('access-control-allow-origin', '*')
      .setHeader('content-type', 'text/html')
      .end('<h1>Not ours</h1>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  try {
    await app.page.executeScript((url) => {
      location.href = `${url}/gone-to`;
    }, url);
    await app.page.executeScript((url) => {
      window.open(`${url}/opened`);
    }, url);
    await app.page.executeScript((url) => {
      const add = (tag, more) => document.body.append(Object.assign(document.createElement(tag), more));
      add('iframe', { src: `${url}/framed` });
      add('script', { src: `${url}/script` });
      add('img', { src: `${url}/image` });
      fetch(`${url}/fetched`).catch(() => {});
    }, url);
    // A message would have arrived by then.
    await new Promise((done) => {
      setTimeout(done, 2000);
    });
    assert.match(await app.page.getCurrentUrl(), /^tauri:\/\/localhost/);
    assert.deepEqual(asked, []);
  } finally {
    server.close();
  }
});

testApp("a page may use our commands and no plugin's", async ({ open }) => {
  const app = await open();
  for (const [command, given] of [
    ['plugin:clipboard-manager|read_text', {}],
    ['plugin:opener|open_url', { url: 'https://example.com' }],
    ['plugin:dialog|save', { options: {} }],
    ['plugin:notification|notify', { options: { title: 'x' } }],
    ['plugin:deep-link|register', { protocol: 'x' }],
    ['plugin:window|destroy', { label: 'main' }],
    ['plugin:webview|create_webview_window', { options: { label: 'x', url: 'https://example.com' } }],
    ['plugin:path|resolve_directory', { directory: 1 }],
  ]) {
    await assert.rejects(app.call(command, given), /not allowed/, command);
  }
});

testApp(
  'without a keyring the app says so, works, and asks again at the next start',
  async ({ open, close }) => {
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };
    const password = await portal.hire('juma@hollyn.online', 'support');
    let app = await open(nowhere);
    const { id: profile } = await app.call('add_profile', { url: portal.origin });
    await app.call('sign_in', { profile, email: 'juma@hollyn.online', password, totp: null, device: 'Desk' });
    assert.equal((await app.call('state')).keyring, 'none');
    await app.call('call', { endpoint: 'dashboard', query: {} });
    await close();
    app = await open(nowhere);
    const state = await app.call('state');
    assert.equal(state.signed_in, null);
    assert.equal(state.keyring, 'none');
  },
);
