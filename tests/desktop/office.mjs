// Staff of a portal, with a second factor, and a customer's account on the panel to work on.
import { startPortal } from '../browser/portal.mjs';
import { totp } from '../browser/totp.mjs';
import { until } from '../browser/until.mjs';

export const rehema = { email: 'rehema@hollyn.online' };
export const neema = { email: 'neema@duka.co.tz', name: 'Neema Mushi', domain: 'duka-la-neema.co.tz', phone: '0754310001' };

/** A portal with an admin. `hire` makes another account of staff and gives its password; `ask` asks its admin API as another program would, with no app between. */
export async function startOffice(variables = {}) {
  const portal = await startPortal(variables);
  const hire = async (email, role) => {
    const printed = await portal.command('admin', 'create', '--email', email, '--name', 'Somebody of ours', '--role', role);
    return /shown this once: (\S+)/.exec(printed)[1];
  };
  const password = await hire(rehema.email, 'admin');
  const ask = async (method, path, token, body) => {
    const response = await fetch(`${portal.origin}/api/admin/v1${path}`, {
      method,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, answer: await response.json() };
  };
  return { ...portal, password, hire, ask };
}

/** Signs in as somebody does for the first time: with a second factor that is made on the way. */
export async function signIn(app, office) {
  const { id: profile } = await app.call('add_profile', { url: office.origin });
  const who = { profile, email: rehema.email, password: office.password };
  const { secret } = await app.call('enrol', who);
  const welcome = await app.call('sign_in', { ...who, totp: totp(secret), device: 'The desk of the tests' });
  return { profile, secret, welcome };
}

/** Neema's hosting account, set up on the panel: staff order it for her and mark it as paid. */
export async function openAccount(app) {
  const { id: user } = await app.call('call', { endpoint: 'create_user', body: { ...neema, role: 'user' } });
  const order = { user_id: user, plan: 'hollyn-boost', months: 1, domain: neema.domain, phone: neema.phone };
  const { uuid } = await app.call('call', { endpoint: 'create_order', body: order });
  const paid = { reference: `REF${process.pid}`, reason: 'Paid at the counter' };
  await app.call('call', { endpoint: 'mark_paid', id: uuid, body: paid });
  const service = await until('the account is set up', async () => {
    const { items } = await app.call('call', { endpoint: 'list_services', query: { status: 'active' } });
    return items[0];
  }, { within: 60_000 });
  return { user, order: uuid, service: service.id };
}
