// Users with their activity.
import type { Activity, User, UserItem, UserRef } from '../../lib/types';
import { at, later, orders, services, people, type Person } from './base';

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
    entry(at(23, '12:31'), 'service.password_shown', 'staff:2', 'mwakalingasafaris.co.tz'),
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
    email_change: null,
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

/** The person of an actor like `staff:2`. */
export function personOf(key: string | null): UserRef | null {
  const [kind, id] = key?.split(':') ?? [];
  const found = kind === 'staff' || kind === 'user' ? users.find((one) => String(one.id) === id) : undefined;
  return found ? { id: found.id, name: found.name, email: found.email } : null;
}
