// Notifications of the system, and the count on the window.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { startPanelProxy } from '../browser/panel_proxy.mjs';
import { until } from '../browser/until.mjs';
import { makeHome, startApp, windows } from './app.mjs';
import { buy } from './customer.mjs';
import { actions } from './actions.mjs';
import { neema, rehema, startStaffedPortal } from './staff.mjs';

/** Several customers. */
const newCustomer = (n) => ({
  name: `Mteja ${n}`,
  email: `mteja.${n}@example.co.tz`,
  phone: `071290010${n}`,
  domain: `mteja-${n}.co.tz`,
});

/** The notifications of the app from now on: titles and texts. */
async function watchServer() {
  const printed = () => readFile(join(process.env.HOME, 'shown'), 'utf8').catch(() => '');
  const before = (await printed()).length;
  return async () =>
    (await printed())
      .slice(before)
      .split(/^\}$/m)
      .filter((one) => one.includes("appname: 'hollyn-desktop'"))
      .map((one) => [/summary: '(.*)'/.exec(one)[1], /body: '(.*)'/.exec(one)[1]]);
}

let panelProxy, portal, colleague, shown, home, app;
before(async () => {
  panelProxy = await startPanelProxy();
  portal = await startStaffedPortal({ ...panelProxy.variables, PROVISION_TRIES: '1' });
  panelProxy.forwardTo(portal.origin);
  colleague = await portal.colleague();
  shown = await watchServer();
  home = await makeHome();
  app = await startApp(home);
});
after(async () => {
  await app?.call('sign_out').catch(() => {});
  await app?.close().catch(() => {});
  await home?.end();
  await portal?.stop();
  await panelProxy?.stop();
});
const { press, hold, heading, tabTo, signIn } = actions(() => app);
const counts = (n) =>
  until(`the window says ${n}`, async () => (await windows(`^\\(${n}\\) Hollyn Online$`)).length > 0, {
    within: 30_000,
  });
const told = async (...expected) => {
  const sorted = (all) => all.map((one) => one.join(': ')).sort();
  await until('it is told', async () => (await shown()).length >= expected.length, { within: 30_000 }).catch(
    () => {},
  );
  assert.deepEqual(sorted(await shown()), sorted(expected));
};

test('events are shown as notifications of the system', async (t) => {
  const expected = [];

  await t.test('earlier entries are counted and not notified', async () => {
    await colleague.accountOf(await buy(portal, neema, 'more'));
    await signIn(portal.origin, rehema.email, portal.password);
    await counts(1);
    await told();
  });

  await t.test('a paid order, a failed set-up and its entry are notified', async () => {
    panelProxy.close();
    const number = await colleague.numberOf(await buy(portal, newCustomer(1)));
    expected.push(
      [`${number} is paid`, 'Hollyn Boost, TSh 25,000'],
      ['Setup failed', `${number}, Hollyn Boost`],
      ['Panel unreachable', ''],
    );
    await told(...expected);
    await counts(3);
    panelProxy.open();
  });

  await t.test('switched off, nothing is notified', async () => {
    await hold(Key.CONTROL, ',');
    await heading('Settings');
    await tabTo('Desktop notifications');
    await press(Key.SPACE);
    await until('it is switched off', async () => !(await app.call('settings')).notifications);
    await buy(portal, newCustomer(2), 'less');
    await counts(4);
    await press(Key.SPACE);
    await until('it is switched on', async () => (await app.call('settings')).notifications);
    const number = await colleague.numberOf(await buy(portal, newCustomer(3)));
    expected.push([`${number} is paid`, 'Hollyn Boost, TSh 25,000']);
    await told(...expected);
  });
});
