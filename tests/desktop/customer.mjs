// A customer of the portal, by its forms alone: orders, asks for the push, and answers it on the sandbox's
// phone.
import assert from 'node:assert/strict';
import { until } from '../browser/until.mjs';

/** Sends a form as a browser does. */
async function send(origin, path, fields, cookies = new Map()) {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    body: new URLSearchParams(fields),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    cookies.set(name, value);
  }
  assert.equal(response.status, 303, `POST ${path}: ${response.status}`);
  return response.headers.get('location');
}

/** Orders hosting for a month and sends the payment request; returns the order's uuid. */
export async function order({ origin }, { name, email, phone, domain }) {
  const cookies = new Map();
  const fields = {
    plan: 'hollyn-boost',
    months: '1',
    name,
    email,
    phone,
    domain,
    password: 'kahawa tamu ya Kibo',
  };
  const pay = await send(origin, '/checkout', fields, cookies);
  const [, uuid] = /^\/pay\/([0-9a-f-]{36})$/.exec(pay) ?? assert.fail(`the order was not placed: ${pay}`);
  await send(origin, pay, { action: 'send', attempt: '0', phone }, cookies);
  return uuid;
}

/** Answers the payment request on the phone: `approve`, `more`, … */
export async function answer({ origin }, { phone }, act) {
  const shown = phone.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3');
  const push = await until(`a push is on ${shown}`, async () => {
    const page = await (await fetch(`${origin}/sandbox/phone`)).text();
    const waiting = page
      .split('<div class="waiting">')
      .slice(1)
      .find((one) => one.replaceAll('\u00a0', ' ').includes(shown));
    return /action="(\/sandbox\/phone\/[^"]+)"/.exec(waiting ?? '')?.[1];
  });
  await send(origin, push, { act });
}

/** Orders and pays. */
export async function buy(portal, customer, act = 'approve') {
  const uuid = await order(portal, customer);
  await answer(portal, customer, act);
  return uuid;
}
