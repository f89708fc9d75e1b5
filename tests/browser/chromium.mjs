// Chromium with the settings of a phone.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `env` are further variables of its process. */
export function launch(env = {}) {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: quiet, env: { ...process.env, ...env } });
}

export const phone = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/**
 * A visitor whose pages stand still: our script is not there, so each state stays until the test acts. axe
 * needs scripts.
 */
export async function visitStill(browser, origin) {
  const visitor = await visit(browser, origin);
  await visitor.context.route(/\/portal\.js/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: '' }),
  );
  return visitor;
}

/**
 * A visitor with cookies of their own. `consoleErrors` is what their browser's console complained of: errors
 * of scripts, refusals by the security policy, files that did not come. The status of a page itself is not
 * among it.
 */
export async function visit(browser, origin, options = {}) {
  const context = await browser.newContext({ ...phone, baseURL: origin, locale: 'en-GB', ...options });
  context.setDefaultTimeout(15_000);
  context.setDefaultNavigationTimeout(15_000);
  const consoleErrors = [];
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const isThePage = message.text().startsWith('Failed to load resource') && url === message.page()?.url();
    if (!isThePage) consoleErrors.push(`${message.page()?.url()}: ${message.text()} ${url}`);
  });
  context.on('weberror', (error) => consoleErrors.push(`${error.page()?.url()}: ${error.error()}`));
  const page = await context.newPage();
  return {
    context,
    page,
    consoleErrors,
    async leave() {
      // Chromium may never close a page whose server ended; closing the browser closes it.
      await Promise.race([context.close(), pause(20_000, undefined, { ref: false })]);
      assert.deepEqual(consoleErrors, [], "the browser's console is quiet");
    },
  };
}
