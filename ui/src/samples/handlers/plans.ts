// Endpoints of the fake portal: plans.
import * as data from '../data';
import type { FakePortal } from '../fakePortal';
import { type Handlers } from './support';

export const plansHandlers = (
  portal: FakePortal,
): Pick<
  Handlers,
  | 'list_terms'
  | 'list_plans'
  | 'create_plan'
  | 'show_plan'
  | 'edit_plan'
  | 'activate_plan'
  | 'deactivate_plan'
  | 'delete_plan'
  | 'panel_plans'
> => ({
  list_terms: () => ({ items: data.terms }),
  list_plans: () => ({ items: portal.isEmpty ? [] : data.plans }),
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
  show_plan: ({ id }) => portal.plan(id),
  edit_plan: ({ id, body }) => {
    const found = portal.plan(id);
    for (const [name, value] of Object.entries(body))
      if (value != null) Object.assign(found, { [name]: value === '' ? null : value });
    return found;
  },
  activate_plan: ({ id }) => {
    const found = portal.plan(id);
    found.is_active = true;
    return found;
  },
  deactivate_plan: ({ id }) => {
    const found = portal.plan(id);
    found.is_active = false;
    return found;
  },
  delete_plan: ({ id }) => {
    data.plans.splice(data.plans.indexOf(portal.plan(id)), 1);
    return {};
  },
  panel_plans: () => ({
    items: data.plans.slice(0, 4).map(({ slug, name }) => ({ slug, name })),
    problem: null,
    used: data.plans.map(({ slug }) => ({ plan: slug, panel_plan: slug === 'hollyn-start' ? null : slug })),
  }),
});
