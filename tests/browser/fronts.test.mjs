// A purchase through each shipped front: TLS with an authority that the browser trusts, and HTTP/2.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { kinds, startFront } from '../load/front.mjs';
import { buy } from './buy.mjs';
import { launch, visit } from './chromium.mjs';

/** A home folder in which Chromium finds that authority among those that it trusts. */
async function homeThatTrusts(certificate) {
  const home = await mkdtemp(join(tmpdir(), 'hollyn-home-'));
  const store = join(home, '.pki', 'nssdb');
  await mkdir(store, { recursive: true });
  const certutil = (...words) => promisify(execFile)('certutil', ['-d', `sql:${store}`, ...words]);
  await certutil('-N', '--empty-password');
  await certutil('-A', '-n', 'tests', '-t', 'C,,', '-i', certificate);
  return home;
}

for (const kind of kinds) {
  test(`a plan is bought and set up through ${kind}`, async () => {
    const front = await startFront(kind);
    const home = await homeThatTrusts(front.certificate);
    const browser = await launch({ HOME: home });
    try {
      const visitor = await visit(browser, front.origin);
      const other = await visit(browser, front.direct);
      await visitor.page.goto('/');
      const protocol = await visitor.page.evaluate(
        () => performance.getEntriesByType('navigation')[0].nextHopProtocol,
      );
      assert.equal(protocol, 'h2');
      await buy(visitor.page, other.page, 'en', true, `purchase-${kind}`);
      const cookies = await visitor.context.cookies(front.origin);
      const session = cookies.find((cookie) => cookie.name === '__Host-session');
      assert.ok(session?.secure && session.httpOnly, JSON.stringify(cookies));
      await visitor.leave();
      await other.leave();
    } finally {
      await browser.close();
      await front.stop();
      await rm(home, { recursive: true, force: true });
    }
  });
}
