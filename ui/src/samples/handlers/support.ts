// The types of the handlers of the fake portal, and what they share.
import type { Callable } from '../../lib/api';
import type { AppError } from '../../lib/generated/commands';
import type { Answer, Body, ErrorCode, Id, Page, Query } from '../../lib/types';

export interface FakeRequest {
  endpoint: Callable;
  id: string | number | null;
  query: { [name: string]: unknown } | null;
  body: unknown;
}
export type Handlers = {
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
export const missing = () => refuse(404, 'not_found', 'There is nothing under this address any more.');

export function page<T>(items: T[], query: { page?: number | null; per_page?: number | null }): Page<T> {
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

export function sorted<T>(
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
export const holds = (q: string | null | undefined, ...texts: (string | null)[]) =>
  !q || texts.some((text) => text?.toLowerCase().includes(q.toLowerCase()));
export const local = (phone: string | null) => phone?.replace('+255', '0') ?? null;
