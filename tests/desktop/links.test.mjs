// Links like hollyn://order/0192…, which open the order in the app's window.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../browser/until.mjs';
import { makeHome, onScreen, running, startAgain, startApp, windows } from './app.mjs';
import { order } from './customer.mjs';
import { actions } from './actions.mjs';
import { neema, rehema, startStaffedPortal } from './staff.mjs';

let portal, home, app, first, second;
before(async () => {
  portal = await startStaffedPortal();
  home = await makeHome();
  const colleague = await portal.colleague();
  const [one, two] = [
    await order(portal, neema),
    await order(portal, {
      ...neema,
      email: 'neema.2@duka.co.tz',
      domain: 'duka-la-pili.co.tz',
      phone: '0754310009',
    }),
  ];
  first = { link: `hollyn://order/${one}`, number: await colleague.numberOf(one) };
  second = { link: `hollyn://order/${two}`, number: await colleague.numberOf(two) };
});
after(async () => {
  await app?.call('sign_out').catch(() => {});
  await app?.close().catch(() => {});
  await home?.end();
  await portal?.stop();
});
const { look, press, heading, dashboard, typeSignIn } = actions(() => app);

test('a link opens its order in every state of the app', async (t) => {
  await t.test('signed out: after the sign-in', async () => {
    app = await startApp(home, {}, { args: [first.link] });
    await typeSignIn(portal.origin, rehema.email, portal.password);
    await heading(first.number);
  });

  await t.test('not running: the app starts with the order', async () => {
    await app.close();
    app = await startApp(home, {}, { args: [second.link] });
    await heading(second.number);
  });

  await t.test('running: in the same window', async () => {
    await press('g', 'd');
    await dashboard();
    const [window, ...others] = await windows('Hollyn Online');
    assert.deepEqual(others, []);
    await startAgain(home, first.link);
    await heading(first.number);
    assert.deepEqual(await windows('Hollyn Online'), [window]);
    assert.equal((await running()).length, 1);
  });

  await t.test('a second start activates the window and ends', async () => {
    const [window] = await windows('Hollyn Online');
    await onScreen('windowunmap', '--sync', window);
    assert.deepEqual(await windows('Hollyn Online'), []);
    await startAgain(home);
    await until('the window is on the screen', async () => (await windows('Hollyn Online')).includes(window));
    assert.equal((await running()).length, 1);
    await heading(first.number);
  });

  await t.test('an invalid link opens nothing', async () => {
    await look(() => {
      window.went = [];
      addEventListener('hashchange', () => window.went.push(location.hash));
    });
    await startAgain(home, 'hollyn://order/..%2F..%2Fsession');
    await startAgain(home, 'hollyn://user/1/delete');
    await startAgain(home, second.link);
    await heading(second.number);
    assert.deepEqual(await look(() => window.went), [second.link.replace('hollyn://order', '#/orders')]);
  });
});
