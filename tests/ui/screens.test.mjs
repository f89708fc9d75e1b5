// Every screen in every state, light and dark, in the smallest window and in a large one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sizes, start } from './app.mjs';
import { overflows, shoot, violations } from './look.mjs';

const states = ['full', 'loading', 'empty', 'error', 'offline'];
const screens = {
  dashboard: { page: 'dashboard' },
  orders: { page: 'orders' },
  order: { page: 'orders/ASHA' },
  'order-new': { page: 'orders/new', states: ['full', 'offline'] },
  'order-edit': { page: 'orders/ASHA/edit', states: ['full', 'offline'] },
  services: { page: 'services' },
  'services-cards': { page: 'services?as=cards', states: ['full', 'empty'] },
  service: { page: 'services/1114' },
  'service-failed': { page: 'services/1116', states: ['full'] },
  users: { page: 'users' },
  user: { page: 'users/2842' },
  'user-edit': { page: 'users/2842/edit', states: ['full'] },
  'user-new': { page: 'users/new', states: ['full', 'offline'] },
  credentials: { page: 'users/2842/credentials' },
  plans: { page: 'plans/hollyn-boost' },
  'plan-new': { page: 'plans/new', states: ['full'] },
  attention: { page: 'attention' },
  'attention-resolved': { page: 'attention?state=resolved', states: ['full'] },
  audit: { page: 'audit' },
  devices: { page: 'devices' },
  account: { page: 'account' },
  settings: { page: 'settings', states: ['full', 'offline'] },
  'support-plans': { page: 'plans', states: ['full'], role: 'support' },
  'no-keyring': { page: 'devices', states: ['full'], keyring: 'none' },
  gate: { gate: 'signin', states: ['full'] },
  'gate-first': { gate: 'none', states: ['full'] },
  locked: { gate: 'locked', states: ['full'] },
};

let app;
before(async () => { app = await start(); });
after(() => app.stop());

for (const [name, { states: own = states, ...wish }] of Object.entries(screens)) {
  test(`${name} can be read, by everybody, in every state`, async () => {
    const visitor = await app.visit();
    const { page } = visitor;
    const found = [];
    for (const state of own) {
      await visitor.open({ ...wish, state });
      for (const [size, window] of Object.entries(sizes)) {
        await page.setViewportSize(window);
        for (const theme of ['light', 'dark']) {
          await page.evaluate((to) => globalThis.sample.theme(to), theme);
          await page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))));
          const at = `${name}-${state}-${size}-${theme}`;
          await shoot(page, at);
          // The theme changes colours only, and those do not know the window's size.
          const seen = theme === 'light' ? [...await violations(page), ...await overflows(page)] : size === 'large' ? await violations(page, { isColourOnly: true }) : [];
          found.push(...seen.map((one) => `${at}: ${one}`));
        }
      }
      await page.evaluate(() => globalThis.sample.theme('light'));
    }
    // Left also where something was found: a hundred open pages would slow the rest.
    await visitor.leave();
    assert.deepEqual(found, []);
  });
}
