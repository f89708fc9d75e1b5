// Orders with payments, timeline and gateway events.
import type {
  Order,
  OrderItem,
  Payment,
  PaymentEvent,
  StatusChange,
  TimelineEntry,
  OrderAction,
} from '../../lib/types';
import { asha, later, now, plans, services, termOf } from './base';
import { attention } from './attention';
import { personOf } from './users';

export const change = (
  when: string,
  subject: string,
  event: string,
  from: string,
  to: string,
  actor: string,
  reason: string | null = null,
): StatusChange => ({ at: when, subject, event, from, to, actor, person: personOf(actor), reason });

function paymentsOf(order: OrderItem): Payment[] {
  const push = (
    attempt: number,
    status: Payment['status'],
    seconds: number,
    phone = order.customer_phone,
  ): Payment => ({
    id: 9000 + attempt,
    attempt,
    gateway_order_id: `H7Q2M9XK4TB3ZD1VW0P${attempt}`,
    status,
    phone,
    operator: order.operator,
    channel: status === 'succeeded' ? order.operator : null,
    amount_tzs: order.price_tzs,
    received_tzs: status === 'succeeded' ? order.price_tzs : null,
    is_applied: status === 'succeeded',
    transaction: status === 'succeeded' ? 'CEJ3I3SETSN' : null,
    reference: status === 'succeeded' ? order.payment_ref : null,
    refusal: status === 'cancelled' ? 'USERCANCELLED' : null,
    created_at: later(order.created_at, seconds),
    settled_at: status === 'pending' ? null : later(order.created_at, seconds + 29),
    next_check_at: status === 'pending' ? later(now, 4) : null,
  });
  if (order.uuid === asha.uuid) return [push(2, 'succeeded', 139, '+255754118204'), push(1, 'cancelled', 1)];
  return [push(1, order.payment_status ?? 'pending', 5)];
}

export function orderActions(order: OrderItem, isAdmin: boolean): OrderAction[] {
  const actions: OrderAction[] = ['edit', 'check_payment'];
  if (isAdmin && ['pending', 'failed', 'cancelled'].includes(order.status)) actions.push('mark_paid');
  if (isAdmin && ['pending', 'paid', 'active'].includes(order.status)) actions.push('cancel');
  if (isAdmin && ['failed', 'cancelled'].includes(order.status)) actions.push('delete');
  return actions;
}

export function orderShown(item: OrderItem, isAdmin: boolean): Order {
  const bought = plans.find(({ slug }) => slug === item.plan.slug) ?? plans[0]!;
  const service = services.find(({ id }) => id === item.service_id) ?? null;
  return {
    order: item,
    base_price_monthly_tzs: bought.price_tzs,
    discount_percent: termOf(item.months).discount_percent,
    locale: 'sw',
    pay_url: `https://portal.hollyn.co.tz/pay/${item.uuid}`,
    payments: paymentsOf(item),
    service,
    attention: attention.filter(({ order }) => order?.uuid === item.uuid),
    actions: orderActions(item, isAdmin),
    history: [
      ...(item.paid_at ? [change(item.paid_at, 'order', 'paid', 'pending', 'paid', 'gateway')] : []),
      ...(service?.activated_at
        ? [
            change(service.activated_at, 'service', 'activated', 'provisioning', 'active', 'worker'),
            change(service.activated_at, 'order', 'activated', 'paid', 'active', 'worker'),
          ]
        : []),
      ...(item.status === 'cancelled'
        ? [
            change(
              later(item.created_at, 900),
              'order',
              'cancelled',
              'pending',
              'cancelled',
              'staff:2',
              'The customer ordered the larger plan instead.',
            ),
          ]
        : []),
    ],
  };
}

export function timelineOf(item: OrderItem): TimelineEntry[] {
  const entry = (
    seconds: number,
    kind: TimelineEntry['kind'],
    title: string,
    text: string | null,
    more: Partial<TimelineEntry> = {},
  ): TimelineEntry => ({
    at: later(item.created_at, seconds),
    kind,
    title,
    text,
    actor: null,
    success: null,
    payload: null,
    ...more,
    person: personOf(more.actor ?? null),
  });
  const placed = entry(2, 'status', 'Order placed', `Android, Swahili · ${item.domain ?? 'no domain yet'}`, {
    actor: `user:${item.user_id}`,
  });
  const pushed = entry(3, 'payment_request', 'Request sent to 0744 963 858', 'M-PESA · accepted, 000', {
    actor: `user:${item.user_id}`,
  });
  if (!item.paid_at) {
    return [
      placed,
      pushed,
      ...(item.status === 'pending'
        ? []
        : [
            entry(72, 'check', 'Refused on the phone', 'Status check: USERCANCELLED', {
              success: false,
              actor: 'gateway',
            }),
          ]),
    ];
  }
  const notice = JSON.stringify({
    order_id: 'H7Q2M9XK4TB3ZD1VW0PA',
    payment_status: 'COMPLETED',
    reference: item.payment_ref,
    metadata: { attempt: 2 },
  });
  return [
    placed,
    pushed,
    entry(72, 'check', 'Refused on the phone', 'Status check: USERCANCELLED', {
      success: false,
      actor: 'gateway',
    }),
    entry(141, 'payment_request', 'Request sent to 0754 118 204', 'Another phone · accepted, 000', {
      actor: `user:${item.user_id}`,
    }),
    entry(169, 'webhook', 'Webhook: COMPLETED', 'Stored without key, taken as a hint', {
      payload: notice,
      actor: 'gateway',
    }),
    entry(170, 'check', 'Status check: COMPLETED', 'Nine checks before it said PENDING', {
      success: true,
      actor: 'gateway',
    }),
    entry(
      170,
      'status',
      `Paid TSh ${item.price_tzs.toLocaleString('en-US')}`,
      'Amount and order id match · CEJ3I3SETSN',
      { success: true, actor: 'gateway' },
    ),
    entry(171, 'status', 'Set-up queued', 'Username mwakali reserved', { actor: 'worker' }),
    entry(173, 'mail', 'Receipt sent', item.customer_email, { success: true }),
    entry(262, 'panel', 'Create account: no answer in 90 s', 'Attempt 1 · outcome unknown: checked first', {
      success: false,
      payload: 'act=add_user user=mwakali user_passwd=•••• domain=mwakalingasafaris.co.tz plan=hollyn-boost',
    }),
    entry(281, 'panel', 'Account exists and is ours, password set', 'Attempt 2 · 1.1 s', { success: true }),
    entry(282, 'status', 'Service active', 'Account mwakali shown by the panel with our domain', {
      success: true,
      actor: 'worker',
    }),
    entry(284, 'mail', '“Your hosting is ready” sent', `${item.customer_email} · Swahili`, { success: true }),
    entry(1027, 'staff', 'Panel password copied', 'Front desk · not shown on screen', { actor: 'staff:2' }),
  ];
}

export function eventsOf(item: OrderItem): PaymentEvent[] {
  const event = (
    id: number,
    seconds: number,
    type: string,
    status: string,
    payload: object,
  ): PaymentEvent => ({
    id,
    at: later(item.created_at, seconds),
    event_type: type,
    gateway: 'zeno',
    reference: item.payment_ref,
    amount_tzs: item.price_tzs,
    currency: 'TZS',
    status,
    payload: JSON.stringify(payload),
  });
  if (!item.paid_at)
    return [
      event(1, 4, 'created', 'accepted', {
        status: 'success',
        resultcode: '000',
        message: 'Request in progress. You will receive a callback shortly',
      }),
    ];
  return [
    event(3, 170, 'status', 'COMPLETED', {
      data: [
        {
          order_id: 'H7Q2M9XK4TB3ZD1VW0PA',
          amount: String(item.price_tzs),
          payment_status: 'COMPLETED',
          transid: 'CEJ3I3SETSN',
          channel: item.operator,
          reference: item.payment_ref,
        },
      ],
    }),
    event(2, 169, 'webhook', 'COMPLETED', {
      order_id: 'H7Q2M9XK4TB3ZD1VW0PA',
      payment_status: 'COMPLETED',
      reference: item.payment_ref,
    }),
    event(1, 140, 'created', 'accepted', { status: 'success', resultcode: '000' }),
  ];
}
