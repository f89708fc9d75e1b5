// Endpoints of the fake portal: users.
import * as data from '../data';
import type { FakePortal } from '../fakePortal';
import { refuse, missing, page, sorted, holds, local, type Handlers } from './support';

export const usersHandlers = (
  portal: FakePortal,
): Pick<
  Handlers,
  | 'list_users'
  | 'create_user'
  | 'show_user'
  | 'edit_user'
  | 'cancel_email_change'
  | 'send_invitation'
  | 'reset_two_factor'
  | 'disable_user'
  | 'enable_user'
  | 'delete_user'
  | 'list_activity'
  | 'credentials'
> => ({
  list_users: ({ query }) =>
    page(
      sorted(
        portal.isEmpty
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
    if (body.role && body.role !== 'user') portal.requireRecentCode();
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
  show_user: ({ id }) => portal.user(id),
  edit_user: ({ id, body }) => {
    const found = data.users.find((one) => one.id === Number(id));
    if (!found) throw missing();
    if (found.role !== 'user' || (body.role && body.role !== found.role)) portal.requireRecentCode();
    for (const name of ['name', 'phone', 'role'] as const)
      if (body[name] != null) Object.assign(found, { [name]: body[name] });
    const shown = data.userShown(found);
    if (!body.email) return shown;
    return {
      ...shown,
      email_change: {
        email: body.email,
        reason: body.reason ?? '',
        requested_at: data.now,
        applies_at: '2026-11-24T12:42:00+03:00',
      },
    };
  },
  cancel_email_change: ({ id }) => portal.user(id),
  send_invitation: ({ id }) => ({ recipient: portal.user(id).email }),
  reset_two_factor: ({ id }) => ({ ...portal.user(id), has_totp: false }),
  disable_user: ({ id }) => {
    const found = data.users.find((one) => one.id === Number(id));
    if (found) found.is_disabled = true;
    return portal.user(id);
  },
  enable_user: ({ id }) => {
    const found = data.users.find((one) => one.id === Number(id));
    if (found) found.is_disabled = false;
    return portal.user(id);
  },
  delete_user: ({ id }) => {
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
    items: portal.isEmpty
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
});
