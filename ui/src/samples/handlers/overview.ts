// Endpoints of the fake portal: overview.
import * as data from '../data';
import type { FakePortal } from '../fakePortal';
import { refuse, missing, page, holds, type Handlers } from './support';

export const overviewHandlers = (
  portal: FakePortal,
): Pick<
  Handlers,
  | 'dashboard'
  | 'search'
  | 'changes'
  | 'list_attention'
  | 'show_attention'
  | 'resolve_attention'
  | 'list_audit'
  | 'verify_audit'
> => ({
  dashboard: ({ query }) => {
    if (portal.isEmpty) return data.nothing;
    const { from, to } = query;
    return data.dashboard(from && to ? Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1 : 14);
  },
  search: ({ query: { q } }) => ({ items: portal.isEmpty ? [] : portal.hits(q ?? '') }),
  changes: () => ({ cursor: 48_213, has_more: false, items: [], attention: 5 }),
  list_attention: ({ query }) =>
    page(
      portal.isEmpty
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
    if (found.is_money && !portal.isAdmin)
      throw refuse(403, 'forbidden', 'Only admins can resolve payment items.');
    return Object.assign(found, {
      resolved_at: data.now,
      resolved_by: 'staff:2',
      resolver: { id: 2, name: data.staff.name, email: data.staff.email },
      resolution: body.reason,
    });
  },
  list_audit: ({ query }) => {
    const items = portal.isEmpty
      ? []
      : data.audit.filter(
          (one) =>
            holds(query.q, one.action, one.actor, one.details) &&
            (!query.object || one.object === query.object) &&
            (!query.actor || one.actor === query.actor),
        );
    return {
      items,
      total: portal.isEmpty ? 0 : query.q ? items.length : 10_000,
      is_total_exact: portal.isEmpty || Boolean(query.q),
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
});
