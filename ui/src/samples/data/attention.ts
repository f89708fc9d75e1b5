// Attention items.
import type {
  AttentionItem,
  OrderItem,
  AttentionCase,
  AttentionKind,
  CandidateReason,
} from '../../lib/types';
import { at, orders, uuidOf } from './base';
import { personOf } from './users';

const orderNamed = (no: number) => {
  const found = orders.find(({ uuid }) => uuid === uuidOf(no));
  return found ? { uuid: found.uuid, number: found.number, status: found.status } : null;
};
const issue = (
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
  issue(
    41,
    'unmatched_payment',
    true,
    'TSh 25,000 without an order',
    'ZenoPay reports a payment at 12:04 from 0767 204 519 with an unknown id and the reference 0936182871. ' +
      'We received the money. Nothing was set up.',
    'Call the payer and find the order. Mark it as paid with the reference 0936182871, or refund the money ' +
      'manually; then describe the resolution.',
    at(23, '12:04:31'),
    { amount_tzs: 25_000, payment_id: 9120 },
  ),
  issue(
    39,
    'surplus',
    true,
    'TSh 5,000 too much',
    'Joseph Mapunda paid TSh 30,500 of TSh 25,500. The order is paid and set up; the surplus is recorded.',
    'Refund TSh 5,000 manually, or agree with the customer what it is for.',
    at(23, '10:35'),
    { amount_tzs: 5000, order: orderNamed(3907) },
  ),
  issue(
    43,
    'panel_unreachable',
    false,
    'web2.hollyn.co.tz is not answering',
    'The panel has refused connections since 12:36. Set-up on it is paused by itself; one service waits.',
    'See whether the server is up. Set-up goes on by itself once it answers.',
    at(23, '12:36'),
  ),
  issue(
    42,
    'setup_failed',
    false,
    'Set-up failed three times',
    'The account for lyimotransport.co.tz was not created: the panel refused the connection three times.',
    'Look at the steps of the service, then set it up again.',
    at(23, '12:30'),
    { order: orderNamed(3916), service_id: 1116 },
  ),
  issue(
    36,
    'mail_failed',
    false,
    'Mail refused for a day',
    'The “ready” mail to info@tangamarket.co.tz was refused for a day: mailbox does not exist.',
    'Call the customer, mend the address and send the login again.',
    at(22, '11:31'),
    { order: orderNamed(3900), service_id: 1100 },
  ),
  issue(
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
      resolution: 'Called her; refunded manually, reference 0936160011.',
    },
  ),
];

/** The possible orders of an unmatched payment. */
export const caseOf = (item: AttentionItem): AttentionCase => {
  if (item.kind !== 'unmatched_payment' || item.resolved_at) {
    return { item, payer_phone: null, candidates: [] };
  }
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
