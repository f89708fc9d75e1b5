// Slow connections through each shipped front, beside a purchase; and what a front lets through at all.
import assert from 'node:assert/strict';
import { connect as overHttp2 } from 'node:http2';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import { buy, client } from './client.mjs';
import { handshake, kinds, site, startFront } from './front.mjs';
import { peak, told, usage } from './process.mjs';
import { hold, takeAll } from './slow.mjs';

const connections = 500;
/** Nothing that is slow is open for longer, in seconds: all deadlines together, on a machine that is busy. */
const longest = 120;
/** But for this kind in Caddy: two minutes. Only the full suite waits for it. */
const slowest = { kind: 'caddy', way: 'HTTP/2, body does not come', longest: 240 };
const isFull = process.env.HOLLYN_LOAD === 'full';

for (const kind of kinds) {
  let front;
  const visitor = (more = {}) => client(front.origin, { ca: front.ca, ...more });
  before(async () => {
    front = await startFront(kind);
  });
  after(() => front?.stop());

  test(`${kind}: a purchase goes through beside ${connections} slow connections`, async () => {
    const idle = await usage(front.portal.pid);
    const without = kind === slowest.kind && !isFull ? slowest.way : undefined;
    const slow = await hold(front, connections, without);
    const buyer = visitor();
    try {
      const purchase = () => buy(buyer, client(front.direct), kinds.indexOf(kind));
      const inFront = await peak(front.front, () => peak(front.portal.pid, purchase));
      const beside = slow.count();
      const lives = await slow.release();
      const times = buyer.times.toSorted((a, b) => a - b);
      const middle = times[Math.floor(times.length / 2)];
      console.log(
        [
          `${kind}, ${connections} slow connections: front ${told(inFront.most)}`,
          `portal ${told(inFront.result.most)} (idle ${told(idle)})`,
          `an answer takes ${middle.toFixed(0)} ms, at most ${times.at(-1).toFixed(0)} ms`,
        ].join('; '),
      );
      for (const [way, seconds] of lives) console.log(`  ${way}: open for ${seconds.toFixed(0)} s at most`);
      assert.ok(beside > connections * 0.9, `${beside} were open at the end of the purchase`);
      for (const [way, seconds] of lives) {
        const isSlowest = kind === slowest.kind && way === slowest.way;
        assert.ok(seconds < (isSlowest ? slowest.longest : longest), `${way}: ${seconds} s`);
      }
    } finally {
      slow.drop();
    }
  });

  test(`${kind}: the portal sees the client's address, whatever the client says of it`, async () => {
    const claimed = '203.0.113.66';
    const headers = Object.fromEntries(
      ['x-real-ip', 'x-forwarded-for', 'x-client-ip', 'forwarded', 'true-client-ip'].map((name) => [
        name,
        name === 'forwarded' ? `for=${claimed}` : claimed,
      ]),
    );
    const person = visitor({ localAddress: '127.0.0.77', headers });
    const password = 'kahawa tamu ya Kibo';
    const account = { name: 'Neema Mushi', email: 'neema@example.co.tz', phone: '0754 318 206', password };
    assert.equal((await person.post('/register', account)).status, 303);
    const audit = await front.portal.command('audit', 'export');
    assert.match(audit, /127\.0\.0\.77/);
    assert.ok(!audit.includes(claimed), audit);
  });

  test(`${kind}: plain HTTP leads to the same address over TLS`, async () => {
    const answer = await client(`http://${site}:${front.http}`).get('/plans?months=3');
    assert.ok([301, 308].includes(answer.status), `${answer.status}`);
    assert.equal(answer.headers.location.replace(`:${front.port}`, ''), `https://${site}/plans?months=3`);
  });

  test(`${kind}: TLS from 1.2, HTTP/2, and no certificate for other names`, async () => {
    const ours = { host: '127.0.0.1', port: front.port, servername: site, ca: front.ca };
    assert.deepEqual(await handshake(ours), { protocol: 'h2', version: 'TLSv1.3' });
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    assert.equal(await handshake({ ...ours, ...old }), null);
    assert.equal(await handshake({ ...ours, servername: 'evil.tz', rejectUnauthorized: false }), null);
  });

  test(`${kind}: a body over 64 KB, a header over 32 KB and another host are refused`, async () => {
    const large = await visitor().post('/login', { email: 'a'.repeat(70_000) });
    assert.equal(large.status, 413);
    const header = await visitor({ headers: { 'x-large': 'a'.repeat(40_000) } })
      .get('/')
      .catch(() => ({ status: 400 }));
    assert.ok([400, 431].includes(header.status), `${header.status}`);
    const other = await visitor({ headers: { host: 'evil.tz' } })
      .get('/')
      .catch(() => ({ status: 421 }));
    assert.ok(other.status >= 400 || other.text === '', `${other.status}: ${other.text}`);
  });

  test(`${kind}: an answer over HTTP/2 has the portal's headers`, async () => {
    const ours = { host: '127.0.0.1', port: front.port, servername: site, ca: front.ca };
    const createConnection = () => connect({ ...ours, ALPNProtocols: ['h2'] });
    const session = overHttp2(front.origin, { createConnection });
    const headers = await new Promise((resolve, reject) => {
      session.on('error', reject);
      session.request({ ':path': '/login' }).on('response', resolve).on('error', reject).resume();
    });
    session.close();
    assert.equal(headers[':status'], 200);
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['cache-control'], 'no-store');
  });
}

test('nginx: one client has at most 100 requests in progress, and others are not affected', async () => {
  const front = await startFront('nginx');
  const stop = await takeAll(front, '127.0.0.88', 130);
  const visit = (localAddress) => client(front.origin, { ca: front.ca, localAddress }).get('/login');
  const [same, other] = [await visit('127.0.0.88'), await visit('127.0.0.89')];
  stop();
  await front.stop();
  assert.deepEqual([same.status, other.status], [429, 200]);
});
