// Staff of a portal, with a second factor, and a customer's account on the panel to work on.
import assert from 'node:assert/strict';
import { startPortal } from '../browser/portal.mjs';
import { totp } from '../browser/totp.mjs';
import { until } from '../browser/until.mjs';

export const rehema = { email: 'rehema@hollyn.online' };
export const neema = {
  email: 'neema@duka.co.tz',
  name: 'Neema Mushi',
  domain: 'duka-la-neema.co.tz',
  phone: '0754310001',
};

/**
 * A portal with an admin. `hire` makes another account of staff and gives its password; `ask` asks its admin
 * API directly, without the app; `colleague` is another member of staff who does so.
 */
export async function startStaffedPortal(variables = {}) {
  const portal = await startPortal(variables);
  const hire = async (email, role) => {
    const printed = await portal.command(
      'admin',
      'create',
      '--email',
      email,
      '--name',
      'Somebody of ours',
      '--role',
      role,
    );
    return /shown this once: (\S+)/.exec(printed)[1];
  };
  const password = await hire(rehema.email, 'admin');
  const ask = async (method, path, token, body) => {
    const response = await fetch(`${portal.origin}/api/admin/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, answer: await response.json() };
  };
  return { ...portal, password, hire, ask, colleague: () => colleague({ hire, ask }) };
}

/**
 * Another member of staff with another client: it shows the state of the portal, whatever the app
 * shows.
 */
async function colleague({ hire, ask }) {
  const who = { email: 'zuhura@hollyn.online', password: await hire('zuhura@hollyn.online', 'admin') };
  const { secret } = (await ask('POST', '/session/totp', undefined, who)).answer;
  const { token } = (
    await ask('POST', '/session', undefined, { ...who, totp: totp(secret), device: 'Another computer' })
  ).answer;
  const get = async (method, path, body) => {
    const { status, answer } = await ask(method, path, token, body);
    assert.equal(status, 200, `${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const show = (service) => get('GET', `/services/${service}`);
  return {
    token,
    /** The service of an order, when it is set up. */
    accountOf: (order) =>
      until(
        `order ${order} is set up`,
        async () => {
          const { items } = await get('GET', '/services?status=active');
          const found = items.find((item) => item.order.uuid === order);
          return found && { user: found.user.id, service: found.id };
        },
        { within: 60_000 },
      ),
    passwordOf: async (service) => (await get('POST', `/services/${service}/reveal`)).password,
    /** The state of a service, and its reason. */
    statusOf: async (service) => {
      const {
        service: { status },
        history,
      } = await show(service);
      return [status, history.at(-1).reason];
    },
    /** An order's number. */
    numberOf: async (order) => (await get('GET', `/orders/${order}`)).order.number,
    attention: async (state = 'open') => (await get('GET', `/attention?state=${state}`)).items,
    find: async (email) => (await get('GET', `/users?q=${encodeURIComponent(email)}`)).items[0],
  };
}

/** Signs in for the first time: enrols a second factor. */
export async function signIn(app, portal) {
  const { id: profile } = await app.call('add_profile', { url: portal.origin });
  const who = { profile, email: rehema.email, password: portal.password };
  const { secret } = await app.call('enrol', who);
  const welcome = await app.call('sign_in', { ...who, totp: totp(secret), device: 'The tests' });
  return { profile, secret, welcome };
}

/** Neema's hosting account, set up on the panel: staff order it for her and mark it as paid. */
export async function createHosting(app) {
  const { id: user } = await app.call('call', { endpoint: 'create_user', body: { ...neema, role: 'user' } });
  const order = { user_id: user, plan: 'hollyn-boost', months: 1, domain: neema.domain, phone: neema.phone };
  const { uuid } = await app.call('call', { endpoint: 'create_order', body: order });
  const paid = { reference: `REF${process.pid}`, reason: 'Paid at the counter' };
  await app.call('call', { endpoint: 'mark_paid', id: uuid, body: paid });
  const service = await until(
    'the account is set up',
    async () => {
      const { items } = await app.call('call', { endpoint: 'list_services', query: { status: 'active' } });
      return items[0];
    },
    { within: 60_000 },
  );
  return { user, order: uuid, service: service.id };
}
