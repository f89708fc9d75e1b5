// The portal as it is started for customers: the warning where no front is named, and what production adds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPortal } from '../browser/portal.mjs';

const production = {
  APP_ENV: 'production',
  APP_URL: 'https://hollyn.online',
  // For the test's own questions whether it is ready.
  APP_HOSTS: '127.0.0.1',
  APP_KEY: `base64:${Buffer.alloc(32, 7).toString('base64')}`,
  ZENO_API_KEY: 'key',
  ZENO_WEBHOOK_SECRET: '0123456789abcdef',
  WEBUZO_API_URL: 'https://127.0.0.1:9',
  WEBUZO_ENDUSER_URL: 'https://127.0.0.1:9',
  WEBUZO_ADMIN_USER: 'root',
  WEBUZO_ADMIN_PASS: 'secret',
  WEBUZO_TEMP_DOMAIN: 'temp.hollyn.online',
  MAIL_HOST: 'mail.hollyn.online',
  MAIL_ENCRYPTION: 'tls',
  MAIL_FROM_ADDRESS: 'hello@hollyn.online',
};

for (const [named, variables, warns] of [
  ['without a front', production, true],
  ['with a front', { ...production, APP_PROXY_HEADER: 'X-Real-IP' }, false],
  ['not in production', {}, false],
]) {
  test(`the start ${warns ? 'warns' : 'does not warn'}: ${named}`, async () => {
    const portal = await startPortal(variables);
    const log = await portal.log();
    await portal.stop();
    assert.equal(/WARN.*APP_PROXY_HEADER names no front/.test(log), warns, log);
  });
}

test('production tells browsers to use TLS for a year', async () => {
  const portal = await startPortal({ ...production, APP_PROXY_HEADER: 'X-Real-IP' });
  const answers = await Promise.all(
    ['/healthz', '/', '/nothing', '/static/portal.css', '/api/admin/v1/dashboard'].map((path) =>
      fetch(`${portal.origin}${path}`),
    ),
  );
  await portal.stop();
  for (const { url, headers } of answers) {
    assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', url);
  }
});
