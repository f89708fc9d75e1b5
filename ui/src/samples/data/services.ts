// Services with their provisioning logs.
import type { LogStep, Service, ServiceAction, ServiceItem } from '../../lib/types';
import { later, now } from './base';
import { change } from './orders';

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
    step(attempt, seconds, 'status_update', 'provisioning', `attempt ${attempt}`);
  const first = [
    began(1, 1),
    step(1, 1.2, 'reserve', 'done', `username ${item.username ?? ''}`),
    step(1, 1.6, 'look', 'done', 'no such account'),
    step(
      1,
      2,
      'create_user',
      'sent',
      'account requested from the panel',
      true,
      `act=add_user user=${item.username} domain=${item.domain} plan=${item.plan.slug} user_passwd=••••`,
    ),
    step(
      1,
      92,
      'create_user',
      'unknown',
      'no answer in 90 s: the account may exist',
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
    step(
      2,
      110.4,
      'look',
      'done',
      'there, with our domain and e-mail, and requested in attempt 1: it is ours',
    ),
    step(2, 111.1, 'set_password', 'done', 'the stored one'),
    step(2, 111.8, 'look', 'done', `the panel shows ${item.username}`),
    step(2, 112.3, 'status_update', 'active', 'the panel shows the account'),
    ...suspended,
  ];
}

export function serviceActions(item: ServiceItem, isAdmin: boolean): ServiceAction[] {
  const actions: ServiceAction[] = [];
  if (item.status === 'cancelled') return actions;
  actions.push('edit', 'reprovision');
  if (item.status === 'active') actions.push('suspend', 'open_panel', 'send_credentials');
  if (item.status === 'suspended') actions.push('activate', 'send_credentials');
  if (item.has_password) actions.push('reveal');
  if (isAdmin) actions.push('delete');
  return actions;
}

export const serviceShown = (item: ServiceItem, isAdmin: boolean): Service => ({
  service: item,
  next_try_at: item.status === 'provisioning' ? later(now, 48) : null,
  tries: item.status === 'failed' ? 3 : 2,
  logs: logsOf(item),
  actions: serviceActions(item, isAdmin),
  history: [
    change(later(item.created_at, 1), 'service', 'started', 'requested', 'provisioning', 'worker'),
    ...(item.activated_at
      ? [change(item.activated_at, 'service', 'activated', 'provisioning', 'active', 'worker')]
      : []),
  ],
});
