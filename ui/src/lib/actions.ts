// The actions of staff, for pages, keyboard shortcuts and the command palette. Each asks for confirmation
// where needed, and publishes the record that the portal returns.
import { api } from './api';
import { app } from './app.svelte';
import { confirm } from './dialogs.svelte';
import { many, money } from './format';
import { attempt, ensureRecentPassword, mutate, withReauth } from './query.svelte';
import { publishOrder, publishService, publishUser } from './records';
import { at, route } from './route.svelte';
import type { OrderItem, Plan, ServiceItem, User } from './types';

type ServiceRef = Pick<ServiceItem, 'id' | 'domain' | 'username' | 'user'>;
type UserRef = Pick<User, 'id' | 'name' | 'email'>;
/** Whether an account is one of staff: changing it takes a code. */
const aboutStaff = (user: Pick<User, 'role'>) => ({ isAboutStaff: user.role !== 'user' });
const firstName = (name: string) => name.split(' ')[0] ?? name;

export const openPanel = (service: { id: number; domain: string }) =>
  attempt(
    () => withReauth(() => api.openPanel(service.id)),
    `The panel of ${service.domain} opens in your browser`,
  );

export const sendCredentials = (service: ServiceRef) =>
  attempt(async () => {
    const { recipient } = await mutate('send_credentials', { id: service.id });
    app.announce(`The credentials are being sent to ${recipient}`);
  });

export function suspend(service: ServiceRef) {
  confirm({
    title: `Suspend ${service.domain}?`,
    consequences: [
      { icon: 'globe', text: 'The site and its mail stop within a minute.' },
      { icon: 'hard-drive', text: 'Files, mailboxes and databases are kept.' },
      { icon: 'message-square-text', text: `${service.user.name} sees the reason and gets a mail.` },
    ],
    reason: { label: 'Reason', choices: ['Not paid', 'Sends spam', 'Hacked site', 'On request'] },
    typed: { what: 'domain', name: service.domain },
    confirmLabel: 'Suspend',
    cancelLabel: 'Cancel',
    isDanger: true,
    run: async ({ reason }) => {
      publishService(await mutate('suspend', { id: service.id, body: { reason } }));
      app.announce(`${service.domain} is suspended`);
    },
  });
}

export function activate(service: ServiceRef) {
  confirm({
    title: `Activate ${service.domain}?`,
    consequences: [
      { icon: 'globe', text: 'The site and its mail are back within a minute.' },
      { icon: 'message-square-text', text: `${service.user.name} gets a mail.` },
    ],
    reason: { label: 'Reason', choices: ['Paid', 'Cleaned up', 'On request'] },
    confirmLabel: 'Activate',
    cancelLabel: 'Cancel',
    run: async ({ reason }) => {
      publishService(await mutate('activate', { id: service.id, body: { reason } }));
      app.announce(`${service.domain} is active again`);
    },
  });
}

export function reprovision(service: ServiceRef) {
  confirm({
    title: `Re-provision ${service.domain}?`,
    text:
      'The panel is queried first. If our account exists there, it keeps its files; only password and plan ' +
      'are set again.',
    typed: { what: 'domain', name: service.domain },
    confirmLabel: 'Re-provision',
    cancelLabel: 'Cancel',
    run: async () => {
      publishService(await mutate('reprovision', { id: service.id }), 'order');
      app.announce(`Set-up of ${service.domain} has started`);
    },
  });
}

export function deleteService(service: ServiceRef) {
  const account = ['The account', service.username, 'is deleted on the panel'].filter(Boolean).join(' ');
  confirm({
    title: `Delete ${service.domain}?`,
    consequences: [
      { icon: 'trash-2', text: `${account}, with its files, mailboxes and databases.` },
      { icon: 'undo-2', text: 'This cannot be undone.' },
      { icon: 'banknote', text: 'Order and payments stay on record.' },
    ],
    reason: { label: 'Reason', choices: ['On request', 'Not renewed', 'Abuse'] },
    typed: { what: 'domain', name: service.domain },
    confirmLabel: 'Delete',
    cancelLabel: 'Cancel',
    isDanger: true,
    run: async ({ reason, typed }) => {
      const deleted = await mutate('delete_service', { id: service.id, body: { confirm: typed, reason } });
      publishService(deleted, 'order', 'user');
      app.announce(`${service.domain} is deleted`);
    },
  });
}

export const checkPayment = (order: Pick<OrderItem, 'uuid' | 'number'>) =>
  attempt(async () => {
    const checked = await mutate('check_payment', { id: order.uuid });
    publishOrder(checked, 'payment');
    app.announce(`Checked with the gateway: order ${order.number} is ${checked.order.status}`);
  });

export function markPaid(order: OrderItem) {
  confirm({
    title: `Mark order ${order.number} as paid?`,
    consequences: [
      {
        icon: 'banknote',
        text: `${money(order.price_tzs)} count as revenue, under the reference that you enter.`,
      },
      { icon: 'server-cog', text: 'Set-up starts, as after a payment that the gateway confirmed.' },
      { icon: 'mail', text: `${order.customer_name} gets a receipt.` },
    ],
    input: {
      label: 'Gateway or network reference',
      field: 'reference',
      hint: 'From the statement or the customer’s SMS. Each reference pays one order only.',
    },
    reason: { label: 'How do you know?', hint: 'Recorded, visible to staff only.', field: 'reason' },
    typed: { what: 'order number', name: order.number },
    confirmLabel: 'Mark as paid',
    cancelLabel: 'Cancel',
    run: async ({ reason, input }) => {
      const paid = await mutate('mark_paid', { id: order.uuid, body: { reference: input.trim(), reason } });
      publishOrder(paid, 'payment', 'service');
      app.announce(`Order ${order.number} is paid`);
    },
  });
}

export function cancelOrder(order: OrderItem) {
  confirm({
    title: `Cancel order ${order.number}?`,
    consequences: [
      {
        icon: 'ban',
        text:
          order.status === 'pending'
            ? 'It can no longer be paid. A payment that still arrives is shown in Attention.'
            : 'The payment is not refunded: refund it manually if it is due.',
      },
      ...(order.service_id
        ? [{ icon: 'server' as const, text: 'The service stays as it is until it is suspended or deleted.' }]
        : []),
    ],
    reason: { label: 'Reason', choices: ['Ordered by mistake', 'Changed to another plan', 'Fraud'] },
    typed: { what: 'order number', name: order.number },
    confirmLabel: 'Cancel the order',
    cancelLabel: 'Keep the order',
    isDanger: true,
    run: async ({ reason }) => {
      publishOrder(await mutate('cancel_order', { id: order.uuid, body: { reason } }));
      app.announce(`Order ${order.number} is cancelled`);
    },
  });
}

export function deleteOrder(order: OrderItem) {
  confirm({
    title: `Delete order ${order.number}?`,
    text: 'It never received a payment. This cannot be undone.',
    reason: { label: 'Reason', choices: ['A test', 'Ordered twice'] },
    typed: { what: 'order number', name: order.number },
    confirmLabel: 'Delete',
    cancelLabel: 'Cancel',
    isDanger: true,
    run: async ({ reason, typed }) => {
      await mutate('delete_order', { id: order.uuid, body: { confirm: typed, reason } });
      route.go(at('orders'));
      app.invalidate('order');
      app.announce(`Order ${order.number} is deleted`);
    },
  });
}

export function impersonate(user: UserRef) {
  const name = firstName(user.name);
  confirm({
    title: `Open the portal as ${user.name}`,
    icon: 'external-link',
    consequences: [
      { icon: 'link', text: 'Opens in your browser. The link works once, for 60 seconds.' },
      { icon: 'timer', text: 'Ends automatically after 15 minutes.' },
      { icon: 'eye', text: `${name} sees this and the reason in the account’s activity.` },
      { icon: 'ban', text: 'No passwords, no payments, no changes to e-mail or phone.' },
    ],
    reason: { label: 'Reason, as the customer will read it' },
    confirmLabel: `Open as ${name}`,
    cancelLabel: 'Cancel',
    run: async ({ reason }) => {
      await withReauth(() => api.impersonate(user.id, reason));
      app.invalidate('user');
      app.announce(`The portal opens in your browser as ${user.name}`);
    },
  });
}

export function disableUser(user: UserRef & Pick<User, 'role'>) {
  confirm({
    title: `Disable the account of ${user.name}?`,
    consequences: [
      { icon: 'log-out', text: 'All sessions end, and sign-in is disabled.' },
      { icon: 'globe', text: 'Services keep running; suspend them separately.' },
    ],
    reason: { label: 'Reason', choices: ['Fraud', 'Abuse', 'On request'] },
    typed: { what: 'e-mail', name: user.email },
    confirmLabel: 'Disable',
    cancelLabel: 'Cancel',
    isDanger: true,
    run: async ({ reason }) => {
      publishUser(await mutate('disable_user', { id: user.id, body: { reason } }, aboutStaff(user)));
      app.announce(`The account of ${user.name} is disabled`);
    },
  });
}

export function enableUser(user: UserRef & Pick<User, 'role'>) {
  confirm({
    title: `Re-enable the account of ${user.name}?`,
    reason: { label: 'Reason', choices: ['Settled', 'Disabled by mistake'] },
    confirmLabel: 'Re-enable account',
    cancelLabel: 'Cancel',
    run: async ({ reason }) => {
      publishUser(await mutate('enable_user', { id: user.id, body: { reason } }, aboutStaff(user)));
      app.announce(`${user.name} can sign in again`);
    },
  });
}

export const sendInvitation = (user: UserRef & Pick<User, 'role'>) =>
  attempt(async () => {
    const { recipient } = await mutate('send_invitation', { id: user.id }, aboutStaff(user));
    app.announce(`The invitation is being sent to ${recipient}`);
  });

export const cancelEmailChange = (user: UserRef & Pick<User, 'role'>) =>
  attempt(async () => {
    publishUser(await mutate('cancel_email_change', { id: user.id }, aboutStaff(user)));
    app.announce('The change of the e-mail is cancelled');
  });

export function resetTwoFactor(user: UserRef & Pick<User, 'role'>) {
  confirm({
    title: `Reset two-factor authentication of ${user.name}?`,
    consequences: [
      { icon: 'key-round', text: 'The authenticator app and the recovery codes stop working.' },
      { icon: 'log-out', text: 'All sessions end.' },
      { icon: 'mail', text: `${firstName(user.name)} gets a mail with the reason.` },
    ],
    reason: { label: 'How do you know that it is them?', hint: 'The customer reads it.' },
    typed: { what: 'e-mail', name: user.email },
    confirmLabel: 'Reset',
    cancelLabel: 'Cancel',
    isDanger: true,
    run: async ({ reason }) => {
      publishUser(await mutate('reset_two_factor', { id: user.id, body: { reason } }, aboutStaff(user)));
      app.announce(`Two-factor authentication of ${user.name} is reset`);
    },
  });
}

export function deleteUser(user: UserRef & Pick<User, 'role'>) {
  confirm({
    title: `Delete the account of ${user.name}?`,
    consequences: [
      { icon: 'user', text: 'Name, e-mail and phone are removed everywhere.' },
      { icon: 'banknote', text: 'Orders and payments stay, anonymised.' },
      { icon: 'server', text: 'Not possible while services exist.' },
    ],
    reason: { label: 'Reason', choices: ['On request', 'A test'] },
    typed: { what: 'e-mail', name: user.email },
    confirmLabel: 'Delete',
    cancelLabel: 'Cancel',
    isDanger: true,
    run: async ({ reason, typed }) => {
      await mutate('delete_user', { id: user.id, body: { confirm: typed, reason } }, aboutStaff(user));
      route.go(at('users'));
      app.invalidate('user', 'order');
      app.announce('The account is deleted');
    },
  });
}

export function deletePlan(plan: Plan) {
  confirm({
    title: `Delete ${plan.name}?`,
    text: 'It was never ordered. This cannot be undone; its slug can be used again.',
    reason: { label: 'Reason', choices: ['A test', 'Replaced by another'] },
    typed: { what: 'slug', name: plan.slug },
    confirmLabel: 'Delete',
    cancelLabel: 'Cancel',
    isDanger: true,
    run: async ({ reason, typed }) => {
      await mutate('delete_plan', { id: plan.slug, body: { confirm: typed, reason } });
      route.go(at('plans'));
      app.invalidate('plan');
      app.announce(`${plan.name} is deleted`);
    },
  });
}

export const saveExport = (...request: Parameters<typeof api.saveExport>) =>
  attempt(async () => {
    await ensureRecentPassword();
    const saved = await withReauth(() => api.saveExport(...request));
    if (saved) app.announce(`${many(saved.rows, 'row')} saved in ${saved.path}`);
  });

/** The credentials of a service without its password, as text. */
export const credentialsText = (service: {
  domain: string;
  username: string | null;
  panel_url: string | null;
}) =>
  [
    `Domain: ${service.domain}`,
    `Username: ${service.username ?? '—'}`,
    `Panel: ${service.panel_url ?? '—'}`,
  ].join('\n');
