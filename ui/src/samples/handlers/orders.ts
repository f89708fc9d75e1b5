// Endpoints of the fake portal: orders.
import * as data from '../data';
import type { FakePortal } from '../fakePortal';
import { refuse, page, sorted, holds, local, type Handlers } from './support';

export const ordersHandlers = (
  portal: FakePortal,
): Pick<
  Handlers,
  | 'list_orders'
  | 'create_order'
  | 'show_order'
  | 'edit_order'
  | 'delete_order'
  | 'list_timeline'
  | 'list_payment_events'
  | 'check_payment'
  | 'mark_paid'
  | 'cancel_order'
> => ({
  list_orders: ({ query }) =>
    page(
      sorted(
        portal.isEmpty
          ? []
          : data.orders.filter(
              (one) =>
                holds(
                  query.q,
                  one.uuid,
                  one.number,
                  one.customer_name,
                  one.customer_email,
                  local(one.customer_phone),
                  one.payment_ref,
                  one.domain,
                ) &&
                (!query.status || one.status === query.status) &&
                (!query.operator || one.operator === query.operator) &&
                (!query.user || one.user_id === Number(query.user)) &&
                (!query.plan || one.plan.slug === query.plan) &&
                (!query.from || one.created_at >= query.from) &&
                (!query.to || one.created_at.slice(0, 10) <= query.to),
            ),
        query.sort,
        { created: (one) => one.created_at, price: (one) => one.price_tzs },
      ),
      query,
    ),
  create_order: ({ body }) => {
    const buyer = data.users.find(({ id }) => id === Number(body.user_id));
    if (!buyer) throw refuse(422, 'invalid', 'The order was not placed.', { user_id: 'Choose a customer.' });
    if (body.domain && !body.domain.includes('.'))
      throw refuse(422, 'invalid', 'The order was not placed.', {
        domain: 'This is not a domain: it should look like duka.co.tz.',
      });
    const bought = portal.plan(body.plan);
    const uuid = data.uuidOf(3919);
    data.orders.unshift({
      uuid,
      number: 'H-9NEW2D',
      status: 'pending',
      plan: { slug: bought.slug, name: bought.name },
      user_id: buyer.id,
      customer_name: buyer.name,
      customer_email: buyer.email,
      customer_phone: body.phone ?? buyer.phone ?? '',
      domain: body.domain ?? null,
      months: body.months,
      price_tzs: data.priced(bought.price_tzs, body.months),
      operator: null,
      payment_ref: null,
      payment_status: null,
      service_id: null,
      service_status: null,
      created_at: data.now,
      paid_at: null,
    });
    return {
      uuid,
      number: 'H-9NEW2D',
      price_tzs: data.priced(bought.price_tzs, body.months),
      pay_url: `https://portal.hollyn.co.tz/pay/${uuid}`,
      is_new: true,
    };
  },
  show_order: ({ id }) => data.orderShown(portal.order(id), portal.isAdmin),
  edit_order: ({ id, body }) => {
    const item = portal.order(id);
    for (const name of ['customer_name', 'customer_email', 'customer_phone', 'domain'] as const)
      if (body[name] != null) Object.assign(item, { [name]: body[name] });
    return data.orderShown(item, portal.isAdmin);
  },
  delete_order: ({ id }) => {
    data.orders.splice(data.orders.indexOf(portal.order(id)), 1);
    return {};
  },
  list_timeline: ({ id }) => ({ items: data.timelineOf(portal.order(id)) }),
  list_payment_events: ({ id }) => ({ items: data.eventsOf(portal.order(id)) }),
  check_payment: ({ id }) => data.orderShown(portal.order(id), portal.isAdmin),
  mark_paid: ({ id, body }) => {
    if (data.orders.some(({ payment_ref }) => payment_ref === body.reference))
      throw refuse(409, 'conflict', 'The order was not marked as paid.', {
        reference: 'This reference paid another order already.',
      });
    const item = portal.order(id);
    Object.assign(item, {
      status: 'paid',
      payment_ref: body.reference,
      paid_at: data.now,
      payment_status: 'succeeded',
    });
    return data.orderShown(item, portal.isAdmin);
  },
  cancel_order: ({ id }) => {
    const item = portal.order(id);
    item.status = 'cancelled';
    return data.orderShown(item, portal.isAdmin);
  },
});
