// Logins that are kept on this computer: begun by a deliberate act, used while the portal is away, let go of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './app.mjs';
import { sitDown } from './hands.mjs';
import { violations } from './look.mjs';

let app;
before(async () => {
  app = await start();
});
after(() => app.stop());

const at = (wish) => sitDown(app, wish);

test('a login is kept by a deliberate act, found in the settings, and let go of, with the keyboard only', async () => {
  const desk = await at({ page: 'services/1114' });
  const { keyboard } = desk.page;
  await desk.tabTo('Keep for offline use: the login of mwakalingasafaris.co.tz');
  await keyboard.press('Enter');
  await desk.see('into this computer’s keyring, and nowhere else');
  assert.equal(await desk.page.getByLabel('7 days, to 30 Nov').isChecked(), true);
  assert.deepEqual(await violations(desk.page), []);
  await keyboard.press('ArrowLeft');
  await desk.tabTo('Keep it here');
  await keyboard.press('Enter');
  await desk.see('Is it still you, Neema?');
  await keyboard.type('right');
  await keyboard.press('Enter');
  await desk.see('Kept on this computer until 24 Nov 2026');
  assert.equal(await desk.page.locator('dialog[open]').count(), 0);

  await keyboard.press('Control+,');
  await desk.see('until 24 Nov 2026, 12:42');
  await desk.tabTo('Copy username of mwakalingasafaris.co.tz');
  await keyboard.press('Enter');
  await desk.tabTo('Remove the kept login of mwakalingasafaris.co.tz');
  await keyboard.press('Enter');
  await desk.see('No login is kept on this computer:');
  assert.equal((await desk.copied()).length, 1);
  await desk.leave();
});

test('while the portal is away a kept password is copied, and no other', async () => {
  const desk = await at({ page: 'services/1114', kept: '1114', state: 'offline' });
  await desk.see('No connection: the login is the one kept on this computer until 30 Nov 2026');
  await desk.page.keyboard.press('l');
  await desk.see('Kept password copied (this computer has it until 30 Nov 2026)');
  assert.deepEqual(await desk.copied(), ['kept password of 1114']);
  await desk.page.keyboard.press('v');
  await desk.page.locator('.secret').waitFor();
  await desk.page.goto('/?page=services/1113&kept=1114&state=offline');
  await desk.see('Not on this computer');
  for (const name of [/Copy the password/, /Show the password/, /for offline use/]) {
    assert.equal(await desk.page.getByRole('button', { name }).isDisabled(), true);
  }
  await desk.leave();
});

test('all are let go of at once, also offline, after being asked', async () => {
  const desk = await at({ page: 'settings', kept: '1114,1113', state: 'offline' });
  await desk.page.getByRole('button', { name: 'Remove all…' }).click();
  await desk.see('Remove 2 kept logins?');
  assert.deepEqual(await violations(desk.page), []);
  await desk.page.getByRole('button', { name: 'Remove all', exact: true }).click();
  await desk.see('No login is kept on this computer:');
  await desk.leave();
});

test('without a keyring the dialog says that nothing can be kept', async () => {
  const desk = await at({ page: 'services/1114', keyring: 'none' });
  await desk.page.keyboard.press('k');
  await desk.page.getByRole('button', { name: 'Keep it here' }).click();
  await desk.see('This computer has no keyring, so no credentials can be saved on it.');
  await desk.leave();
});
