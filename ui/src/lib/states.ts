// How each state looks: an icon, a tone and a word. One table, so that a state looks the same everywhere.
import type { AttentionKind, OrderStatus, PaymentStatus, ServiceStatus, TimelineKind } from './generated/api';
import type { IconName } from './icons';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'none';
export interface Look {
  icon: IconName;
  tone: Tone;
  word: string;
}

const look = (icon: IconName, tone: Tone, word: string): Look => ({ icon, tone, word });

export const orderLook: { [state in OrderStatus]: Look } = {
  pending: look('hourglass', 'warn', 'pending'),
  paid: look('banknote', 'info', 'paid'),
  active: look('circle-check', 'ok', 'active'),
  complete: look('check-check', 'ok', 'complete'),
  failed: look('circle-x', 'bad', 'failed'),
  cancelled: look('circle-slash', 'none', 'cancelled'),
};
export const serviceLook: { [state in ServiceStatus]: Look } = {
  requested: look('hourglass', 'info', 'requested'),
  provisioning: look('server-cog', 'info', 'setting up'),
  active: look('circle-check', 'ok', 'active'),
  failed: look('circle-x', 'bad', 'failed'),
  suspended: look('circle-pause', 'warn', 'suspended'),
  cancelled: look('circle-slash', 'none', 'ended'),
};
export const paymentLook: { [state in PaymentStatus]: Look } = {
  created: look('smartphone', 'info', 'created'),
  pending: look('hourglass', 'warn', 'waiting for PIN'),
  unknown: look('triangle-alert', 'warn', 'not known yet'),
  failed: look('circle-x', 'bad', 'failed'),
  cancelled: look('circle-slash', 'none', 'refused on the phone'),
  succeeded: look('circle-check', 'ok', 'succeeded'),
};
/** Who says so, where no person does. */
export const speaker: { [kind in TimelineKind]: { icon: IconName; who: string } } = {
  status: { icon: 'check', who: 'Portal' },
  push: { icon: 'smartphone', who: 'Portal' },
  notice: { icon: 'webhook', who: 'ZenoPay' },
  check: { icon: 'refresh-cw', who: 'ZenoPay' },
  panel: { icon: 'server-cog', who: 'Panel' },
  mail: { icon: 'mail', who: 'Mail' },
  staff: { icon: 'user', who: 'Staff' },
  attention: { icon: 'inbox', who: 'Portal' },
};

/** Where a matter stands in the queue, and its sign. */
export interface MatterLook {
  group: 'Money' | 'Set-up' | 'Mail' | 'Other';
  icon: IconName;
  tone: Tone;
}
const money = (icon: IconName): MatterLook => ({ group: 'Money', icon, tone: 'warn' });
export const matterLook: { [kind in AttentionKind]: MatterLook } = {
  shortfall: money('coins'),
  surplus: money('coins'),
  second_payment: money('banknote'),
  paid_after_end: money('banknote'),
  mismatch: money('banknote'),
  reference_used: money('banknote'),
  unresolved: money('hourglass'),
  stray_payment: money('banknote'),
  setup_failed: { group: 'Set-up', icon: 'server-cog', tone: 'bad' },
  set_up_after_cancel: { group: 'Set-up', icon: 'server-cog', tone: 'warn' },
  panel_refuses_us: { group: 'Set-up', icon: 'plug-zap', tone: 'bad' },
  panel_unreachable: { group: 'Set-up', icon: 'plug-zap', tone: 'bad' },
  mail_failed: { group: 'Mail', icon: 'mail-x', tone: 'warn' },
  job_stuck: { group: 'Other', icon: 'triangle-alert', tone: 'warn' },
};
