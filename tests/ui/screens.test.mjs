// Every screen in every state, light and dark, in the smallest window and in a large one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sizes, start } from './server.mjs';
import { overflows, shoot, violations } from './checks.mjs';

const states = ['full', 'loading', 'empty', 'error', 'offline'];
// A single object has no empty state.
const ofOne = ['full', 'loading', 'error', 'offline'];
const screens = {
  dashboard: { page: 'dashboard' },
  orders: { page: 'orders' },
  order: { page: 'orders/ASHA', states: ofOne },
  'order-new': { page: 'orders/new', states: ['full', 'offline'] },
  'order-edit': { page: 'orders/ASHA/edit', states: ['full', 'offline'] },
  services: { page: 'services' },
  'services-cards': { page: 'services?as=cards', states: ['full', 'empty'] },
  service: { page: 'services/1114', states: ofOne },
  'service-failed': { page: 'services/1116', states: ['full'] },
  users: { page: 'users' },
  user: { page: 'users/2842', states: ofOne },
  'user-edit': { page: 'users/2842/edit', states: ['full'] },
  'user-new': { page: 'users/new', states: ['full', 'offline'] },
  credentials: { page: 'users/2842/credentials' },
  plans: { page: 'plans/hollyn-boost' },
  'plan-new': { page: 'plans/new', states: ['full'] },
  attention: { page: 'attention' },
  'attention-resolved': { page: 'attention?state=resolved', states: ['full'] },
  audit: { page: 'audit' },
  devices: { page: 'devices', states: ofOne },
  account: { page: 'account', states: ofOne },
  settings: { page: 'settings', states: ['full', 'offline'] },
  'support-plans': { page: 'plans', states: ['full'], role: 'support' },
  'no-keyring': { page: 'devices', states: ['full'], keyring: 'none' },
  'sign-in': { screen: 'signin', states: ['full'] },
  'sign-in-first': { screen: 'none', states: ['full'] },
  locked: { screen: 'locked', states: ['full'] },
  palette: {
    page: 'orders',
    states: ['full', 'offline'],
    async then(page) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('mwaka');
      if (!page.url().includes('offline')) await page.getByText('Recent activity').waitFor();
    },
  },
  'palette-first': {
    page: 'orders',
    states: ['full'],
    async then(page) {
      await page.keyboard.press('Control+k');
      await page.locator('.hit').first().waitFor();
    },
  },
  suspend: {
    page: 'services/1114',
    states: ['full'],
    async then(page) {
      await page.keyboard.press('Shift+S');
      await page.getByLabel('Type the domain').fill('mwakalingasafari');
    },
  },
  impersonate: {
    page: 'users/2842',
    states: ['full'],
    async then(page) {
      await page.keyboard.press('i');
      await page.getByLabel('Reason').fill('Asha called: the dashboard does not show her new site.');
    },
  },
  payload: {
    page: 'orders/ASHA',
    states: ['full'],
    async then(page) {
      await page.getByText('Raw events', { exact: true }).click();
      await page.locator('.payload').first().waitFor();
    },
  },
  table: {
    page: 'dashboard',
    states: ['full'],
    async then(page) {
      await page.keyboard.press('t');
      await page.locator('.chart-table').first().waitFor();
    },
  },
  selected: {
    page: 'orders',
    states: ['full'],
    async then(page) {
      for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
      await page.locator('.selection').waitFor();
    },
  },
  keys: {
    page: 'orders',
    states: ['full'],
    async then(page) {
      await page.keyboard.press('?');
      await page.locator('.help-keys').waitFor();
    },
  },
  shown: {
    page: 'services/1114',
    states: ['full'],
    async then(page) {
      await page.keyboard.press('v');
      await page.getByLabel('Your password', { exact: true }).fill('right');
      await page.keyboard.press('Enter');
      await page.locator('.secret').waitFor();
    },
  },
  'service-saved': { page: 'services/1114', saved: '1114', states: ['full', 'offline'] },
  'credentials-saved': { page: 'users/2842/credentials', saved: '1114', states: ['full', 'offline'] },
  save: {
    page: 'services/1114',
    states: ['full'],
    async then(page) {
      await page.keyboard.press('k');
      await page.getByText('Save for', { exact: true }).waitFor();
    },
  },
  'settings-saved': {
    page: 'settings',
    saved: '1114,1113,1112',
    states: ['full', 'offline'],
    async then(page) {
      await page.getByText('Remove all').scrollIntoViewIfNeeded();
    },
  },
  'first-code': {
    screen: 'enrol',
    states: ['full'],
    async then(page) {
      await page.getByLabel('Password').fill('right');
      await page.keyboard.press('Enter');
      await page.locator('.qr').waitFor();
    },
  },
  verified: {
    page: 'audit',
    states: ['full'],
    async then(page) {
      await page.keyboard.press('v');
      await page.locator('.verdict').waitFor();
    },
  },
};

let server;
before(async () => {
  server = await start();
});
after(() => server.stop());

for (const [name, { states: own = states, then, ...params }] of Object.entries(screens)) {
  test(`${name} has no violation and no overflow in any state`, async () => {
    const visitor = await server.visit();
    const { page } = visitor;
    const found = [];
    for (const state of own) {
      await visitor.open({ ...params, state });
      await then?.(page);
      for (const [size, window] of Object.entries(sizes)) {
        await page.setViewportSize(window);
        for (const theme of ['light', 'dark']) {
          await page.evaluate((to) => globalThis.sample.theme(to), theme);
          await page.evaluate(
            () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))),
          );
          const at = `${name}-${state}-${size}-${theme}`;
          await shoot(page, at);
          // The theme changes colours only; the layout depends on the window's size.
          const seen =
            theme === 'light'
              ? [...(await violations(page)), ...(await overflows(page))]
              : await violations(page, { isColourOnly: true });
          found.push(...seen.map((one) => `${at}: ${one}`));
        }
      }
      await page.evaluate(() => globalThis.sample.theme('light'));
    }
    // Closed also after a finding: open pages slow the rest.
    await visitor.leave();
    assert.deepEqual(found, []);
  });
}
