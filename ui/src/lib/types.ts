// The types of the admin API: the schemas as `npm run generate` writes them, and the parameters and answers
// of the endpoints.
import type { components, operations } from './generated/api';

export type * from './generated/api';

type Json<T> = T extends { content: { 'application/json': infer Value } } ? Value : string;
/** Parameters that are not given may be left out or be null. */
type Optional<T> = [T] extends [never] ? null : { [name in keyof T]?: T[name] | null };

/** The endpoints, by the names of their operations. */
export type Endpoint = keyof operations;
export type Id<E extends Endpoint> = operations[E] extends { parameters: { path: { id: infer Value } } }
  ? Value
  : null;
export type Query<E extends Endpoint> = Optional<NonNullable<operations[E]['parameters']['query']>>;
export type Body<E extends Endpoint> = operations[E] extends { requestBody: infer Value }
  ? Json<Value>
  : null;
export type Answer<E extends Endpoint> = Json<operations[E]['responses'][200]>;

export type UserQuery = Query<'list_users'>;
export type ServiceQuery = Query<'list_services'>;
export type OrderQuery = Query<'list_orders'>;
export type ExportQuery = Query<'export'>;
export type AuditQuery = Query<'list_audit'>;

/** One page of a list. */
export type Page<T> = Omit<components['schemas']['PageOfUserItem'], 'items'> & { items: T[] };
