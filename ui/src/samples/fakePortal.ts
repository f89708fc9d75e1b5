// A fake portal: answers from the sample data, and changes it as the portal would.
import type { Callable } from '../lib/api';
import type { Answer, Hit, OrderItem, Role, ServiceItem, User } from '../lib/types';
import * as data from './data';
import { ordersHandlers } from './handlers/orders';
import { overviewHandlers } from './handlers/overview';
import { plansHandlers } from './handlers/plans';
import { servicesHandlers } from './handlers/services';
import { sessionHandlers } from './handlers/session';
import { usersHandlers } from './handlers/users';
import { refuse, missing, holds, local, type FakeRequest, type Handlers } from './handlers/support';

/** The endpoints that ask for the password again. */
const FRESH: ReadonlySet<Callable> = new Set<Callable>([
  'create_user',
  'edit_user',
  'cancel_email_change',
  'send_invitation',
  'reset_two_factor',
  'disable_user',
  'enable_user',
  'delete_user',
  'edit_service',
  'delete_service',
  'suspend',
  'activate',
  'send_credentials',
  'edit_order',
  'delete_order',
  'mark_paid',
  'cancel_order',
  'create_plan',
  'edit_plan',
  'activate_plan',
  'deactivate_plan',
  'delete_plan',
]);

export class FakePortal {
  role: Role = 'admin';
  isEmpty = false;
  /** Whether the password was confirmed recently. */
  isPasswordRecent = false;
  /** Whether a code was confirmed with it. */
  isCodeRecent = false;

  get isAdmin() {
    return this.role === 'admin';
  }
  order(id: string): OrderItem {
    const found = data.orders.find(({ uuid }) => uuid === id);
    if (!found) throw missing();
    return found;
  }
  service(id: number): ServiceItem {
    const found = data.services.find((one) => one.id === Number(id));
    if (!found) throw missing();
    return found;
  }
  user(id: number): User {
    const found = data.users.find((one) => one.id === Number(id));
    if (!found) throw missing();
    return data.userShown(found);
  }
  requireRecentPassword() {
    if (!this.isPasswordRecent) throw refuse(403, 'reauth_required', 'Please enter your password again.');
  }
  session() {
    return {
      user: { ...data.staff, role: this.role },
      device: 'Front desk, Windows',
      expires_at: '2026-11-30T04:58:00Z',
      fresh_until: this.isPasswordRecent ? '2026-11-23T11:30:00Z' : null,
      code_fresh_until: this.isCodeRecent ? '2026-11-23T11:30:00Z' : null,
    };
  }
  plan(slug: string) {
    const found = data.plans.find((one) => one.slug === slug);
    if (!found) throw missing();
    return found;
  }

  handlers: Handlers = {
    ...sessionHandlers(this),
    ...usersHandlers(this),
    ...servicesHandlers(this),
    ...ordersHandlers(this),
    ...plansHandlers(this),
    ...overviewHandlers(this),
  };

  requireRecentCode() {
    const message = 'Please enter your password and a code.';
    if (!this.isCodeRecent) throw refuse(403, 'reauth_code_required', message);
  }

  answer<E extends Callable>(request: FakeRequest & { endpoint: E }): Answer<E> {
    if (FRESH.has(request.endpoint)) this.requireRecentPassword();
    const handler = this.handlers[request.endpoint] as (given: unknown) => Answer<E>;
    // A copy: later changes must not affect answers that a page holds.
    return structuredClone(handler({ id: request.id, query: request.query ?? {}, body: request.body }));
  }

  hits(q: string): Hit[] {
    const needle = q.replace(/\s/g, '');
    const hits: Hit[] = [
      ...data.users
        .filter((one) => holds(q, one.name, one.email) || holds(needle, local(one.phone)))
        .map((one): Hit => ({
          kind: 'user',
          id: String(one.id),
          title: one.name,
          text: local(one.phone) ?? one.email,
          state: one.role,
        })),
      ...data.services
        .filter((one) => holds(q, one.domain, one.username, one.user.name))
        .map((one): Hit => ({
          kind: 'service',
          id: String(one.id),
          title: one.domain,
          text: one.user.name,
          state: one.status,
        })),
      ...data.orders
        .filter(
          (one) =>
            holds(q, one.number, one.customer_name, one.payment_ref, one.domain) ||
            holds(needle, local(one.customer_phone)),
        )
        .map((one): Hit => ({
          kind: 'order',
          id: one.uuid,
          title: one.number,
          text: `${one.customer_name}, TSh ${one.price_tzs.toLocaleString('en-US')}`,
          state: one.status,
        })),
    ];
    const first = { user: 0, service: 0, order: 0 };
    return hits.filter((hit) => {
      first[hit.kind] += 1;
      return first[hit.kind] <= 4;
    });
  }
}
