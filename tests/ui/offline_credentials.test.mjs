// Credentials that are saved on this computer: saved after a confirmation, used offline, removed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './server.mjs';
import { openApp } from './actions.mjs';
import { violations } from './checks.mjs';

let server;
before(async () => {
  server = await start();
});
after(() => server.stop());

const at = (params) => openApp(server, params);

test('credentials are saved after a confirmation and removed in the settings, by keyboard only', async () => {
  const app = await at({ page: 'services/1114' });
  const { keyboard } = app.page;
  await app.tabTo('Save for offline use: the credentials of mwakalingasafaris.co.tz');
  await keyboard.press('Enter');
  await app.see('saved only in this computer’s keyring');
  assert.equal(await app.page.getByLabel('7 days, until 30 Nov').isChecked(), true);
  assert.deepEqual(await violations(app.page), []);
  await keyboard.press('ArrowLeft');
  await app.tabTo('Save on this computer');
  await keyboard.press('Enter');
  await app.see('Confirm your password');
  await keyboard.type('right');
  await keyboard.press('Enter');
  await app.see('Saved on this computer until 24 Nov 2026');
  assert.equal(await app.page.locator('dialog[open]').count(), 0);

  await keyboard.press('Control+,');
  await app.see('until 24 Nov 2026, 12:42');
  await app.tabTo('Copy username of mwakalingasafaris.co.tz');
  await keyboard.press('Enter');
  await app.tabTo('Remove the saved credentials of mwakalingasafaris.co.tz');
  await keyboard.press('Enter');
  await app.see('No credentials are saved on this computer.');
  assert.equal((await app.copied()).length, 1);
  await app.leave();
});

test('offline, a saved password is copied, and no other', async () => {
  const app = await at({ page: 'services/1114', saved: '1114', state: 'offline' });
  await app.see('No connection: showing the credentials saved on this computer until 30 Nov 2026');
  await app.page.keyboard.press('l');
  await app.see('Saved password copied (stored on this computer until 30 Nov 2026)');
  assert.deepEqual(await app.copied(), ['saved password of 1114']);
  await app.page.keyboard.press('v');
  await app.page.locator('.secret').waitFor();
  await app.page.goto('/?page=services/1113&saved=1114&state=offline');
  await app.see('Not saved on this computer');
  for (const name of [/Copy the password/, /Show the password/, /for offline use/]) {
    assert.equal(await app.page.getByRole('button', { name }).isDisabled(), true);
  }
  await app.leave();
});

test('all are removed at once after a confirmation, also offline', async () => {
  const app = await at({ page: 'settings', saved: '1114,1113', state: 'offline' });
  await app.page.getByRole('button', { name: 'Remove all…' }).click();
  await app.see('Remove 2 saved credentials?');
  assert.deepEqual(await violations(app.page), []);
  await app.page.getByRole('button', { name: 'Remove all', exact: true }).click();
  await app.see('No credentials are saved on this computer.');
  await app.leave();
});

test('without a keyring the dialog says that nothing can be saved', async () => {
  const app = await at({ page: 'services/1114', keyring: 'none' });
  await app.page.keyboard.press('k');
  await app.page.getByRole('button', { name: 'Save on this computer' }).click();
  await app.see('This computer has no keyring, so no credentials can be saved on it.');
  await app.leave();
});
