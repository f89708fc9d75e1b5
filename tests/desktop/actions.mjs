// Actions of a user in the window, by keyboard only.
import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { totp } from '../browser/totp.mjs';
import { until } from '../browser/until.mjs';

/** `app` returns the running app: a test may close and start it again. */
export function actions(app) {
  const look = (what, ...given) => app().page.executeScript(what, ...given);
  /** Types keys at the focus. */
  const press = (...keys) =>
    app()
      .page.actions()
      .sendKeys(...keys)
      .perform();
  /** Presses one key while others are held: `hold(Key.CONTROL, 'k')`. */
  const hold = (...keys) => {
    const key = keys.pop();
    const down = keys.reduce((actions, held) => actions.keyDown(held), app().page.actions());
    return keys.reduce((actions, held) => actions.keyUp(held), down.sendKeys(key)).perform();
  };
  const seen = async () => (await look(() => document.body?.innerText ?? '')).replace(/\s+/g, ' ');
  const waits = async (what, ask, within) => {
    try {
      return await until(what, ask, { within, every: 100 });
    } catch (error) {
      throw new Error(`${error.message}; the window says: ${(await seen()).slice(0, 1500)}`, {
        cause: error,
      });
    }
  };
  /** Waits until the window has the text. */
  const sees = (text, within = 20_000) =>
    waits(`the window says “${text}”`, async () => (await seen()).includes(text), within);
  const heading = (text, within = 20_000) =>
    waits(
      `a heading says “${text}”`,
      () =>
        look(
          (text) =>
            [...document.querySelectorAll('h1, h2')].some(
              (one) => one.checkVisibility() && one.textContent.replace(/\s+/g, ' ').includes(text),
            ),
          text,
        ),
      within,
    );
  /** Waits until the focused element matches. */
  const focused = (css) =>
    waits(
      `the focus is on ${css}`,
      () => look((css) => document.activeElement?.matches(css) ?? false, css),
      10_000,
    );
  /** The accessible name of the focused element. */
  const name = () =>
    look(() => {
      const on = document.activeElement;
      const said = on?.getAttribute('aria-label') ?? on?.labels?.[0]?.textContent ?? on?.textContent ?? '';
      return said.replace(/\s+/g, ' ').trim();
    });
  /** Presses Tab until the focused element has the name. */
  const tabTo = async (wanted) => {
    const passed = [];
    for (let n = 0; n < 80; n += 1) {
      await press(Key.TAB);
      const now = await name();
      if (now.startsWith(wanted)) return;
      passed.push(now.slice(0, 30));
    }
    assert.fail(`Tab never comes to “${wanted}”, but to: ${passed.join(' | ')}`);
  };
  /** Replaces the text of the field. */
  const retype = async (text) => {
    await hold(Key.CONTROL, 'a');
    await press(text);
  };
  /** Opens the palette, types, selects the entry `wanted`, and presses Enter. */
  const find = async (words, wanted) => {
    const titles = () =>
      look(() =>
        [...document.querySelectorAll('.hit')].map((hit) => ({
          title: hit.querySelector('.cut').textContent,
          isChosen: hit.ariaSelected === 'true',
        })),
      );
    await hold(Key.CONTROL, 'k');
    await focused('.palette input');
    await press(words);
    const before = await waits(
      `${wanted} is found by “${words}”`,
      async () => {
        const all = await titles();
        const at = all.findIndex(({ title }) => title.startsWith(wanted));
        return at >= 0 && { steps: at - all.findIndex(({ isChosen }) => isChosen) };
      },
      10_000,
    );
    await press(...Array(before.steps).fill(Key.ARROW_DOWN));
    assert.ok((await titles()).find(({ isChosen }) => isChosen).title.startsWith(wanted));
    await press(Key.ENTER);
  };
  /** The dashboard with its figures: not its skeleton. */
  const dashboard = () =>
    waits(
      'the dashboard shows figures',
      () =>
        look(
          () =>
            document.querySelector('.crumbs')?.textContent.includes('Dashboard') &&
            /TSh/.test(document.querySelector('main')?.textContent ?? ''),
        ),
      20_000,
    );

  /** From the empty sign-in page to its second required field. */
  const typeSignIn = async (origin, email, password) => {
    await heading('Sign in');
    await focused('input[type=url]');
    await press(origin, Key.TAB);
    await focused('input[type=email]');
    await press(email, Key.TAB);
    await focused('input[type=password]');
    await press(password, Key.ENTER);
  };
  /** Signs in without a second factor. */
  const signIn = async (origin, email, password) => {
    await typeSignIn(origin, email, password);
    await dashboard();
  };
  /** Signs in for the first time and enrols a second factor; returns its key. */
  const enrol = async (origin, email, password) => {
    await typeSignIn(origin, email, password);
    await heading('Set up two-factor authentication');
    await focused('input[autocomplete="one-time-code"]');
    const key = await look(() => document.querySelector('.enrol-key').textContent.replace(/\s/g, ''));
    await press(totp(key));
    await heading('Your recovery codes');
    await tabTo('I have saved them');
    await press(Key.ENTER);
    await dashboard();
    return key;
  };
  return {
    look,
    press,
    hold,
    seen,
    waits,
    sees,
    heading,
    focused,
    name,
    tabTo,
    retype,
    find,
    dashboard,
    typeSignIn,
    signIn,
    enrol,
  };
}
