// Shows a record as an action returned it, without asking the portal again.
import { app } from './app.svelte';
import type { Order, Plan, Service, User } from './types';

export const publishService = (data: Service, ...nouns: string[]) =>
  app.publish({ endpoint: 'show_service', id: data.service.id, data }, 'service', ...nouns);

export const publishOrder = (data: Order, ...nouns: string[]) =>
  app.publish({ endpoint: 'show_order', id: data.order.uuid, data }, 'order', ...nouns);

export const publishUser = (data: User) => app.publish({ endpoint: 'show_user', id: data.id, data }, 'user');

export const publishPlan = (data: Plan) =>
  app.publish({ endpoint: 'show_plan', id: data.slug, data }, 'plan');
