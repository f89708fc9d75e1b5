// The app as somebody uses it: by its pages, in its window, with the keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { By, Key, until as appears } from 'selenium-webdriver';
import { totp } from '../browser/totp.mjs';
import { until } from '../browser/until.mjs';
import { keyring, makeHome, startApp } from './app.mjs';
import { rehema, startOffice } from './office.mjs';

let office, home, app;
before(async () => {
  office = await startOffice({ STAFF_TOTP: 'required' });
  home = await makeHome();
});
after(async () => {
  await app?.close().catch(() => {});
  await home?.end();
  await office?.stop();
});

const seen = (css) => app.page.wait(appears.elementLocated(By.css(css)), 20_000, `there is no ${css}`);
const heading = (text) => until(`a heading says ${text}`, async () => {
  const all = await app.page.findElements(By.css('h1'));
  for (const one of all) if ((await one.getText().catch(() => '')).includes(text)) return one;
  return null;
}, { within: 20_000 });
/** The dashboard, with its figures: not its skeleton. */
const dashboard = () => until('the dashboard shows figures', () => app.page.executeScript(() =>
  document.querySelector('.crumbs')?.textContent.includes('Dashboard') && /TSh/.test(document.querySelector('main')?.textContent ?? '')), { within: 20_000 });
/** Types where the focus is. */
const type = (...keys) => app.page.actions().sendKeys(...keys).perform();
const focused = (css) => until(`the focus is on ${css}`, () => app.page.executeScript((css) => document.activeElement?.matches(css), css), { within: 10_000, every: 50 });

test('signing in for the first time, with the keyboard alone', async (t) => {
  app = await startApp(home);
  await heading('Sign in');
  await focused('input[type=url]');
  await type(office.origin, Key.TAB);
  await focused('input[type=email]');
  await type(rehema.email, Key.TAB);
  await focused('input[type=password]');
  await type(office.password, Key.ENTER);

  await heading('Your second factor');
  const secret = (await (await seen('.enrol-key')).getText()).replace(/\s/g, '');
  await focused('input[autocomplete="one-time-code"]');
  await type(totp(secret));

  await heading('Your recovery codes');
  assert.equal((await keyring()).length, 1);
  await until('the focus is on the button that goes on', async () => {
    if (await app.page.executeScript(() => /kept/.test(document.activeElement?.textContent ?? '') && document.activeElement.tagName === 'BUTTON')) return true;
    await type(Key.TAB);
    return false;
  });
  await type(Key.ENTER);
  await dashboard();

  await t.test('who comes back sees the dashboard at once', async () => {
    await app.close();
    app = await startApp(home);
    await dashboard();
  });

  await t.test('who signs out is asked to sign in', async () => {
    await app.page.executeScript(() => { location.hash = '#/account'; });
    await heading('Your account');
    const out = await until('there is a button that signs out', async () => {
      const all = await app.page.findElements(By.css('button'));
      for (const one of all) if ((await one.getText().catch(() => '')) === 'Sign out') return one;
      return null;
    });
    await app.page.executeScript((button) => button.focus(), out);
    await type(Key.ENTER);
    await heading('Sign in');
    assert.deepEqual(await keyring(), []);
  });
});
