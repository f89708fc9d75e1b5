// Exports of a list as CSV, by the system's dialog.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { until } from '../browser/until.mjs';
import { makeHome, onScreen, startApp, windows } from './app.mjs';
import { buy } from './customer.mjs';
import { actions } from './actions.mjs';
import { neema, rehema, startStaffedPortal } from './staff.mjs';

let portal, home, app;
before(async () => {
  portal = await startStaffedPortal();
  await buy(portal, neema);
  home = await makeHome();
  app = await startApp(home);
});
after(async () => {
  await app?.call('sign_out').catch(() => {});
  await app?.close().catch(() => {});
  await home?.end();
  await portal?.stop();
});
const { sees, find, signIn } = actions(() => app);

/** Waits for the dialog and its keyboard focus. */
async function dialog() {
  const [window] = await until('the dialog is there', async () => {
    const all = await windows('^Save as CSV$');
    return all.length > 0 && all;
  });
  await onScreen('windowfocus', '--sync', window);
  return window;
}

test('all customers are saved in the chosen file, or nowhere', async () => {
  await signIn(portal.origin, rehema.email, portal.password);
  const path = join(home.folder, 'wateja.csv');

  await find('save all cust', 'Save all customers as CSV');
  await dialog();
  await onScreen('key', 'Escape');
  await until('the dialog is gone', async () => (await windows('^Save as CSV$')).length === 0);
  assert.ok(!(await readdir(home.folder)).some((name) => name.endsWith('.csv')));

  await find('save all cust', 'Save all customers as CSV');
  await dialog();
  await onScreen('key', 'ctrl+a');
  await onScreen('type', '--delay', '20', path);
  await onScreen('key', 'Return');
  await sees(`2 rows saved in ${path}`);
  const [columns, ...rows] = (await readFile(path, 'utf8')).trim().split(/\r?\n/);
  assert.match(columns, /name.*email/);
  assert.ok(
    rows.some((row) => row.includes(neema.email)),
    rows.join('\n'),
  );
});
