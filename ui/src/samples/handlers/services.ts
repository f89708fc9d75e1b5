// Endpoints of the fake portal: services.
import * as data from '../data';
import type { FakePortal } from '../fakePortal';
import { refuse, page, sorted, holds, type Handlers } from './support';

export const servicesHandlers = (
  portal: FakePortal,
): Pick<
  Handlers,
  | 'list_services'
  | 'show_service'
  | 'edit_service'
  | 'delete_service'
  | 'list_logs'
  | 'reprovision'
  | 'suspend'
  | 'activate'
  | 'send_credentials'
> => ({
  list_services: ({ query }) =>
    page(
      sorted(
        portal.isEmpty
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
  show_service: ({ id }) => data.serviceShown(portal.service(id), portal.isAdmin),
  edit_service: ({ id, body }) => {
    const item = portal.service(id);
    if (body.domain && data.services.some((one) => one.domain === body.domain && one.id !== item.id))
      throw refuse(422, 'invalid', 'The service was not changed.', {
        domain: 'Another living service has this domain.',
      });
    if (body.domain) item.domain = body.domain;
    if (body.plan) {
      const { slug, name } = portal.plan(body.plan);
      item.plan = { slug, name };
    }
    return data.serviceShown(item, portal.isAdmin);
  },
  delete_service: ({ id, body }) => {
    const item = portal.service(id);
    if (body.confirm !== item.domain)
      throw refuse(422, 'invalid', 'Nothing was deleted.', { confirm: 'This is not the domain.' });
    item.status = 'cancelled';
    return data.serviceShown(item, portal.isAdmin);
  },
  list_logs: ({ id }) => ({ items: data.logsOf(portal.service(id)) }),
  reprovision: ({ id }) => {
    const item = portal.service(id);
    item.status = 'provisioning';
    return data.serviceShown(item, portal.isAdmin);
  },
  suspend: ({ id }) => {
    const item = portal.service(id);
    item.status = 'suspended';
    return data.serviceShown(item, portal.isAdmin);
  },
  activate: ({ id }) => {
    const item = portal.service(id);
    item.status = 'active';
    return data.serviceShown(item, portal.isAdmin);
  },
  send_credentials: ({ id }) => ({ recipient: portal.service(id).user.email }),
});
