// Tasks with the keyboard only, and their errors.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './server.mjs';
import { openApp } from './actions.mjs';

let server;
before(async () => {
  server = await start();
});
after(() => server.stop());

const at = (params) => openApp(server, params);

test('an order is found and opened from the palette without a mouse', async () => {
  const app = await at({});
  await app.press('Control+k');
  await app.type('mwaka');
  await app.see('Asha Mwakalinga');
  await app.page.locator('.peek').getByText('Recent activity').waitFor();
  await app.isClean();
  const name = app.page.locator('.hit[aria-selected=true]');
  while (!(await name.textContent()).includes('TSh 67,500')) await app.press('ArrowDown');
  await app.press('Enter');
  await app.page.getByRole('heading', { name: 'H-NDGGTG' }).waitFor();
  await app.see('Service active');
  await app.press('Escape');
  assert.equal(await app.page.locator('.detail').count(), 0, 'Escape closes the order');
  await app.leave();
});

test('the palette opens within its time limit', async (t) => {
  const app = await at({ page: 'orders' });
  const taken = await app.page.evaluate(async () => {
    const painted = () =>
      new Promise((then) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = then;
          port2.postMessage(null);
        }),
      );
    const times = [];
    for (let n = 0; n < 15; n += 1) {
      await painted();
      const began = performance.now();
      dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, cancelable: true }));
      while (
        !document.querySelector('dialog[open] .hit') ||
        !document.activeElement?.matches('[role=combobox]')
      )
        await new Promise((then) => setTimeout(then));
      await painted();
      times.push(performance.now() - began);
      document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
      );
      while (document.querySelector('dialog[open]')) await new Promise((then) => setTimeout(then));
    }
    return times;
  });
  const sorted = [...taken].sort((a, b) => a - b).map((ms) => ms.toFixed(0));
  t.diagnostic(`palette: first ${taken[0].toFixed(0)} ms, median ${sorted[7]} ms, slowest ${sorted[14]} ms`);
  assert.equal(taken.length, 15);
  await app.leave();
});

test('an export has the rows of the list or the selected ones', async () => {
  const app = await at({ page: 'orders' });
  const exported = () => app.page.evaluate(() => globalThis.sample.exported);
  await app.page.getByRole('button', { name: 'Export all' }).waitFor();
  await app.press('/');
  await app.type('mwakalinga');
  await app.page.getByRole('button', { name: /^Export these \d+$/ }).waitFor();
  await app.press('Escape', 'Escape');
  await app.page.getByRole('button', { name: 'Export all' }).waitFor();
  await app.press('j', 'x', 'j', 'x');
  await app.page.getByRole('button', { name: 'Export 2 selected' }).waitFor();
  await app.press('Shift+E');
  await app.confirmPassword();
  await app.see('2 rows saved in');
  await app.press('Escape', 'Shift+E');
  await app.see('3,918 rows saved in');
  const [chosen, all] = await exported();
  assert.match(chosen, /^orders ids=[0-9a-f-]{36},[0-9a-f-]{36}$/);
  assert.equal(all, 'orders');
  await app.leave();
});

test('an unmatched payment links to its possible orders', async () => {
  const app = await at({ page: 'attention/41' });
  const first = app.page.locator('.candidates li').first();
  await first.getByText('same phone').waitFor();
  await first.getByText('same amount').waitFor();
  await app.tabTo(await first.locator('b').textContent());
  await app.press('Enter');
  await app.page.locator('.detail .stages').waitFor();
  await app.leave();
});

test('a service is suspended only when its name is typed, and activated again', async () => {
  const app = await at({ page: 'services/1114' });
  await app.press('Shift+S');
  const go = app.page.getByRole('button', { name: 'Suspend', exact: true });
  await go.waitFor();
  await app.isClean();
  await app.press('Space');
  await app.tabTo('Type the domain');
  await app.type('mwakalingasafari');
  await app.see('Missing: s.co.tz');
  assert.equal(await go.isDisabled(), true);
  await app.type('s.co.tz');
  await app.press('Enter');
  await app.confirmPassword();
  await app.see('mwakalingasafaris.co.tz is suspended');
  await app.page.locator('.object-title .badge').getByText('suspended').waitFor();
  await app.press('Shift+S');
  await app.page.getByRole('button', { name: 'Activate', exact: true }).waitFor();
  await app.press('Space', 'Enter');
  await app.page.locator('.object-title .badge').getByText('active').waitFor();
  await app.leave();
});

test('after an issue is resolved the next one is shown', async () => {
  const app = await at({ page: 'attention' });
  await app.press('j');
  await app.page.getByRole('heading', { name: 'TSh 5,000 too much' }).waitFor();
  await app.press('r');
  await app.type('Refunded manually, reference 0936190001.');
  await app.press('Control+Enter');
  await app.see('Resolved: TSh 5,000 too much');
  await app.page.getByRole('heading', { name: 'web2.hollyn.co.tz is not answering' }).waitFor();
  await app.see('4 open');
  await app.leave();
});

test('the arrows move through rows, and Enter opens one', async () => {
  const app = await at({ page: 'orders' });
  await app.press('ArrowDown', 'ArrowDown', 'ArrowDown');
  assert.match(await app.focused(), /Godfrey Lyimo/);
  await app.press('Space');
  await app.see('1 selected');
  await app.press('Enter');
  await app.page.locator('.detail h2').waitFor();
  await app.press('/');
  await app.type('zuhura');
  await app.page.waitForFunction(() => document.querySelectorAll('.list tbody tr:not(.day)').length < 10);
  await app.leave();
});

test('copying a password asks for one’s own and does not show it; a shown one is hidden again', async () => {
  const app = await at({ page: 'services/1114' });
  await app.press('l');
  await app.see('Confirm your password');
  await app.isClean();
  await app.type('wrong');
  await app.press('Enter');
  await app.see('This is not your password.');
  await app.type('right');
  await app.press('Enter');
  await app.see('Password copied');
  assert.deepEqual(await app.copied(), ['password of 1114']);
  assert.equal(await app.page.locator('.secret').count(), 0, 'a copied password is not on the screen');
  await app.press('v');
  await app.page.locator('.secret').waitFor();
  await app.isClean();
  await app.press('Control+l');
  await app.page.getByRole('heading', { name: 'Neema Mushi' }).waitFor();
  assert.equal(await app.page.locator('.secret').count(), 0, 'the lock leaves no password behind it');
  await app.type('right');
  await app.press('Enter');
  await app.see('Copy log');
  await app.leave();
});

test('a form keeps what was typed when the session ends', async () => {
  const app = await at({ page: 'users/new', expired: '1' });
  await app.type('Rashidi Mbwana');
  await app.press('Tab');
  await app.type('rashidi@mbwana.co.tz');
  await app.press('Control+s');
  await app.see('Sign in again');
  await app.isClean();
  await app.type('right');
  await app.press('Enter');
  await app.see('Two-factor authentication');
  await app.type('123456');
  await app.see('You are signed in again');
  assert.equal(await app.page.getByLabel('Name').inputValue(), 'Rashidi Mbwana');
  await app.press('Control+s');
  await app.confirmPassword();
  await app.see('Rashidi Mbwana is created');
  await app.leave();
});

test('a refused field shows its error', async () => {
  const app = await at({ page: 'users/new' });
  await app.page.getByLabel('Name').fill('Asha');
  await app.page.getByLabel('E-mail').fill('neema@hollyn.co.tz');
  await app.press('Control+s');
  await app.confirmPassword();
  await app.see('Somebody has an account with this e-mail already.');
  assert.equal(await app.page.getByLabel('E-mail').getAttribute('aria-invalid'), 'true');
  assert.equal(await app.page.getByLabel('Name').inputValue(), 'Asha');
  await app.isClean();
  await app.leave();
});

test('a first sign-in enrols the second factor and shows its codes once', async () => {
  const app = await at({ screen: 'enrol' });
  await app.type('a long password');
  await app.press('Enter');
  await app.page.getByRole('img', { name: /QR code/ }).waitFor();
  await app.isClean();
  await app.type('000000');
  await app.see('This code is not right, or it was used already.');
  await app.type('123456');
  await app.see('Your recovery codes');
  await app.isClean();
  await app.tabTo('I have saved them');
  await app.press('Enter');
  await app.see('Revenue per day');
  await app.leave();
});

test('without a connection nothing can be changed, and the page shows its time', async () => {
  const app = await at({ page: 'services/1114', state: 'offline' });
  await app.see('No connection.');
  await app.press('Shift+S');
  assert.equal(await app.page.locator('dialog[open]').count(), 0);
  assert.equal(await app.page.getByRole('button', { name: /Suspend/ }).isDisabled(), true);
  await app.leave();
});

test('a plan is edited with a preview, and support can only read', async () => {
  const app = await at({ page: 'plans/hollyn-boost' });
  await app.page.getByLabel('Price per month').fill('27500');
  await app.see('up 10 %');
  await app.page.locator('.preview').getByText('74,250').waitFor();
  await app.isClean();
  await app.press('Control+s');
  await app.confirmPassword();
  await app.see('Hollyn Boost is saved');
  await app.leave();
  const support = await at({ page: 'plans/hollyn-boost', role: 'support' });
  await support.see('Only admins can change plans.');
  assert.equal(await support.page.getByLabel('Price per month').getAttribute('readonly'), '');
  await support.leave();
});

test('an order is created and marked as paid, a customer is impersonated, each confirmed', async () => {
  const app = await at({ page: 'orders/new' });
  await app.type('zuhura');
  await app.page.locator('#pick-list [role=option]').first().waitFor();
  await app.press('Enter');
  await app.press('Control+s');
  await app.see('Order H-9NEW2D is created');
  await app.page.getByRole('button', { name: 'Mark as paid' }).click();
  await app.page.getByLabel('Gateway or network reference').fill('0936183435');
  await app.page.getByLabel('How do you know?').fill('On the statement of today');
  await app.page.getByLabel('Type the order number').fill('H-9NEW2D');
  await app.press('Enter');
  await app.confirmPassword();
  await app.see('This reference paid another order already.');
  await app.page.getByLabel('Gateway or network reference').fill('0936199999');
  await app.press('Enter');
  await app.see('Order H-9NEW2D is paid');
  await app.page.goto('/?page=users/2842');
  await app.page.getByRole('heading', { level: 1 }).filter({ visible: true }).waitFor();
  await app.press('i');
  await app.see('Open the portal as');
  await app.isClean();
  await app.type('Asked for help with the dashboard');
  await app.tabTo('Open as');
  await app.press('Enter');
  await app.see('Confirm your password');
  await app.type('right');
  await app.press('Enter');
  await app.see('The portal opens in your browser');
  await app.leave();
});

test('a new e-mail of a customer needs a reason, and waits', async () => {
  const app = await at({ page: 'users/2842/edit' });
  const save = app.page.getByRole('button', { name: 'Save' });
  await app.page.getByLabel('E-mail', { exact: true }).fill('new@example.com');
  assert.equal(await save.isDisabled(), true, 'without a reason');
  await app.page.getByLabel('Reason for the new e-mail').fill('Lost the old mailbox');
  await app.isClean();
  await app.press('Enter');
  await app.confirmPassword();
  await app.see('new@example.com, takes effect');
  await app.isClean();
  await app.page.getByRole('button', { name: 'Cancel the change' }).click();
  await app.see('The change of the e-mail is cancelled');
  await app.leave();
});

test('a new account of staff asks for password and code at once, and takes no password for it', async () => {
  const app = await at({ page: 'users/new' });
  await app.page.getByLabel('Name').fill('Rashidi Mbwana');
  await app.page.getByLabel('E-mail').fill('rashidi@mbwana.co.tz');
  await app.page.getByLabel('Role').selectOption('support');
  assert.equal(await app.page.locator('input[type=password]').count(), 0);
  await app.press('Control+s');
  await app.see('a code of your authenticator app');
  await app.isClean();
  await app.type('right');
  await app.press('Tab');
  await app.type('000000');
  await app.press('Enter');
  await app.see('The code is wrong, too old, or was used.');
  await app.page.getByLabel('Code').fill('123456');
  await app.press('Enter');
  await app.see('Rashidi Mbwana is created');
  await app.leave();
});

test('the shown shortcuts work', async () => {
  const app = await at({});
  await app.press('?');
  await app.page.getByRole('heading', { name: 'Everywhere' }).waitFor();
  await app.isClean();
  await app.press('Escape');
  for (const [key, heading] of [
    ['o', 'Orders'],
    ['s', 'Services'],
    ['c', 'Customers'],
    ['p', 'Plans'],
    ['a', 'Attention'],
    ['u', 'Audit'],
    ['v', 'Devices'],
    ['m', 'Your account'],
  ]) {
    await app.press('g', key);
    await app.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
  await app.press('v');
  await app.press('Control+b');
  await app.page.locator('.app[data-sidebar=rail]').waitFor();
  await app.leave();
});

test('changes at the portal update the screen', async () => {
  const app = await at({ page: 'attention' });
  await app.page.evaluate(() => globalThis.sample.emit('changes', { items: [], attention: 9 }));
  await app.page.locator('.nav-count').getByText('9').waitFor();
  await app.page.evaluate(() => globalThis.sample.emit('open', { noun: 'service', id: '1114' }));
  await app.page.getByRole('heading', { level: 1, name: 'mwakalingasafaris.co.tz' }).waitFor();
  await app.page.evaluate(() => globalThis.sample.emit('locked', null));
  await app.page.locator('.lock').waitFor();
  await app.leave();
});

test('the dark theme applies before the scripts run', async () => {
  const { context, page } = await server.visit(undefined, { colorScheme: 'dark' });
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  // Before the app's script has run.
  await context.route(/assets\/index-.*\.js/, () => undefined);
  await page.goto('/', { waitUntil: 'commit' });
  await page.waitForSelector('#app', { state: 'attached' });
  assert.equal(await theme(), 'dark', 'as the system has it');
  await page.evaluate(() => localStorage.setItem('theme', 'light'));
  await page.goto('/', { waitUntil: 'commit' });
  await page.waitForSelector('#app', { state: 'attached' });
  assert.equal(await theme(), 'light', 'as it was chosen');
  await context.close();
});
