// Many requests at once, straight to the portal: false notices of payments, and wrong passwords.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startPortal } from '../browser/portal.mjs';
import { client } from './client.mjs';
import { peak, told, usage } from './process.mjs';

/** `tests/run load` runs it in full; beside the other suites it is brief. */
const isFull = process.env.HOLLYN_LOAD === 'full';
const notices = isFull ? 4000 : 400;
const signIns = isFull ? 1000 : 150;
const atOnce = isFull ? 200 : 100;

let portal, folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hollyn-storm-'));
  portal = await startPortal({ HOLLYN_DATA_DIR: folder, APP_PROXY_HEADER: 'X-Real-IP' });
});
after(async () => {
  await portal?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A stranger with an address of their own. */
const from = (n) => client(portal.origin, { headers: { 'x-real-ip': `10.1.${n >> 8}.${n & 255}` } });

/** Megabytes of the database and its log. */
async function stored() {
  let sum = 0;
  for (const name of await readdir(folder)) {
    if (name.startsWith('hollyn.db')) sum += (await stat(join(folder, name))).size;
  }
  return sum / 1024 / 1024;
}

/** Does `work` for 0 … count-1, that many at once, and counts the statuses of the answers. */
async function storm(count, work) {
  const statuses = {};
  let next = 0;
  const one = async () => {
    while (next < count) {
      const { status } = await work(next++);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return statuses;
}

/** What visitors wait in the meantime: pages one after the other until `work` is done. */
async function beside(work) {
  const visitor = from(65_000);
  let isOver = false;
  const visit = async () => {
    while (!isOver) assert.equal((await visitor.get('/plans')).status, 200);
  };
  const [result] = await Promise.all([work().finally(() => (isOver = true)), visit()]);
  const times = visitor.times.toSorted((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)];
  return { result, waiting: `a page takes ${middle.toFixed(0)} ms, at most ${times.at(-1).toFixed(0)} ms` };
}

for (const [who, address] of [
  ['one address', () => 1],
  ['as many addresses', (n) => n],
]) {
  test(`false notices from ${who} are bounded in storage and memory`, async () => {
    const before = await stored();
    const body = { order_id: 'x'.repeat(60_000), payment_status: 'COMPLETED' };
    const flood = () => storm(notices, (n) => from(address(n)).post('/webhooks/zeno', body));
    const { most, result } = await peak(portal.pid, () => beside(flood));
    const grown = (await stored()) - before;
    console.log(
      `${notices} notices of 60 KB from ${who}: ${JSON.stringify(result.result)}, ` +
        `${grown.toFixed(1)} MB stored; portal ${told(most)}; ${result.waiting}`,
    );
    assert.ok(grown < 12, `${grown} MB were stored`);
  });
}

test('wrong passwords are bounded in memory, and the owner still signs in', async () => {
  const account = { email: 'neema@example.co.tz', password: 'kahawa tamu ya Kibo' };
  const owner = from(64_000);
  const fields = { ...account, name: 'Neema Mushi', phone: '0754 318 206' };
  assert.equal((await owner.post('/register', fields)).status, 303);
  await owner.post('/logout', {});
  const idle = await usage(portal.pid);
  const wrong = () =>
    storm(signIns, (n) => from(n).post('/login', { email: `a${n}@example.co.tz`, password: 'not this' }));
  // From a device that was signed in before. Where all places are taken, the owner comes back when told.
  const signIn = async () => {
    const began = performance.now();
    for (let tries = 1; ; tries += 1) {
      const answer = await owner.post('/login', account);
      if (answer.status === 303) return { tries, waited: performance.now() - began };
      assert.equal(answer.status, 503, answer.text);
      const seconds = Number(answer.headers['retry-after']);
      assert.ok(seconds > 0 && seconds <= 10, `${seconds}`);
      await pause(seconds * 1000);
    }
  };
  const { most, result } = await peak(portal.pid, () =>
    beside(async () => {
      const [statuses, owned] = await Promise.all([wrong(), signIn()]);
      return { statuses, ...owned };
    }),
  );
  const { statuses, tries, waited } = result.result;
  console.log(
    `${signIns} wrong sign-ins, ${atOnce} at once: ${JSON.stringify(statuses)}; portal ${told(most)} ` +
      `(idle ${told(idle)}); the owner is in after ${waited.toFixed(0)} ms and ${tries} tries; ` +
      result.waiting,
  );
  assert.ok(waited < 60_000, `${waited} ms`);
  assert.ok(most.memory - idle.memory < 60, `${most.memory} MB, ${idle.memory} MB before`);
});
