// A fake portal: answers from the sample data, and changes it as the portal would.
import type { Callable } from '../lib/api';
import type { AppError } from '../lib/commands';
import type {
  Answer,
  Body,
  ErrorCode,
  Hit,
  Id,
  OrderItem,
  Page,
  Query,
  Role,
  ServiceItem,
  User,
} from '../lib/types';
import * as data from './data';

export interface FakeRequest {
  endpoint: Callable;
  id: string | number | null;
  query: { [name: string]: unknown } | null;
  body: unknown;
}
type Handlers = {
  [E in Callable]: (request: {
    id: Id<E>;
    query: NonNullable<Query<E>> | { [name: string]: never };
    body: Body<E>;
  }) => Answer<E>;
};

export const refuse = (
  status: number,
  code: ErrorCode,
  message: string,
  fields: { [name: string]: string } = {},
): AppError => ({ kind: 'refused', status, code, message, fields, request_id: '7c1f-09ab-e2d4' });
const missing = () => refuse(404, 'not_found', 'There is nothing under this address any more.');

function page<T>(items: T[], query: { page?: number | null; per_page?: number | null }): Page<T> {
  const size = query.per_page ?? 25;
  const number = query.page ?? 1;
  return {
    items: items.slice((number - 1) * size, number * size),
    total: items.length,
    is_total_exact: true,
    page: number,
    per_page: size,
  };
}

function sorted<T>(
  items: T[],
  sort: string | null | undefined,
  by: { [name: string]: (item: T) => string | number },
): T[] {
  const name = (sort ?? '-created').replace(/^-/, '');
  const sign = (sort ?? '-created').startsWith('-') ? -1 : 1;
  const of = by[name];
  if (!of) return items;
  return [...items].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    return (x < y ? -1 : x > y ? 1 : 0) * sign;
  });
}
const holds = (q: string | null | undefined, ...texts: (string | null)[]) =>
  !q || texts.some((text) => text?.toLowerCase().includes(q.toLowerCase()));
const local = (phone: string | null) => phone?.replace('+255', '0') ?? null;

export class FakePortal {
  role: Role = 'admin';
  isEmpty = false;
  /** Whether the password was confirmed recently. */
  isPasswordRecent = false;

  get #isAdmin() {
    return this.role === 'admin';
  }
  #order(id: string): OrderItem {
    const found = data.orders.find(({ uuid }) => uuid === id);
    if (!found) throw missing();
    return found;
  }
  #service(id: number): ServiceItem {
    const found = data.services.find((one) => one.id === Number(id));
    if (!found) throw missing();
    return found;
  }
  #user(id: number): User {
    const found = data.users.find((one) => one.id === Number(id));
    if (!found) throw missing();
    return data.userShown(found);
  }
  requireRecentPassword() {
    if (!this.isPasswordRecent) throw refuse(403, 'fresh_required', 'Please enter your password again.');
  }
  #session() {
    return {
      user: { ...data.staff, role: this.role },
      device: 'Front desk, Windows',
      expires_at: '2026-11-30T04:58:00Z',
      fresh_until: null,
    };
  }
  #plan(slug: string) {
    const found = data.plans.find((one) => one.slug === slug);
    if (!found) throw missing();
    return found;
  }

  answer<E extends Callable>(request: FakeRequest & { endpoint: E }): Answer<E> {
    const handler = this.#handlers[request.endpoint] as (given: unknown) => Answer<E>;
    // A copy: later changes must not affect answers that a page holds.
    return structuredClone(handler({ id: request.id, query: request.query ?? {}, body: request.body }));
  }

  #handlers: Handlers = {
    about: () => ({
      company: 'Hollyn Online',
      version: '1.0.2',
      api: 1,
      url: 'https://portal.hollyn.co.tz',
      is_totp_required: true,
    }),
    session: () => this.#session(),
    confirm_password: ({ body }) => {
      if (body.password === 'wrong')
        throw refuse(401, 'wrong_credentials', 'This is not your password.', {
          password: 'This is not your password.',
        });
      this.isPasswordRecent = true;
      return this.#session();
    },
    change_password: ({ body }) => {
      if (body.new.length < 8)
        throw refuse(422, 'invalid', 'The password was not changed.', { new: 'At least 8 characters.' });
      return {};
    },
    renew_recovery_codes: () => {
      this.requireRecentPassword();
      return {
        codes: [
          '7KQ2-M9XF',
          'B4TZ-3D1V',
          'W0PA-HC8N',
          'J6RS-5E2Y',
          'Q9MN-X7LK',
          '2VDA-T4GB',
          'F8CP-Z1WH',
          'N3YE-K6RJ',
        ],
      };
    },
    list_devices: () => ({ items: data.devices }),
    revoke_device: ({ id }) => {
      data.devices.splice(0, data.devices.length, ...data.devices.filter((one) => one.id !== Number(id)));
      return {};
    },
    dashboard: ({ query }) => {
      if (this.isEmpty) return data.nothing;
      const { from, to } = query;
      return data.dashboard(
        from && to ? Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1 : 14,
      );
    },
    search: ({ query: { q } }) => ({ items: this.isEmpty ? [] : this.#hits(q ?? '') }),
    changes: () => ({ cursor: 48_213, has_more: false, items: [], attention: 5 }),

    list_users: ({ query }) =>
      page(
        sorted(
          this.isEmpty
            ? []
            : data.users.filter(
                (one) =>
                  holds(query.q, one.name, one.email, local(one.phone)) &&
                  (!query.role || one.role === query.role) &&
                  (query.is_disabled == null || one.is_disabled === query.is_disabled),
              ),
          query.sort,
          { created: (one) => one.created_at, name: (one) => one.name, email: (one) => one.email },
        ),
        query,
      ),
    create_user: ({ body }) => {
      if (data.users.some(({ email }) => email === body.email))
        throw refuse(422, 'invalid', 'The account was not created.', {
          email: 'Somebody has an account with this e-mail already.',
        });
      const created = {
        id: 2847 + data.users.length,
        name: body.name,
        email: body.email,
        phone: body.phone ?? null,
        role: body.role ?? ('user' as const),
        is_verified: false,
        is_disabled: false,
        orders: 0,
        services: 0,
        spent_tzs: 0,
        created_at: data.now,
      };
      data.users.unshift(created);
      return data.userShown(created);
    },
    show_user: ({ id }) => this.#user(id),
    edit_user: ({ id, body }) => {
      const found = data.users.find((one) => one.id === Number(id));
      if (!found) throw missing();
      for (const name of ['name', 'email', 'phone', 'role'] as const)
        if (body[name] != null) Object.assign(found, { [name]: body[name] });
      return data.userShown(found);
    },
    disable_user: ({ id }) => {
      const found = data.users.find((one) => one.id === Number(id));
      if (found) found.is_disabled = true;
      return this.#user(id);
    },
    enable_user: ({ id }) => {
      const found = data.users.find((one) => one.id === Number(id));
      if (found) found.is_disabled = false;
      return this.#user(id);
    },
    delete_user: ({ id }) => {
      this.requireRecentPassword();
      if (data.services.some(({ user, status }) => user.id === Number(id) && status !== 'cancelled'))
        throw refuse(
          409,
          'conflict',
          'A service of this customer still lives. Delete it first, then the account.',
        );
      return {};
    },
    list_activity: ({ id, query }) => page(data.activityOf(id), query),
    credentials: ({ id }) => ({
      items: this.isEmpty
        ? []
        : data.services
            .filter(({ user }) => user.id === Number(id))
            .slice(0, 6)
            .map(({ id: service, domain, username, has_password, panel_url, status }) => ({
              service_id: service,
              domain,
              username,
              has_password,
              panel_url,
              status,
            })),
    }),

    list_services: ({ query }) =>
      page(
        sorted(
          this.isEmpty
            ? []
            : data.services.filter(
                (one) =>
                  holds(query.q, one.domain, one.username, one.user.email) &&
                  (!query.status || one.status === query.status) &&
                  (!query.user || one.user.id === Number(query.user)) &&
                  (!query.plan || one.plan.slug === query.plan),
              ),
          query.sort,
          {
            created: (one) => one.created_at,
            domain: (one) => one.domain,
            paid_until: (one) => one.paid_until ?? '',
          },
        ),
        query,
      ),
    show_service: ({ id }) => data.serviceShown(this.#service(id), this.#isAdmin),
    edit_service: ({ id, body }) => {
      const item = this.#service(id);
      if (body.domain && data.services.some((one) => one.domain === body.domain && one.id !== item.id))
        throw refuse(422, 'invalid', 'The service was not changed.', {
          domain: 'Another living service has this domain.',
        });
      if (body.domain) item.domain = body.domain;
      if (body.plan) {
        const { slug, name } = this.#plan(body.plan);
        item.plan = { slug, name };
      }
      return data.serviceShown(item, this.#isAdmin);
    },
    delete_service: ({ id, body }) => {
      this.requireRecentPassword();
      const item = this.#service(id);
      if (body.confirm !== item.domain)
        throw refuse(422, 'invalid', 'Nothing was deleted.', { confirm: 'This is not the domain.' });
      item.status = 'cancelled';
      return data.serviceShown(item, this.#isAdmin);
    },
    list_logs: ({ id }) => ({ items: data.logsOf(this.#service(id)) }),
    reprovision: ({ id }) => {
      const item = this.#service(id);
      item.status = 'provisioning';
      return data.serviceShown(item, this.#isAdmin);
    },
    suspend: ({ id }) => {
      const item = this.#service(id);
      item.status = 'suspended';
      return data.serviceShown(item, this.#isAdmin);
    },
    activate: ({ id }) => {
      const item = this.#service(id);
      item.status = 'active';
      return data.serviceShown(item, this.#isAdmin);
    },
    send_credentials: ({ id }) => ({ recipient: this.#service(id).user.email }),

    list_orders: ({ query }) =>
      page(
        sorted(
          this.isEmpty
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
      if (!buyer)
        throw refuse(422, 'invalid', 'The order was not placed.', { user_id: 'Choose a customer.' });
      if (body.domain && !body.domain.includes('.'))
        throw refuse(422, 'invalid', 'The order was not placed.', {
          domain: 'This is not a domain: it should look like duka.co.tz.',
        });
      const bought = this.#plan(body.plan);
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
    show_order: ({ id }) => data.orderShown(this.#order(id), this.#isAdmin),
    edit_order: ({ id, body }) => {
      const item = this.#order(id);
      for (const name of ['customer_name', 'customer_email', 'customer_phone', 'domain'] as const)
        if (body[name] != null) Object.assign(item, { [name]: body[name] });
      return data.orderShown(item, this.#isAdmin);
    },
    delete_order: ({ id }) => {
      this.requireRecentPassword();
      data.orders.splice(data.orders.indexOf(this.#order(id)), 1);
      return {};
    },
    list_timeline: ({ id }) => ({ items: data.timelineOf(this.#order(id)) }),
    list_payment_events: ({ id }) => ({ items: data.eventsOf(this.#order(id)) }),
    check_payment: ({ id }) => data.orderShown(this.#order(id), this.#isAdmin),
    mark_paid: ({ id, body }) => {
      if (data.orders.some(({ payment_ref }) => payment_ref === body.reference))
        throw refuse(409, 'conflict', 'The order was not marked as paid.', {
          reference: 'This reference paid another order already.',
        });
      const item = this.#order(id);
      Object.assign(item, {
        status: 'paid',
        payment_ref: body.reference,
        paid_at: data.now,
        payment_status: 'succeeded',
      });
      return data.orderShown(item, this.#isAdmin);
    },
    cancel_order: ({ id }) => {
      const item = this.#order(id);
      item.status = 'cancelled';
      return data.orderShown(item, this.#isAdmin);
    },

    list_terms: () => ({ items: data.terms }),
    list_plans: () => ({ items: this.isEmpty ? [] : data.plans }),
    create_plan: ({ body }) => {
      const created = {
        name: body.name,
        price_tzs: body.price_tzs,
        features: body.features ?? [],
        is_active: body.is_active ?? true,
        panel_plan: body.panel_plan ?? null,
        id: data.plans.length + 1,
        slug: body.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
        position: data.plans.length,
        orders: 0,
        orders_paid: 0,
        revenue_tzs: 0,
        services_active: 0,
        updated_at: data.now,
      };
      data.plans.push(created);
      return created;
    },
    show_plan: ({ id }) => this.#plan(id),
    edit_plan: ({ id, body }) => {
      const found = this.#plan(id);
      for (const [name, value] of Object.entries(body))
        if (value != null) Object.assign(found, { [name]: value === '' ? null : value });
      return found;
    },
    activate_plan: ({ id }) => {
      const found = this.#plan(id);
      found.is_active = true;
      return found;
    },
    deactivate_plan: ({ id }) => {
      const found = this.#plan(id);
      found.is_active = false;
      return found;
    },
    delete_plan: ({ id }) => {
      this.requireRecentPassword();
      data.plans.splice(data.plans.indexOf(this.#plan(id)), 1);
      return {};
    },
    panel_plans: () => ({
      items: data.plans.slice(0, 4).map(({ slug, name }) => ({ slug, name })),
      problem: null,
      used: data.plans.map(({ slug }) => ({ plan: slug, panel_plan: slug === 'hollyn-start' ? null : slug })),
    }),

    list_attention: ({ query }) =>
      page(
        this.isEmpty
          ? []
          : data.attention.filter(
              ({ resolved_at }) =>
                query.state === 'all' || (query.state === 'resolved') === (resolved_at !== null),
            ),
        query,
      ),
    show_attention: ({ id }) => {
      const found = data.attention.find((one) => one.id === Number(id));
      if (!found) throw missing();
      return data.caseOf(found);
    },
    resolve_attention: ({ id, body }) => {
      const found = data.attention.find((one) => one.id === Number(id));
      if (!found) throw missing();
      if (found.is_money && !this.#isAdmin)
        throw refuse(403, 'forbidden', 'Only admins can resolve payment items.');
      return Object.assign(found, {
        resolved_at: data.now,
        resolved_by: 'staff:2',
        resolver: { id: 2, name: data.staff.name, email: data.staff.email },
        resolution: body.reason,
      });
    },
    list_audit: ({ query }) => {
      const items = this.isEmpty
        ? []
        : data.audit.filter(
            (one) =>
              holds(query.q, one.action, one.actor, one.details) &&
              (!query.object || one.object === query.object) &&
              (!query.actor || one.actor === query.actor),
          );
      return {
        items,
        total: this.isEmpty ? 0 : query.q ? items.length : 10_000,
        is_total_exact: this.isEmpty || Boolean(query.q),
        page: query.page ?? 1,
        per_page: query.per_page ?? 25,
        searched_back_to: null,
      };
    },
    verify_audit: () => ({
      is_whole: true,
      entries: 48_213,
      head: '9f2c41d07be8a35c6610fd94ab72e8c1d3340b5f8e97a1cc02d6b4f7e5a8190d',
      broken_at: null,
      problem: null,
    }),
  };

  #hits(q: string): Hit[] {
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
