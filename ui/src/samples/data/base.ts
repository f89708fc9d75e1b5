// Plans, customers, orders and services of a small company.
import type {
  OrderItem,
  OrderStatus,
  Plan,
  PlanRef,
  ServiceItem,
  ServiceStatus,
  Staff,
  Term,
} from '../../lib/types';
import { priceOf } from '../../lib/price';
import { rows } from '../rows';

/** The current time of the samples. */
export const now = '2026-11-23T12:42:08+03:00';
const two = (number: number) => String(number).padStart(2, '0');
export const at = (day: number, time: string, month = 11) =>
  `2026-${two(month)}-${two(day)}T${time.length === 5 ? `${time}:00` : time}+03:00`;
export const later = (iso: string, seconds: number) =>
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
export const plan = (
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
export const termOf = (months: number): Term =>
  terms.find((term) => term.months === months) ?? { months, discount_percent: 0 };
export const priced = (monthly: number, months: number) => priceOf(monthly, termOf(months));
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
export const named = ({ slug, name }: PlanRef): PlanRef => ({ slug, name });
export const operators: { [shown: string]: string } = {
  'MIXX BY YAS': 'MIXX BY YAS',
  'AIRTEL MONEY': 'AIRTEL-MONEY',
};

export interface Person {
  id: number;
  name: string;
  email: string;
  phone: string;
  since: string;
}
export const people: Person[] = [];
export function person(name: string, phone: string, domain: string, since: string): Person {
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
    price_tzs: priced(bought.price_tzs, months),
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
// Older orders, for several pages.
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

/** The order that most tests use. */
export const asha = orders.find(
  ({ customer_name, status }) => customer_name === 'Asha Mwakalinga' && status === 'active',
)!;
