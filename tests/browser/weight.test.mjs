// The transferred bytes and the loading time of a first visit on a slow network.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './chromium.mjs';
import { startPortal } from './portal.mjs';
import { arrives, boost, heading, order, customerPhone, newCustomer } from './actions.mjs';
import { until } from './until.mjs';
import { word } from './messages.mjs';

const kilo = 1024;
const budget = { Document: 14 * kilo, Stylesheet: 15 * kilo, Script: 30 * kilo, Font: 20 * kilo };
const total = 100 * kilo;
const payTotal = 40 * kilo;
const poll = 500;
// Chromium's own "Slow 3G".
const slow = {
  offline: false,
  latency: 400,
  downloadThroughput: (400 * 1000) / 8,
  uploadThroughput: (400 * 1000) / 8,
};

let portal, browser;
before(async () => {
  portal = await startPortal();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

/** Everything that is transferred while the page loads with an empty cache. */
async function weigh(page, address) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const files = new Map();
  session.on('Network.responseReceived', ({ requestId, type, response }) =>
    files.set(requestId, { type, url: response.url, bytes: 0 }),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) files.get(requestId).bytes = encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  await session.detach();
  return [...files.values()].filter(({ url }) => !url.endsWith('/status'));
}

function report(name, files) {
  const sum = files.reduce((all, { bytes }) => all + bytes, 0);
  console.log(
    `${name}: ${sum} bytes in ${files.length} requests: ` +
      files.map(({ type, bytes }) => `${type} ${bytes}`).join(', '),
  );
  return sum;
}

function holds(name, files, most) {
  const sum = report(name, files);
  assert.ok(files.length <= 10, `${name}: ${files.length} requests`);
  assert.ok(sum <= most, `${name}: ${sum} bytes of ${most}`);
  for (const [type, limit] of Object.entries(budget)) {
    const part = files.filter((file) => file.type === type).reduce((all, { bytes }) => all + bytes, 0);
    assert.ok(part <= limit, `${name}: ${type} ${part} bytes of ${limit}`);
  }
  for (const { url } of files) assert.ok(url.startsWith(portal.origin), `${name}: from elsewhere: ${url}`);
}

test('a first visit transfers few bytes', async () => {
  for (const address of ['/', '/plans', `/checkout/${boost.slug}`, '/login', '/register', '/no/such/page']) {
    const visitor = await visit(browser, portal.origin);
    holds(address, await weigh(visitor.page, address), total);
    await visitor.leave();
  }
});

test('the payment page transfers fewer bytes, and polling few', async () => {
  const customer = newCustomer();
  const visitor = await visit(browser, portal.origin);
  const { page } = visitor;
  const path = await order(page, 'en', customer);
  await heading(page, word('en', 'pay-sent')).waitFor();
  holds('pay', await weigh(page, path), payTotal);

  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const polls = new Map();
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.endsWith('/status')) polls.set(requestId, { bytes: 0, done: false });
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    if (polls.has(requestId)) polls.get(requestId).bytes += encodedDataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (polls.has(requestId))
      Object.assign(polls.get(requestId), { done: true, withHead: encodedDataLength });
  });
  await until('two polls', () => [...polls.values()].filter(({ done }) => done).length >= 2);
  const asked = [...polls.values()].filter(({ done }) => done);
  console.log(
    `poll: ${asked.map(({ bytes, withHead }) => `${bytes} bytes, ${withHead} with its head`).join('; ')}`,
  );
  for (const { bytes } of asked) assert.ok(bytes <= poll, `a poll of ${bytes} bytes`);

  await customerPhone(await visitor.context.newPage()).act(customer.phone, 'approve');
  await arrives(page, [word('en', 'pay-active')], { within: 40_000 });
  holds('order', await weigh(page, path.replace('/pay/', '/order/')), total);
  holds('dashboard', await weigh(page, '/dashboard'), total);
  await visitor.leave();
});

test('on a slow network the page is shown within four seconds without layout shifts', async () => {
  for (const address of ['/', '/plans', `/checkout/${boost.slug}`, '/login']) {
    const visitor = await visit(browser, portal.origin);
    const { page, context } = visitor;
    await context.addInitScript(() => {
      window.seen = { shift: 0, largest: 0 };
      new PerformanceObserver((list) =>
        list.getEntries().forEach((entry) => {
          if (!entry.hadRecentInput) window.seen.shift += entry.value;
        }),
      ).observe({ type: 'layout-shift', buffered: true });
      new PerformanceObserver((list) =>
        list.getEntries().forEach((entry) => {
          window.seen.largest = entry.startTime;
        }),
      ).observe({ type: 'largest-contentful-paint', buffered: true });
    });
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', slow);
    await page.goto(address, { waitUntil: 'networkidle', timeout: 60_000 });
    await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
    const { shift, largest } = await page.evaluate(() => window.seen);
    console.log(
      `${address} on slow 3G: largest paint after ${Math.round(largest)} ms, shift ${shift.toFixed(4)}`,
    );
    assert.ok(largest > 0 && largest <= 4000, `${address}: largest paint after ${Math.round(largest)} ms`);
    assert.ok(shift <= 0.05, `${address}: layout shift ${shift}`);
    await visitor.leave();
  }
});
