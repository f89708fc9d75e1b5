// Icon, tone and word of each status.
import type { AttentionKind, OrderStatus, PaymentStatus, ServiceStatus, TimelineKind } from './types';
import type { IconName } from './icons';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'none';
export interface StatusStyle {
  icon: IconName;
  tone: Tone;
  word: string;
}

const style = (icon: IconName, tone: Tone, word: string): StatusStyle => ({ icon, tone, word });

export const orderStyle: { [state in OrderStatus]: StatusStyle } = {
  pending: style('hourglass', 'warn', 'pending'),
  paid: style('banknote', 'info', 'paid'),
  active: style('circle-check', 'ok', 'active'),
  complete: style('check-check', 'ok', 'complete'),
  failed: style('circle-x', 'bad', 'failed'),
  cancelled: style('circle-slash', 'none', 'cancelled'),
};
export const serviceStyle: { [state in ServiceStatus]: StatusStyle } = {
  requested: style('hourglass', 'info', 'requested'),
  provisioning: style('server-cog', 'info', 'setting up'),
  active: style('circle-check', 'ok', 'active'),
  failed: style('circle-x', 'bad', 'failed'),
  suspended: style('circle-pause', 'warn', 'suspended'),
  cancelled: style('circle-slash', 'none', 'ended'),
};
export const paymentStyle: { [state in PaymentStatus]: StatusStyle } = {
  created: style('smartphone', 'info', 'created'),
  pending: style('hourglass', 'warn', 'waiting for PIN'),
  unknown: style('triangle-alert', 'warn', 'unknown'),
  failed: style('circle-x', 'bad', 'failed'),
  cancelled: style('circle-slash', 'none', 'declined on the phone'),
  succeeded: style('circle-check', 'ok', 'succeeded'),
};
/** Icon and source of timeline entries without a person. */
export const timelineSource: { [kind in TimelineKind]: { icon: IconName; source: string } } = {
  status: { icon: 'check', source: 'Portal' },
  payment_request: { icon: 'smartphone', source: 'Portal' },
  webhook: { icon: 'webhook', source: 'ZenoPay' },
  check: { icon: 'refresh-cw', source: 'ZenoPay' },
  panel: { icon: 'server-cog', source: 'Panel' },
  mail: { icon: 'mail', source: 'Mail' },
  staff: { icon: 'user', source: 'Staff' },
  attention: { icon: 'inbox', source: 'Portal' },
};

/** Group and icon of attention items. */
export interface IssueStyle {
  group: 'Payments' | 'Set-up' | 'Mail' | 'Other';
  icon: IconName;
  tone: Tone;
}
const money = (icon: IconName): IssueStyle => ({ group: 'Payments', icon, tone: 'warn' });
export const issueStyle: { [kind in AttentionKind]: IssueStyle } = {
  shortfall: money('coins'),
  surplus: money('coins'),
  second_payment: money('banknote'),
  paid_after_end: money('banknote'),
  mismatch: money('banknote'),
  reference_used: money('banknote'),
  unresolved: money('hourglass'),
  unmatched_payment: money('banknote'),
  setup_failed: { group: 'Set-up', icon: 'server-cog', tone: 'bad' },
  set_up_after_cancel: { group: 'Set-up', icon: 'server-cog', tone: 'warn' },
  panel_refuses_us: { group: 'Set-up', icon: 'plug-zap', tone: 'bad' },
  panel_unreachable: { group: 'Set-up', icon: 'plug-zap', tone: 'bad' },
  mail_failed: { group: 'Mail', icon: 'mail-x', tone: 'warn' },
  job_stuck: { group: 'Other', icon: 'triangle-alert', tone: 'warn' },
  access_failures: { group: 'Other', icon: 'shield-check', tone: 'warn' },
};
