// What staff do to things, from wherever they do it: a page, a key, the palette. Each asks first where it should, and
// what shows the thing afterwards asks for it again.
import { api } from './api';
import { app } from './app.svelte';
import { act, attempt, fresh } from './ask.svelte';
import { ask } from './dialogs.svelte';
import { many, money, phone } from './format';
import type { OrderItem, Plan, ServiceItem, User } from './generated/api';
import { at, route } from './route.svelte';

type ServiceNamed = Pick<ServiceItem, 'id' | 'domain' | 'username' | 'user'>;
type UserNamed = Pick<User, 'id' | 'name' | 'email'>;
const first = (name: string) => name.split(' ')[0] ?? name;

export const openPanel = (service: { id: number; domain: string }) =>
  attempt(
    () => fresh(() => api.openPanel(service.id)),
    `The panel of ${service.domain} opens in your browser`,
  );

export const sendLogin = (service: ServiceNamed) =>
  attempt(async () => {
    const { recipient } = await act('send_credentials', { id: service.id });
    app.say(`The login is on its way to ${recipient}`);
  });

export function suspend(service: ServiceNamed) {
  ask({
    title: `Suspend ${service.domain}?`,
    consequences: [
      { icon: 'globe', text: 'The site and its mail stop within a minute.' },
      { icon: 'hard-drive', text: 'Files, mailboxes and databases are kept.' },
      { icon: 'message-square-text', text: `${service.user.name} sees the reason and gets a mail.` },
    ],
    reason: { label: 'Reason', choices: ['Not paid', 'Sends spam', 'Hacked site', 'On request'] },
    typed: { what: 'domain', name: service.domain },
    go: 'Suspend',
    stay: 'Keep it running',
    isDanger: true,
    run: async ({ reason }) => {
      await act('suspend', { id: service.id, body: { reason } });
      app.touch('service');
      app.say(`${service.domain} is suspended`);
    },
  });
}

export function activate(service: ServiceNamed) {
  ask({
    title: `Activate ${service.domain}?`,
    consequences: [
      { icon: 'globe', text: 'The site and its mail are back within a minute.' },
      { icon: 'message-square-text', text: `${service.user.name} gets a mail.` },
    ],
    reason: { label: 'Reason', choices: ['Paid', 'Cleaned up', 'On request'] },
    go: 'Activate',
    stay: 'Leave it suspended',
    run: async ({ reason }) => {
      await act('activate', { id: service.id, body: { reason } });
      app.touch('service');
      app.say(`${service.domain} is active again`);
    },
  });
}

export function reprovision(service: ServiceNamed) {
  ask({
    title: `Set up ${service.domain} again?`,
    text: 'The panel is asked first. An account that is there and ours keeps its files; only password and plan are set again.',
    typed: { what: 'domain', name: service.domain },
    go: 'Set up again',
    stay: 'Leave it',
    run: async () => {
      await act('reprovision', { id: service.id });
      app.touch('service', 'order');
      app.say(`Set-up of ${service.domain} has begun`);
    },
  });
}

export function deleteService(service: ServiceNamed) {
  ask({
    title: `Delete ${service.domain}?`,
    consequences: [
      {
        icon: 'trash-2',
        text: `The account ${service.username ?? ''} is deleted on the panel, with its files, mailboxes and databases.`,
      },
      { icon: 'undo-2', text: 'It cannot be brought back.' },
      { icon: 'banknote', text: 'Order and payments stay on record.' },
    ],
    reason: { label: 'Reason', choices: ['On request', 'Never paid again', 'Abuse'] },
    typed: { what: 'domain', name: service.domain },
    go: 'Delete',
    stay: 'Keep it',
    isDanger: true,
    run: async ({ reason, typed }) => {
      await act('delete_service', { id: service.id, body: { confirm: typed, reason } });
      app.touch('service', 'order', 'user');
      app.say(`${service.domain} is deleted`);
    },
  });
}

export const checkPayment = (order: Pick<OrderItem, 'uuid' | 'number'>) =>
  attempt(async () => {
    const {
      order: { status },
    } = await act('check_payment', { id: order.uuid });
    app.touch('order', 'payment');
    app.say(`The gateway was asked: order ${order.number} is ${status}`);
  });

export function markPaid(order: OrderItem) {
  ask({
    title: `Mark order ${order.number} as paid?`,
    consequences: [
      { icon: 'banknote', text: `${money(order.price_tzs)} count as revenue, under the reference you give.` },
      { icon: 'server-cog', text: 'Set-up begins, as if the gateway had said so.' },
      { icon: 'mail', text: `${order.customer_name} gets a receipt.` },
    ],
    extra: {
      label: 'Gateway or network reference',
      field: 'reference',
      hint: 'From the statement or the customer’s SMS. Each pays one order only.',
    },
    reason: { label: 'How do you know?', hint: 'Kept on record, staff only.', field: 'reason' },
    typed: { what: 'order number', name: order.number },
    go: 'Mark as paid',
    stay: 'Not now',
    run: async ({ reason, extra }) => {
      await act('mark_paid', { id: order.uuid, body: { reference: extra.trim(), reason } });
      app.touch('order', 'payment', 'service');
      app.say(`Order ${order.number} is paid`);
    },
  });
}

export function cancelOrder(order: OrderItem) {
  ask({
    title: `Cancel order ${order.number}?`,
    consequences: [
      {
        icon: 'ban',
        text:
          order.status === 'pending'
            ? 'It can no longer be paid. Money that still comes is shown in Attention.'
            : 'The money stays where it is: pay it back by hand if it is due.',
      },
      ...(order.service_id
        ? [{ icon: 'server' as const, text: 'The service stays as it is until it is suspended or deleted.' }]
        : []),
    ],
    reason: { label: 'Reason', choices: ['Ordered by mistake', 'Changed to another plan', 'Fraud'] },
    typed: { what: 'order number', name: order.number },
    go: 'Cancel the order',
    stay: 'Keep it',
    isDanger: true,
    run: async ({ reason }) => {
      await act('cancel_order', { id: order.uuid, body: { reason } });
      app.touch('order');
      app.say(`Order ${order.number} is cancelled`);
    },
  });
}

export function deleteOrder(order: OrderItem) {
  ask({
    title: `Delete order ${order.number}?`,
    text: 'No money ever came for it, so nothing is lost but the attempt. It cannot be brought back.',
    reason: { label: 'Reason', choices: ['A test', 'Ordered twice'] },
    typed: { what: 'order number', name: order.number },
    go: 'Delete',
    stay: 'Keep it',
    isDanger: true,
    run: async ({ reason, typed }) => {
      await act('delete_order', { id: order.uuid, body: { confirm: typed, reason } });
      route.go(at('orders'));
      app.touch('order');
      app.say(`Order ${order.number} is deleted`);
    },
  });
}

export function impersonate(user: UserNamed) {
  const name = first(user.name);
  ask({
    title: `See the portal as ${user.name}`,
    icon: 'external-link',
    consequences: [
      { icon: 'link', text: 'Opens in your browser. The link works once, for 60 seconds.' },
      { icon: 'timer', text: 'Ends by itself after 15 minutes.' },
      { icon: 'eye', text: `${name} sees in the account’s activity that you were there, and why.` },
      { icon: 'ban', text: 'No passwords, no payments, no changes to e-mail or phone.' },
    ],
    reason: { label: 'Reason, as the customer will read it' },
    go: `Open as ${name}`,
    stay: 'Not now',
    run: async ({ reason }) => {
      await fresh(() => api.impersonate(user.id, reason));
      app.touch('user');
      app.say(`The portal opens in your browser as ${user.name}`);
    },
  });
}

export function disableUser(user: UserNamed) {
  ask({
    title: `Disable the account of ${user.name}?`,
    consequences: [
      { icon: 'log-out', text: 'All sessions end, and nobody can sign in.' },
      { icon: 'globe', text: 'Services go on; suspend them by themselves.' },
    ],
    reason: { label: 'Reason', choices: ['Fraud', 'Abuse', 'On request'] },
    typed: { what: 'e-mail', name: user.email },
    go: 'Disable',
    stay: 'Leave it open',
    isDanger: true,
    run: async ({ reason }) => {
      await act('disable_user', { id: user.id, body: { reason } });
      app.touch('user');
      app.say(`The account of ${user.name} is disabled`);
    },
  });
}

export function enableUser(user: UserNamed) {
  ask({
    title: `Open the account of ${user.name} again?`,
    reason: { label: 'Reason', choices: ['Settled', 'Disabled by mistake'] },
    go: 'Open it again',
    stay: 'Leave it disabled',
    run: async ({ reason }) => {
      await act('enable_user', { id: user.id, body: { reason } });
      app.touch('user');
      app.say(`${user.name} can sign in again`);
    },
  });
}

export function deleteUser(user: UserNamed) {
  ask({
    title: `Delete the account of ${user.name}?`,
    consequences: [
      { icon: 'user', text: 'Name, e-mail and phone are taken out of everything.' },
      { icon: 'banknote', text: 'Orders and payments stay, without the person.' },
      { icon: 'server', text: 'Refused while a service lives.' },
    ],
    reason: { label: 'Reason', choices: ['On request', 'A test'] },
    typed: { what: 'e-mail', name: user.email },
    go: 'Delete',
    stay: 'Keep it',
    isDanger: true,
    run: async ({ reason, typed }) => {
      await act('delete_user', { id: user.id, body: { confirm: typed, reason } });
      route.go(at('users'));
      app.touch('user', 'order');
      app.say('The account is deleted');
    },
  });
}

export function deletePlan(plan: Plan) {
  ask({
    title: `Delete ${plan.name}?`,
    text: 'It was never ordered. It cannot be brought back; its slug can be used again.',
    reason: { label: 'Reason', choices: ['A test', 'Replaced by another'] },
    typed: { what: 'slug', name: plan.slug },
    go: 'Delete',
    stay: 'Keep it',
    isDanger: true,
    run: async ({ reason, typed }) => {
      await act('delete_plan', { id: plan.slug, body: { confirm: typed, reason } });
      route.go(at('plans'));
      app.touch('plan');
      app.say(`${plan.name} is deleted`);
    },
  });
}

export const saveExport = (...what: Parameters<typeof api.saveExport>) =>
  attempt(async () => {
    const saved = await fresh(() => api.saveExport(...what));
    if (saved) app.say(`${many(saved.rows, 'row')} saved in ${saved.path}`);
  });

/** A service's login without its password, as text. */
export const loginText = (service: { domain: string; username: string | null; panel_url: string | null }) =>
  [
    `Domain: ${service.domain}`,
    `Username: ${service.username ?? '—'}`,
    `Panel: ${service.panel_url ?? '—'}`,
  ].join('\n');
export const phoneText = (number: string) => phone(number);
