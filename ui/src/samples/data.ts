// A small company's data, made from the rows: everything has the API's own types, so that it cannot drift from them.
import type {
  Activity,
  AttentionItem,
  AuditItem,
  Dashboard,
  DayFigures,
  Device,
  LogStep,
  Order,
  OrderItem,
  OrderStatus,
  Payment,
  PaymentEvent,
  Plan,
  PlanRef,
  Service,
  ServiceAct,
  ServiceItem,
  ServiceStatus,
  Staff,
  StatusChange,
  Term,
  TimelineEntry,
  User,
  UserItem,
  UserRef,
  OrderAct,
  AttentionCase,
  AttentionKind,
  CandidateReason,
} from '../lib/generated/api';
import { priced } from '../lib/terms';
import { rows } from './rows';

/** When all this is looked at. */
export const now = '2026-11-23T12:42:08+03:00';
const at = (day: number, time: string, month = 11) =>
  new Date(
    `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T${time.length === 5 ? `${time}:00` : time}+03:00`,
  ).toISOString();
const later = (iso: string, seconds: number) =>
  new Date(new Date(iso).getTime() + seconds * 1000).toISOString();

export const staff: Staff = {
  id: 2,
  name: 'Neema Mushi',
  email: 'neema@hollyn.co.tz',
  role: 'admin',
  has_totp: true,
};

const included: [string, string, string, string, string][] = [
  ['Disk space', '5 GB', '10 GB', '30 GB', 'Unlimited'],
  ['Inodes', '150k', '200k', '300k', 'Unlimited'],
  ['Monthly bandwidth', '100 GB', '250 GB', '600 GB', 'Unlimited'],
  ['FTP accounts', '5', '10', '30', 'Unlimited'],
  ['E-mail accounts', '10', '50', '100', 'Unlimited'],
  ['Quota per mailbox', '500 MB', '1 GB', '2 GB', 'Unlimited'],
  ['MySQL databases', '5', '10', '30', 'Unlimited'],
  ['Subdomains', '5', '10', '30', 'Unlimited'],
  ['Parked domains', '0', '2', '5', 'Unlimited'],
  ['Addon domains', '1', '2', '5', 'Unlimited'],
  ['Hourly e-mail limit per domain', '100', '200', '400', 'Unlimited'],
  ['Max failed or deferred per hour', '10%', '10%', '8%', '5%'],
];
const plan = (
  id: number,
  short: string,
  price: number,
  orders: number,
  paid: number,
  revenue: number,
  active: number,
  isActive = true,
): Plan => ({
  id,
  name: `Hollyn ${short}`,
  slug: `hollyn-${short.toLowerCase()}`,
  price_tzs: price,
  is_active: isActive,
  position: id - 1,
  features: included.map((line) => ({ label: line[0], value: line[Math.min(id, 4)] ?? '' })),
  panel_plan: id === 3 ? 'hollyn-boost' : null,
  orders,
  orders_paid: paid,
  revenue_tzs: revenue,
  services_active: active,
  updated_at: at(12, '09:10', 10),
});
export const plans: Plan[] = [
  plan(1, 'Lite', 5000, 1822, 1694, 28_842_500, 512),
  plan(2, 'Grow', 12_000, 1207, 1122, 41_210_400, 348),
  plan(3, 'Boost', 25_000, 629, 561, 43_957_500, 189),
  plan(4, 'Max', 50_000, 171, 148, 26_640_000, 57),
  plan(5, 'Start', 3000, 0, 0, 0, 0, false),
];

export const terms: Term[] = [
  [1, 0],
  [3, 10],
  [6, 15],
  [12, 20],
  [24, 20],
  [36, 20],
].map(([months = 1, percent = 0]) => ({ months, discount_percent: percent }));
const termOf = (months: number): Term =>
  terms.find((term) => term.months === months) ?? { months, discount_percent: 0 };
export const priceOf = (monthly: number, months: number) => priced(monthly, termOf(months));
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const code = (n: number) => {
  let left = n * 7_368_787 + 11;
  let made = '';
  for (let i = 0; i < 6; i += 1) {
    made += letters[left % 30];
    left = Math.floor(left / 30) + n * 31;
  }
  return made;
};
export const uuidOf = (n: number) =>
  `0199${n.toString(16).padStart(4, '0')}-7c1f-7a3e-9d24-${(n * 48_271).toString(16).padStart(12, '0')}`;
const planOf = (short: string): Plan => plans.find(({ slug }) => slug === `hollyn-${short}`) ?? plans[0]!;
const named = ({ slug, name }: PlanRef): PlanRef => ({ slug, name });
const operators: { [shown: string]: string } = {
  'MIXX BY YAS': 'MIXX BY YAS',
  'AIRTEL MONEY': 'AIRTEL-MONEY',
};

interface Person {
  id: number;
  name: string;
  email: string;
  phone: string;
  since: string;
}
export const people: Person[] = [];
function person(name: string, phone: string, domain: string, since: string): Person {
  const known = people.find((one) => one.name === name);
  if (known) return known;
  const made = {
    id: 2846 - people.length,
    name,
    phone: `+255${phone.slice(1)}`,
    email: `${name.split(' ')[0]!.toLowerCase()}@${domain}`,
    since,
  };
  people.push(made);
  return made;
}

export const orders: OrderItem[] = [];
export const services: ServiceItem[] = [];

function place(
  no: number,
  status: OrderStatus,
  name: string,
  phone: string,
  domain: string,
  short: string,
  months: number,
  operator: string,
  reference: string,
  created: string,
  username?: string,
  serviceStatus?: ServiceStatus,
) {
  const buyer = person(name, phone, domain, later(created, -90));
  const bought = planOf(short);
  const isPaid = ['paid', 'active', 'complete'].includes(status);
  const paid = isPaid ? later(created, 168) : null;
  const order: OrderItem = {
    uuid: uuidOf(no),
    number: `H-${code(no)}`,
    status,
    plan: named(bought),
    user_id: buyer.id,
    customer_name: buyer.name,
    customer_email: buyer.email,
    customer_phone: `+255${phone.slice(1)}`,
    domain,
    months,
    price_tzs: priceOf(bought.price_tzs, months),
    operator: operators[operator] ?? operator,
    payment_ref: reference || null,
    payment_status: isPaid
      ? 'succeeded'
      : status === 'pending'
        ? 'pending'
        : status === 'failed'
          ? 'failed'
          : 'cancelled',
    service_id: null,
    service_status: null,
    created_at: created,
    paid_at: paid,
  };
  orders.push(order);
  if (!isPaid || !paid) return;
  const state: ServiceStatus = serviceStatus ?? (status === 'paid' ? 'failed' : 'active');
  order.service_id = no - 2800;
  order.service_status = state;
  const activated = state === 'failed' ? null : later(paid, 112);
  services.push({
    id: order.service_id,
    domain,
    username: username ?? domain.replace(/[^a-z]/g, '').slice(0, 7),
    status: state,
    plan: named(bought),
    user: { id: buyer.id, name: buyer.name, email: buyer.email },
    order: { uuid: order.uuid, number: order.number, status },
    panel_url: 'https://web1.hollyn.co.tz:2003',
    has_password: true,
    created_at: paid,
    activated_at: activated,
    paid_until: activated
      ? new Date(new Date(activated).setMonth(new Date(activated).getMonth() + months)).toISOString()
      : null,
  });
}

for (const [no, status, name, phone, domain, short, months, operator, reference, when] of rows) {
  const [day, time] = when.split(' ') as [string, string];
  place(no, status, name, phone, domain, short, months, operator, reference, at(Number(day), time));
}
place(
  3371,
  'cancelled',
  'Asha Mwakalinga',
  '0744963858',
  'mwakalingasafaris.co.tz',
  'boost',
  1,
  'M-PESA',
  '',
  at(2, '10:02', 10),
);
place(
  2207,
  'complete',
  'Asha Mwakalinga',
  '0754118204',
  'serengeticamps.co.tz',
  'boost',
  12,
  'M-PESA',
  '0871190246',
  at(11, '16:40', 2),
  'serenge2',
);
place(
  2204,
  'failed',
  'Asha Mwakalinga',
  '0744963858',
  'serengeticamps.co.tz',
  'boost',
  12,
  'M-PESA',
  '',
  at(11, '16:31', 2),
);
place(
  881,
  'complete',
  'Asha Mwakalinga',
  '0744963858',
  'ashamwakalinga.co.tz',
  'lite',
  24,
  'M-PESA',
  '0790551483',
  at(14, '11:20', 3),
  'ashamwa1',
  'suspended',
);
// Older days, so that there are pages to turn.
const trades = ['lodge', 'duka', 'hardware', 'pharmacy', 'academy', 'logistics', 'studio', 'farm'];
for (let n = 0; n < 180; n += 1) {
  const [given = ''] = rows[n % rows.length]![2].split(' ');
  const family = rows[(n * 5 + 3 + Math.floor(n / rows.length)) % rows.length]![2].split(' ')[1] ?? '';
  const name = `${given} ${family}`;
  const phone = `07${String(12_345_678 + n * 371_293).slice(0, 8)}`;
  const day = 20 - (n % 20);
  const state: OrderStatus = n % 11 === 4 ? 'failed' : n % 17 === 6 ? 'cancelled' : 'complete';
  const reference = state === 'complete' ? `09361${String(40_000 + n * 37)}` : '';
  place(
    3880 - n,
    state,
    name,
    phone,
    `${family.toLowerCase()}${trades[n % 8]}.co.tz`,
    ['lite', 'grow', 'boost', 'lite', 'max'][n % 5]!,
    [1, 3, 1, 12, 6][n % 5]!,
    'M-PESA',
    reference,
    at(Math.max(1, day), `${String(8 + (n % 12)).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')}`),
  );
}
orders.sort((a, b) => b.created_at.localeCompare(a.created_at));
services.sort((a, b) => b.created_at.localeCompare(a.created_at));

/** The order that most pages are looked at with. */
export const asha = orders.find(
  ({ customer_name, status }) => customer_name === 'Asha Mwakalinga' && status === 'active',
)!;

/** Who `staff:2` or `user:7` is. */
function personOf(key: string | null): UserRef | null {
  const [kind, id] = key?.split(':') ?? [];
  const found = kind === 'staff' || kind === 'user' ? users.find((one) => String(one.id) === id) : undefined;
  return found ? { id: found.id, name: found.name, email: found.email } : null;
}
const change = (
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

export function orderActs(order: OrderItem, isAdmin: boolean): OrderAct[] {
  const acts: OrderAct[] = ['edit', 'check_payment'];
  if (isAdmin && ['pending', 'failed', 'cancelled'].includes(order.status)) acts.push('mark_paid');
  if (isAdmin && ['pending', 'paid', 'active'].includes(order.status)) acts.push('cancel');
  if (isAdmin && ['failed', 'cancelled'].includes(order.status)) acts.push('delete');
  return acts;
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
    acts: orderActs(item, isAdmin),
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
  const pushed = entry(3, 'push', 'Push sent to 0744 963 858', 'M-PESA · accepted, 000', {
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
    entry(141, 'push', 'Push sent to 0754 118 204', 'Another phone, chosen by the customer · accepted, 000', {
      actor: `user:${item.user_id}`,
    }),
    entry(169, 'notice', 'Notice: COMPLETED', 'Stored without key, taken as a hint', {
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
      'Amount and our id agree · CEJ3I3SETSN',
      { success: true, actor: 'gateway' },
    ),
    entry(171, 'status', 'Set-up queued', 'Username mwakali reserved', { actor: 'worker' }),
    entry(173, 'mail', 'Receipt sent', item.customer_email, { success: true }),
    entry(
      262,
      'panel',
      'Create account: no answer in 90 s',
      'Attempt 1 · outcome unknown, so we look first',
      {
        success: false,
        payload:
          'act=add_user user=mwakali user_passwd=•••• domain=mwakalingasafaris.co.tz plan=hollyn-boost',
      },
    ),
    entry(281, 'panel', 'Account is there and is ours, password set', 'Attempt 2 · 1.1 s', { success: true }),
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

export function logsOf(item: ServiceItem): LogStep[] {
  const step = (
    attempt: number | null,
    seconds: number,
    name: string,
    status: string,
    message: string,
    success = true,
    request: string | null = null,
    response: string | null = null,
  ): LogStep => ({
    at: later(item.created_at, seconds),
    step: name,
    attempt,
    status,
    message,
    request,
    response,
    success,
  });
  const began = (attempt: number, seconds: number) =>
    step(attempt, seconds, 'status_update', 'provisioning', `try ${attempt}`);
  const first = [
    began(1, 1),
    step(1, 1.2, 'reserve', 'done', `username ${item.username ?? ''}`),
    step(1, 1.6, 'look', 'done', 'no such account'),
    step(
      1,
      2,
      'create_user',
      'sent',
      'asking the panel for the account',
      true,
      `act=add_user user=${item.username} domain=${item.domain} plan=${item.plan.slug} user_passwd=••••`,
    ),
    step(
      1,
      92,
      'create_user',
      'unknown',
      'no answer in 90 s: the panel may have made it',
      false,
      null,
      'timed out after 90 s, 0 bytes read',
    ),
    step(1, 100, 'status_update', 'failed', 'connection reset by the panel', false),
  ];
  if (item.status === 'failed') {
    const again = (attempt: number, seconds: number) => [
      began(attempt, seconds),
      step(attempt, seconds + 0.9, 'look', 'failed', 'connection refused by web2.hollyn.co.tz', false),
      step(attempt, seconds + 1, 'status_update', 'failed', 'connection refused by web2.hollyn.co.tz', false),
    ];
    return [...first, ...again(2, 110), ...again(3, 171)];
  }
  const suspended =
    item.status === 'suspended'
      ? [
          step(
            null,
            4_000_000,
            'suspended',
            'done',
            'the panel answered',
            true,
            `act=users suspend=${item.username}`,
            '{"done":1}',
          ),
        ]
      : [];
  return [
    ...first,
    began(2, 110),
    step(2, 110.4, 'look', 'done', 'there, with our domain and e-mail, and try 1 on record: it is ours'),
    step(2, 111.1, 'set_password', 'done', 'the stored one'),
    step(2, 111.8, 'look', 'done', `the panel shows ${item.username}`),
    step(2, 112.3, 'status_update', 'active', 'the panel shows the account'),
    ...suspended,
  ];
}

export function serviceActs(item: ServiceItem, isAdmin: boolean): ServiceAct[] {
  const acts: ServiceAct[] = [];
  if (item.status === 'cancelled') return acts;
  acts.push('edit', 'reprovision');
  if (item.status === 'active') acts.push('suspend', 'open_panel', 'send_credentials');
  if (item.status === 'suspended') acts.push('activate', 'send_credentials');
  if (item.has_password) acts.push('reveal');
  if (isAdmin) acts.push('delete');
  return acts;
}

export const serviceShown = (item: ServiceItem, isAdmin: boolean): Service => ({
  service: item,
  next_try_at: item.status === 'provisioning' ? later(now, 48) : null,
  tries: item.status === 'failed' ? 3 : 2,
  logs: logsOf(item),
  acts: serviceActs(item, isAdmin),
  history: [
    change(later(item.created_at, 1), 'service', 'started', 'requested', 'provisioning', 'worker'),
    ...(item.activated_at
      ? [change(item.activated_at, 'service', 'activated', 'provisioning', 'active', 'worker')]
      : []),
  ],
});

export const userItem = (one: Person): UserItem => {
  const own = orders.filter(({ user_id }) => user_id === one.id);
  return {
    id: one.id,
    name: one.name,
    email: one.email,
    phone: one.phone,
    role: 'user',
    is_verified: one.id % 5 !== 0,
    is_disabled: one.name === 'Saidi Chande',
    orders: own.length,
    services: services.filter(({ user }) => user.id === one.id).length,
    spent_tzs: own.filter(({ paid_at }) => paid_at).reduce((sum, { price_tzs }) => sum + price_tzs, 0),
    created_at: one.since,
  };
};
export const users: UserItem[] = [
  ...people.map(userItem).sort((a, b) => b.created_at.localeCompare(a.created_at)),
  {
    id: 2,
    name: 'Neema Mushi',
    email: 'neema@hollyn.co.tz',
    phone: '+255754200100',
    role: 'admin',
    is_verified: true,
    is_disabled: false,
    orders: 0,
    services: 0,
    spent_tzs: 0,
    created_at: at(3, '08:00', 2),
  },
  {
    id: 3,
    name: 'Baraka Mollel',
    email: 'baraka@hollyn.co.tz',
    phone: '+255754200101',
    role: 'support',
    is_verified: true,
    is_disabled: false,
    orders: 0,
    services: 0,
    spent_tzs: 0,
    created_at: at(3, '08:20', 2),
  },
];

export function activityOf(id: number): Activity[] {
  const entry = (when: string, action: string, actor: string, details: string | null): Activity => ({
    at: when,
    action,
    actor,
    person: personOf(actor),
    details,
    address: '196.249.97.12',
  });
  return [
    entry(at(23, '12:31'), 'service.password_copied', 'staff:2', 'mwakalingasafaris.co.tz'),
    entry(at(23, '12:18'), 'service.activated', 'worker', 'mwakalingasafaris.co.tz'),
    entry(at(23, '12:16'), 'order.payment_succeeded', 'gateway', 'M-PESA 0936183435'),
    entry(at(23, '12:13'), 'user.signed_in', `user:${id}`, 'Android'),
    entry(at(2, '10:31', 10), 'user.impersonated', 'staff:3', 'Called about a push that did not come'),
  ];
}

export function userShown(item: UserItem): User {
  const own = orders.filter(({ user_id }) => user_id === item.id);
  const hosted = services
    .filter(({ user }) => user.id === item.id)
    .sort((a, b) => Number(b.status === 'active') - Number(a.status === 'active'));
  return {
    id: item.id,
    name: item.name,
    email: item.email,
    phone: item.phone,
    role: item.role,
    locale: 'sw',
    email_verified_at: item.is_verified ? later(item.created_at, 300) : null,
    disabled_at: item.is_disabled ? at(20, '15:02') : null,
    has_totp: item.role !== 'user',
    created_at: item.created_at,
    figures: {
      orders: own.length,
      orders_paid: own.filter(({ paid_at }) => paid_at).length,
      orders_failed: own.filter(({ status }) => status === 'failed').length,
      services_active: hosted.filter(({ status }) => status === 'active').length,
      services_in_setup: 0,
      spent_tzs: item.spent_tzs,
      last_paid_at: own.find(({ paid_at }) => paid_at)?.paid_at ?? null,
    },
    services: hosted.slice(0, 6),
    orders: own.slice(0, 10),
    activity: activityOf(item.id),
  };
}

const orderNamed = (no: number) => {
  const found = orders.find(({ uuid }) => uuid === uuidOf(no));
  return found ? { uuid: found.uuid, number: found.number, status: found.status } : null;
};
const matter = (
  id: number,
  kind: AttentionKind,
  isMoney: boolean,
  title: string,
  details: string,
  advice: string,
  created: string,
  more: Partial<AttentionItem> = {},
): AttentionItem => ({
  id,
  kind,
  is_money: isMoney,
  title,
  details,
  advice,
  amount_tzs: null,
  order: null,
  service_id: null,
  payment_id: null,
  created_at: created,
  resolved_at: null,
  resolved_by: null,
  resolution: null,
  ...more,
  resolver: personOf(more.resolved_by ?? null),
});
export const attention: AttentionItem[] = [
  matter(
    41,
    'stray_payment',
    true,
    'TSh 25,000 without an order',
    'ZenoPay says that somebody paid at 12:04 from 0767 204 519 under an id that was never made here; its reference is 0936182871. The money is in our account. Nothing was set up.',
    'Call the payer and find the order that was meant. Mark that order as paid with the reference 0936182871, or send the money back by hand; then write here what was done.',
    at(23, '12:04:31'),
    { amount_tzs: 25_000, payment_id: 9120 },
  ),
  matter(
    39,
    'surplus',
    true,
    'TSh 5,000 too much',
    'Joseph Mapunda paid TSh 30,500 of TSh 25,500. The order is paid and set up; the surplus is kept on record.',
    'Send TSh 5,000 back by hand, or agree with the customer what it is for.',
    at(23, '10:35'),
    { amount_tzs: 5000, order: orderNamed(3907) },
  ),
  matter(
    43,
    'panel_unreachable',
    false,
    'web2.hollyn.co.tz is not answering',
    'The panel has refused connections since 12:36. Set-up on it is paused by itself; one service waits.',
    'See whether the server is up. Set-up goes on by itself once it answers.',
    at(23, '12:36'),
  ),
  matter(
    42,
    'setup_failed',
    false,
    'Set-up failed three times',
    'The account for lyimotransport.co.tz could not be made: the panel refused the connection on all three tries.',
    'Look at the steps of the service, then set it up again.',
    at(23, '12:30'),
    { order: orderNamed(3916), service_id: 1116 },
  ),
  matter(
    36,
    'mail_failed',
    false,
    'Mail refused for a day',
    'The “ready” mail to info@tangamarket.co.tz was refused for a day: mailbox does not exist.',
    'Call the customer, mend the address and send the login again.',
    at(22, '11:31'),
    { order: orderNamed(3900), service_id: 1100 },
  ),
  matter(
    35,
    'second_payment',
    true,
    'Paid twice',
    'Khadija Omary paid TSh 50,000 a second time.',
    'Send one payment back.',
    at(21, '16:00'),
    {
      amount_tzs: 50_000,
      order: orderNamed(3906),
      resolved_at: at(21, '16:09'),
      resolved_by: 'staff:2',
      resolution: 'Called her; sent back by hand, reference 0936160011.',
    },
  ),
];

/** What helps to find whose money it is. */
export const caseOf = (item: AttentionItem): AttentionCase => {
  if (item.kind !== 'stray_payment' || item.resolved_at) return { item, payer_phone: null, candidates: [] };
  const payer = '0767204519';
  const waiting = orders.filter(({ status }) => ['pending', 'failed', 'cancelled'].includes(status));
  const [first, second] = waiting.filter(({ price_tzs }) => price_tzs === item.amount_tzs);
  const other = waiting.find(({ price_tzs }) => price_tzs !== item.amount_tzs);
  const named = (order: OrderItem | undefined, because: CandidateReason[]) =>
    order ? [{ order, because }] : [];
  return {
    item,
    payer_phone: payer,
    candidates: [
      ...named(first && { ...first, customer_phone: `+255${payer.slice(1)}` }, ['same_phone', 'same_amount']),
      ...named(other && { ...other, customer_phone: `+255${payer.slice(1)}` }, ['same_phone']),
      ...named(second, ['same_amount']),
    ],
  };
};

const entry = (
  id: number,
  when: string,
  actor: string,
  action: string,
  object: string,
  objectId: number | null,
  details: string | null,
  subject: string | null = null,
): AuditItem => ({
  id,
  at: when,
  actor,
  actor_person: personOf(actor),
  subject,
  subject_person: personOf(subject),
  action,
  object,
  object_id: objectId,
  details,
  address: actor.startsWith('staff') ? '41.59.12.8' : null,
  request_id: `7c1f-09ab-${(id % 65_536).toString(16).padStart(4, '0')}`,
});
export const audit: AuditItem[] = [
  entry(48_213, at(23, '12:38:54'), 'staff:2', 'session.opened', 'session', 77, 'Front desk'),
  entry(48_212, at(23, '12:36:10'), 'worker', 'attention.raised', 'attention', 43, 'panel_unreachable'),
  entry(
    48_211,
    at(23, '12:31:07'),
    'staff:2',
    'service.password_revealed',
    'service',
    1114,
    'mwakalingasafaris.co.tz',
    'user:2842',
  ),
  entry(
    48_210,
    at(23, '12:30:02'),
    'staff:2',
    'service.panel_opened',
    'service',
    1114,
    'mwakalingasafaris.co.tz',
    'user:2842',
  ),
  entry(48_209, at(23, '12:30:00'), 'worker', 'service.given_up', 'service', 1116, 'lyimotransport.co.tz'),
  entry(
    48_208,
    at(23, '12:18:42'),
    'worker',
    'service.activated',
    'service',
    1114,
    'mwakalingasafaris.co.tz',
  ),
  entry(
    48_207,
    at(23, '12:16:50'),
    'gateway',
    'order.payment_succeeded',
    'order',
    3914,
    'TSh 67,500, reference 0936183435',
  ),
  entry(48_206, at(23, '12:14:02'), 'user:2842', 'order.placed', 'order', 3914, 'Hollyn Boost, 3 months'),
  entry(
    48_205,
    at(23, '10:47:31'),
    'staff:3',
    'order.cancelled',
    'order',
    3910,
    'The customer ordered the larger plan instead.',
    'user:2838',
  ),
  entry(48_204, at(23, '09:12:00'), 'staff:2', 'plan.edited', 'plan', 3, 'price_tzs 24,000 → 25,000'),
  entry(
    48_203,
    at(22, '20:17:40'),
    'gateway',
    'order.payment_succeeded',
    'order',
    3906,
    'TSh 50,000, reference 0936171055',
  ),
  entry(48_202, at(22, '15:02:11'), 'staff:2', 'user.disabled', 'user', 2830, 'Sends spam', 'user:2830'),
];

export const devices: Device[] = [
  {
    id: 77,
    name: 'Front desk, Windows',
    address: '41.59.12.8',
    created_at: at(23, '07:58'),
    last_seen_at: at(23, '12:42'),
    expires_at: at(30, '07:58'),
    is_current: true,
  },
  {
    id: 71,
    name: 'Neema’s laptop, Linux',
    address: '196.249.97.12',
    created_at: at(20, '19:14'),
    last_seen_at: at(22, '21:40'),
    expires_at: at(27, '19:14'),
    is_current: false,
  },
];

const revenue = [
  512_000, 684_300, 548_500, 791_400, 301_200, 214_700, 702_900, 598_000, 867_600, 655_100, 924_800, 388_300,
  264_100, 427_700,
];
const placed = [14, 17, 15, 19, 9, 7, 18, 16, 21, 17, 22, 11, 8, 12];
export function days(count: number): DayFigures[] {
  return Array.from({ length: count }, (_, n) => {
    const back = count - 1 - n;
    const day = new Date(new Date(now).getTime() - back * 86_400_000).toISOString().slice(0, 10);
    const of = 13 - (back % 14);
    return { day, orders: placed[of]!, orders_paid: Math.max(0, placed[of]! - 3), revenue_tzs: revenue[of]! };
  });
}

export const dashboard = (count: number): Dashboard => ({
  counters: {
    users: 2846,
    plans: 4,
    orders: 3918,
    orders_pending: 7,
    orders_failed: 214,
    services_active: 1106,
    revenue_tzs: 140_650_400,
    mrr_tzs: 13_364_300,
    attention: attention.filter(({ resolved_at }) => !resolved_at).length,
  },
  days: days(count),
  recent_orders: orders.slice(0, 8),
  recent_services: services.slice(0, 8),
  recent_users: users.slice(0, 6),
  top_plans: plans
    .slice(0, 4)
    .map(({ slug, name, orders_paid, revenue_tzs }) => ({ plan: { slug, name }, orders_paid, revenue_tzs })),
  operators: [
    { operator: 'M-PESA', succeeded: 118, failed: 6, cancelled: 11 },
    { operator: 'MIXX BY YAS', succeeded: 41, failed: 4, cancelled: 5 },
    { operator: 'AIRTEL-MONEY', succeeded: 19, failed: 5, cancelled: 3 },
    { operator: 'HALOPESA', succeeded: 9, failed: 1, cancelled: 1 },
  ],
  setup: { succeeded: 183, failed: 2, median_seconds: 41 },
});

export const nothing: Dashboard = {
  counters: {
    users: 1,
    plans: 4,
    orders: 0,
    orders_pending: 0,
    orders_failed: 0,
    services_active: 0,
    revenue_tzs: 0,
    mrr_tzs: 0,
    attention: 0,
  },
  days: days(14).map(({ day }) => ({ day, orders: 0, orders_paid: 0, revenue_tzs: 0 })),
  recent_orders: [],
  recent_services: [],
  recent_users: [],
  top_plans: [],
  operators: [],
  setup: { succeeded: 0, failed: 0, median_seconds: null },
};
