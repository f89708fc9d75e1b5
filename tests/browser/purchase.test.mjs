// One purchase on a phone, from the start page to the control panel.
import { after, before, test } from 'node:test';
import { buy } from './buy.mjs';
import { launch, visit } from './chromium.mjs';
import { languages } from './messages.mjs';
import { startPortal } from './portal.mjs';

let portal, browser;
before(async () => {
  portal = await startPortal();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

for (const lang of languages) {
  for (const scripts of [true, false]) {
    test(`a plan is bought and set up (${lang}, ${scripts ? 'with' : 'without'} JavaScript)`, async () => {
      const visitor = await visit(browser, portal.origin, { javaScriptEnabled: scripts });
      // The browser of the customer, and the sandbox's phone.
      const other = await visit(browser, portal.origin);
      await buy(visitor.page, other.page, lang, scripts, `purchase-${lang}${scripts ? '' : '-noscript'}`);
      await visitor.leave();
      await other.leave();
    });
  }
}
