// What a person should know although they look elsewhere: notifications of the system, and the count on the window.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { startGate } from '../browser/gate.mjs';
import { until } from '../browser/until.mjs';
import { makeHome, startApp, windows } from './app.mjs';
import { buy } from './customer.mjs';
import { hands } from './hands.mjs';
import { neema, rehema, startOffice } from './office.mjs';

/** Customers by the dozen. */
const somebody = (n) => ({
  name: `Mteja ${n}`,
  email: `mteja.${n}@example.co.tz`,
  phone: `071290010${n}`,
  domain: `mteja-${n}.co.tz`,
});

/** What the desk's server of notifications prints of this app from now on: titles and texts. */
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

let gate, office, colleague, shown, home, app;
before(async () => {
  gate = await startGate();
  office = await startOffice({ ...gate.variables, PROVISION_TRIES: '1' });
  gate.leadTo(office.origin);
  colleague = await office.colleague();
  shown = await watchServer();
  home = await makeHome();
  app = await startApp(home);
});
after(async () => {
  await app?.call('sign_out').catch(() => {});
  await app?.close().catch(() => {});
  await home?.end();
  await office?.stop();
  await gate?.stop();
});
const { press, hold, heading, tabTo, signIn } = hands(() => app);
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

test('the system tells what a person should know', async (t) => {
  const expected = [];

  await t.test('what was there before is counted and not told', async () => {
    await colleague.accountOf(await buy(office, neema, 'more'));
    await signIn(office.origin, rehema.email, office.password);
    await counts(1);
    await told();
  });

  await t.test('a paid order, a set-up that failed, and what needs a person for it', async () => {
    gate.close();
    const number = await colleague.numberOf(await buy(office, somebody(1)));
    expected.push(
      [`${number} is paid`, 'Hollyn Boost, TSh 25,000'],
      ['A set-up failed', `${number}, Hollyn Boost`],
      ['The panel cannot be reached', ''],
    );
    await told(...expected);
    await counts(3);
    gate.open();
  });

  await t.test('nothing is told to who does not want it', async () => {
    await hold(Key.CONTROL, ',');
    await heading('Settings');
    await tabTo('Desktop notifications');
    await press(Key.SPACE);
    await until('it is switched off', async () => !(await app.call('settings')).notifications);
    await buy(office, somebody(2), 'less');
    await counts(4);
    await press(Key.SPACE);
    await until('it is switched on', async () => (await app.call('settings')).notifications);
    const number = await colleague.numberOf(await buy(office, somebody(3)));
    expected.push([`${number} is paid`, 'Hollyn Boost, TSh 25,000']);
    await told(...expected);
  });
});
