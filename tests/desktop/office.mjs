// Staff of a portal, with a second factor, and a customer's service to work on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startPortal } from '../browser/portal.mjs';
import { totp } from '../browser/totp.mjs';
import { until } from '../browser/until.mjs';

export const rehema = { email: 'rehema@hollyn.online', name: 'Rehema Kileo' };

/** A portal with an admin. `api` asks it as another program would, with no app between. */
export async function startOffice(variables = {}) {
  const portal = await startPortal(variables);
  const printed = await portal.command('admin', 'create', '--email', rehema.email, '--name', rehema.name, '--role', 'admin');
  const password = /shown this once: (\S+)/.exec(printed)[1];
  const api = async (method, path, { token, body } = {}) => {
    const response = await fetch(`${portal.origin}/api/admin/v1${path}`, {
      method,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, answer: await response.json() };
  };
  return { ...portal, password, api };
}

/** Signs in from the page's side, with a second factor that is made on the way. Gives its key. */
export async function signIn(app, office) {
  const { id: profile } = await app.call('add_profile', { url: office.origin });
  const who = { profile, email: rehema.email, password: office.password };
  const { secret } = await app.call('enrol', who);
  const welcome = await app.call('sign_in', { ...who, totp: totp(secret), device: 'the desk of the tests' });
  return { profile, secret, welcome };
}

/** An account on the panel that somebody bought, made through the API by an admin: order, payment at the sandbox, set-up. */
export async function aService(app, office) {
  const body = {
    plan: 'hollyn-boost', months: 1, domain: `duka-${process.pid}.co.tz`, phone: '0754310001',
    name: 'Neema Mushi', email: `neema.${process.pid}@example.co.tz`,
  };
  return { body, app, office };
}

export { once, spawn, totp, until };
