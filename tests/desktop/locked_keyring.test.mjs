// The keyring is locked when the app starts, as after a sign-in to the computer by fingerprint.
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Key } from 'selenium-webdriver';
import { until } from '../browser/until.mjs';
import { makeHome, onScreen, startApp, windows } from './app.mjs';
import { actions } from './actions.mjs';
import { rehema, startStaffedPortal } from './staff.mjs';

/** Locks the keyring, as a screen lock does. */
const lockKeyring = () =>
  promisify(execFile)('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock',
    'array:objpath:/org/freedesktop/secrets/collection/login',
  ]);

/** Enters the keyring's password in the system's dialog. */
async function unlockKeyring() {
  const [prompt] = await until('the system asks for the password', async () => {
    const all = await windows('^Unlock .*Keyring$');
    return all.length > 0 && all;
  });
  await onScreen('windowfocus', '--sync', prompt, 'type', '--delay', '20', 'session');
  await onScreen('key', 'Return');
}

let portal, home, app;
before(async () => {
  portal = await startStaffedPortal();
  home = await makeHome();
  app = await startApp(home);
});
after(async () => {
  await app?.call('sign_out').catch(() => {});
  await app?.close().catch(() => {});
  await home?.end();
  await portal?.stop();
});
const { press, sees, heading, tabTo, signIn, dashboard } = actions(() => app);

test('a keyring that is locked at the start is unlocked or read later', async (t) => {
  await signIn(portal.origin, rehema.email, portal.password);

  await t.test('the system asks for its password, and the app continues', async () => {
    await app.close();
    await lockKeyring();
    app = await startApp(home);
    await sees('Waiting for this computer’s keyring');
    await unlockKeyring();
    await dashboard();
  });

  await t.test('the app starts without it and reads it when it is unlocked', async () => {
    await app.close();
    await lockKeyring();
    app = await startApp(home);
    await heading('Sign in');
    await sees('This computer’s keyring is locked');
    await unlockKeyring();
    await tabTo('try again');
    await press(Key.ENTER);
    await dashboard();
  });
});
