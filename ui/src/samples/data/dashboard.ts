// The dashboard.
import type { Dashboard, DayFigures } from '../../lib/types';
import { attention } from './attention';
import { now, orders, plans, services } from './base';
import { users } from './users';

export const revenue = [
  512_000, 684_300, 548_500, 791_400, 301_200, 214_700, 702_900, 598_000, 867_600, 655_100, 924_800, 388_300,
  264_100, 427_700,
];
export const placed = [14, 17, 15, 19, 9, 7, 18, 16, 21, 17, 22, 11, 8, 12];
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
